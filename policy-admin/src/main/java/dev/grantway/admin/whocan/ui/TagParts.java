package dev.grantway.admin.whocan.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.Span;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.whocan.Found;
import dev.grantway.admin.whocan.RoleAnswer;
import dev.grantway.admin.whocan.Standing;
import dev.grantway.admin.whocan.TagAnswer;
import dev.grantway.admin.whocan.Twins;
import dev.grantway.admin.whocan.WhoCanNavigation;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Route;
import java.util.List;

/** Who may call the routes of a tag, and roles that differ in one route only. */
final class TagParts {
  private TagParts() {}

  static List<Component> of(Place place, Found.Answer<TagAnswer> answered) {
    TagAnswer it = answered.value();
    Div verdict =
        Html.div(
            "notice",
            new H2(Words.word("whocan.tag.count", it.routes().size(), it.tag())),
            AnswerParts.facts(answered, ""));
    NativeTable table =
        Html.table(
            Words.word("whocan.reach"),
            List.of(
                Words.word("routes.route"),
                Words.word("whocan.tag.allowed"),
                Words.word("whocan.tag.denied")));
    for (TagAnswer.Line line : it.routes()) {
      var row = Html.named(table.getBody().addRow(), "who-tagged " + line.text());
      Html.cell(
          row,
          "wide",
          Html.link(WhoCanNavigation.route(place, line.text()), "rolelink", line.text()),
          access(line.access()));
      Html.cell(row, "wide", allowed(place, line));
      Html.cell(row, "wide", roles(place, line.roles(Standing.Kind.DENIED)));
    }
    return List.of(
        Html.named(verdict, "who-can-verdict"),
        Html.section(Words.word("whocan.reach"), Html.div("panel flush", table)));
  }

  private static Span access(Route.Access access) {
    return access == Route.Access.GRANTED
        ? new Span()
        : Html.span("note", " " + Words.word("matrix.access." + access));
  }

  private static Div allowed(Place place, TagAnswer.Line line) {
    if (line.access() == Route.Access.PUBLIC) {
      return Html.div("chips", Html.span("bad-word", Words.word("whocan.tag.public")));
    }
    Div chips = roles(place, line.roles(Standing.Kind.ALLOWED));
    if (line.everybody().isAllowed()) {
      chips.addComponentAsFirst(Html.span("bad-word", Words.word("whocan.tag.everybody")));
    }
    return chips;
  }

  private static Div roles(Place place, List<RoleAnswer> roles) {
    Div chips = Html.div("chips");
    for (RoleAnswer it : roles) {
      chips.add(Marks.role(place, it.role()));
      if (it.standing().conditional()) {
        chips.add(Marks.clock(Words.word("whocan.conditional")));
      }
    }
    if (roles.isEmpty()) {
      chips.add(Html.span("note", Words.word("whocan.tag.nobody")));
    }
    return chips;
  }

  /** Roles that differ in nothing but one route; a line each. */
  static Div twins(Place place, List<Twins> twins) {
    Div panel = Html.div("panel members");
    if (twins.isEmpty()) {
      panel.add(Html.span("mute", Words.word("whocan.twins.none")));
    }
    for (Twins it : twins) {
      Div line = Html.div("chips");
      names(place, line, it.can());
      line.add(Html.span("note", Words.word("whocan.twins.can")));
      names(place, line, it.cannot());
      line.add(Html.span("note", Words.word("whocan.twins.cannot")));
      panel.add(line);
    }
    return Html.named(panel, "who-twins");
  }

  private static void names(Place place, Div line, List<RoleName> roles) {
    roles.forEach(role -> line.add(new Span(Marks.role(place, role))));
  }
}
