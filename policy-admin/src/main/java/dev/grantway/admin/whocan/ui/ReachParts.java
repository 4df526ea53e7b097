package dev.grantway.admin.whocan.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.whocan.Comparison;
import dev.grantway.admin.whocan.Found;
import dev.grantway.admin.whocan.PlaceAnswer;
import dev.grantway.admin.whocan.ReachAnswer;
import dev.grantway.admin.whocan.RoleAnswer;
import dev.grantway.admin.whocan.WhoCanNavigation;
import dev.grantway.resource.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** What a role or somebody may call, and in what two roles differ. */
final class ReachParts {
  private static final int PAGE = 200;

  private ReachParts() {}

  /**
   * What somebody may call.
   *
   * @param who names them
   */
  static List<Component> of(Place place, Found.Answer<ReachAnswer> answered, String who) {
    ReachAnswer it = answered.value();
    var parts = new ArrayList<Component>();
    Div verdict =
        Html.div(
            "notice",
            new H2(
                Words.word(
                    "whocan.reach.count", who, it.allowed(), it.places().size() + it.silent())),
            AnswerParts.facts(answered, Words.word("whocan.reach.silent", it.silent())));
    if (!it.by().isEmpty()) {
      verdict.add(
          Html.div(
              "facts",
              Html.span("mute", Words.word("whocan.by")),
              RouteParts.by(place, it.by(), who)));
    }
    parts.add(Html.named(verdict, "who-can-verdict"));
    if (!it.places().isEmpty()) {
      parts.add(
          Html.section(
              Words.word("whocan.reach"),
              paged(
                  Html.table(
                      Words.word("whocan.reach"),
                      List.of(
                          Words.word("routes.access"),
                          Words.word("routes.route"),
                          Words.word("routes.because"))),
                  it.places(),
                  (row, line) -> row(place, row, line, who, !it.by().isEmpty()))));
    }
    return parts;
  }

  private static void row(
      Place place, NativeTableRow row, PlaceAnswer line, String who, boolean somebody) {
    Html.named(row, "who-place " + line.text());
    Html.cell(row, "nowrap", Marks.tiles(line.standing(), line.because(), who));
    Html.cell(row, "wide", route(place, line.text()));
    Html.cell(
        row,
        "wide",
        line.route().access() == Route.Access.GRANTED
            ? Marks.because(line.because(), somebody)
            : Html.span("note", Words.word("matrix.access." + line.route().access())));
  }

  private static Component route(Place place, String text) {
    return Html.link(WhoCanNavigation.route(place, text), "rolelink", text);
  }

  /** In what two roles differ. */
  static List<Component> of(Place place, Found.Answer<Comparison> answered) {
    Comparison it = answered.value();
    var parts = new ArrayList<Component>();
    parts.add(
        Html.named(
            Html.div(
                "notice",
                new H2(
                    Words.word(
                        "whocan.compare.count", it.one(), it.other(), it.differences().size())),
                AnswerParts.facts(answered, Words.word("whocan.compare.same", it.same()))),
            "who-can-verdict"));
    if (!it.differences().isEmpty()) {
      parts.add(
          Html.section(
              Words.word("whocan.compare"),
              paged(
                  Html.table(
                      Words.word("whocan.compare"),
                      List.of(Words.word("routes.route"), it.one().value(), it.other().value())),
                  it.differences(),
                  (row, line) -> {
                    Html.named(row, "who-difference " + line.text());
                    Html.cell(row, "wide", route(place, line.text()));
                    Html.cell(row, "", side(line.one()));
                    Html.cell(row, "", side(line.other()));
                  })));
    }
    return parts;
  }

  private static Div side(RoleAnswer it) {
    return Html.div(
        "side",
        Marks.tiles(it.standing(), it.because(), it.role().value()),
        Marks.because(it.because()));
  }

  private static <T> Div paged(
      NativeTable table, List<T> lines, BiConsumer<NativeTableRow, T> each) {
    Div panel = Html.div("panel flush", table);
    more(panel, table, lines, each);
    return panel;
  }

  private static <T> void more(
      Div panel, NativeTable table, List<T> lines, BiConsumer<NativeTableRow, T> each) {
    lines.stream().limit(PAGE).forEach(line -> each.accept(table.getBody().addRow(), line));
    if (lines.size() > PAGE) {
      List<T> rest = lines.subList(PAGE, lines.size());
      var button = new Button(Words.word("whocan.more", rest.size()));
      button.addThemeVariants(ButtonVariant.TERTIARY);
      Div foot = Html.div("more", button);
      button.addClickListener(
          click -> {
            panel.remove(foot);
            more(panel, table, rest, each);
          });
      panel.add(foot);
    }
  }

  /** A page without an answer. */
  static Div empty(Ask ask) {
    return Html.named(
        Html.div("panel empty", new Span(Words.word("whocan.empty." + ask))), "who-can-empty");
  }
}
