package dev.grantway.admin.whocan.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.Span;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Times;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.whocan.Found;
import dev.grantway.admin.whocan.HolderAnswer;
import dev.grantway.admin.whocan.RoleAnswer;
import dev.grantway.admin.whocan.RouteAnswer;
import dev.grantway.admin.whocan.SeenAnswer;
import dev.grantway.admin.whocan.Standing;
import dev.grantway.admin.whocan.WhoCanNavigation;
import dev.grantway.policy.Assignment;
import dev.grantway.resource.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who may call a route, from the roles down to the people. */
final class RouteParts {
  private RouteParts() {}

  static List<Component> of(Place place, Found.Answer<RouteAnswer> answered) {
    RouteAnswer it = answered.value();
    var parts = new ArrayList<Component>();
    parts.add(verdict(answered));
    for (Standing.Kind kind :
        List.of(Standing.Kind.ALLOWED, Standing.Kind.DENIED, Standing.Kind.NOT_NOW)) {
      List<RoleAnswer> roles = it.roles(kind);
      if (!roles.isEmpty()) {
        parts.add(roles(place, kind, roles));
      }
    }
    parts.add(holders(place, it));
    if (!it.seen().isEmpty()) {
      parts.add(seen(place, it));
    }
    return parts;
  }

  private static Div verdict(Found.Answer<RouteAnswer> answered) {
    RouteAnswer it = answered.value();
    String named =
        Words.word("whocan.route.count", it.allowed(), it.roles().size() + it.silent(), it.text());
    Div verdict = Html.div("notice", new H2(named), AnswerParts.facts(answered, silent(it)));
    special(it).ifPresent(word -> verdict.add(Html.span("bad-word", word)));
    return Html.named(verdict, "who-can-verdict");
  }

  /** Roles without a permission here have what everybody has. */
  private static String silent(RouteAnswer it) {
    boolean denied =
        it.route().access() != Route.Access.PUBLIC && !it.everybody().standing().isAllowed();
    return Words.word(denied ? "whocan.route.silent" : "whocan.route.silent.open", it.silent());
  }

  /** What no role decides. */
  private static Optional<String> special(RouteAnswer it) {
    return switch (it.route().access()) {
      case PUBLIC -> Optional.of(Words.word("matrix.access.PUBLIC.long"));
      case CLOSED -> Optional.of(Words.word("matrix.access.CLOSED.long"));
      case GRANTED ->
          switch (it.everybody().standing().kind()) {
            case ALLOWED -> Optional.of(Words.word("whocan.everybody.ALLOWED"));
            case DENIED -> Optional.of(Words.word("whocan.everybody.DENIED"));
            case NOT_NOW, NONE -> Optional.empty();
          };
    };
  }

  private static Div roles(Place place, Standing.Kind kind, List<RoleAnswer> roles) {
    String title = Words.word("whocan.roles." + kind, roles.size());
    NativeTable table =
        Html.table(
            title,
            List.of(
                Words.word("routes.access"),
                Words.word("field.role"),
                Words.word("routes.because")));
    for (RoleAnswer role : roles) {
      String name = role.role().value();
      var row = Html.named(table.getBody().addRow(), "who-role " + name);
      Html.cell(row, "nowrap", Marks.tiles(role.standing(), role.because(), name));
      Html.cell(row, "nowrap", Html.link(WhoCanNavigation.role(place, name), "rolelink", name));
      Html.cell(row, "wide", Marks.because(role.because()));
    }
    return Html.named(Html.section(title, Html.div("panel flush", table)), "who-roles " + kind);
  }

  private static Div holders(Place place, RouteAnswer it) {
    Div section =
        Html.named(
            Html.section(
                Words.word("whocan.holders"), Html.span("mute", Words.word("whocan.holders.sub"))),
            "who-holders");
    if (it.holders().isEmpty()) {
      section.add(Html.div("panel empty", new Span(Words.word("whocan.holders.none"))));
      return section;
    }
    NativeTable table =
        Html.table(
            Words.word("whocan.holders"),
            List.of(
                Words.word("routes.access"),
                Words.word("whocan.who"),
                Words.word("whocan.issuer"),
                Words.word("whocan.by")));
    for (HolderAnswer holder : it.holders()) {
      String who = holder.holder().value();
      var row = Html.named(table.getBody().addRow(), "who-holder " + who);
      Html.cell(row, "nowrap", Marks.tiles(holder.standing(), false, who));
      Html.cell(
          row,
          "wide",
          Html.link(AnswerParts.holder(place, holder.holder()), "rolelink", who),
          Html.span(
              "note", " " + Words.word("whocan.kind." + AskForm.word(holder.holder().kind()))));
      Html.cell(row, "note", Html.mono(holder.holder().issuer()));
      Html.cell(row, "", by(place, holder.by(), who));
    }
    section.add(Html.div("panel flush", table));
    if (it.moreHolders() > 0) {
      section.add(Html.span("mute", Words.word("whocan.holders.more", it.moreHolders())));
    }
    return section;
  }

  /**
   * Roles by the assignments that give them.
   *
   * @param who has them: a group that gives a role to somebody else is named
   */
  static Div by(Place place, List<Assignment> by, String who) {
    Div chips = Html.div("chips");
    for (Assignment it : by) {
      chips.add(Marks.role(place, it.role()));
      if (it.kind() == Assignment.Kind.GROUP && !it.value().equals(who)) {
        chips.add(Html.span("note", Words.word("whocan.by.group", it.value())));
      }
      it.until()
          .ifPresent(
              until ->
                  chips.add(
                      Html.span("note", Words.word("whocan.until", Times.dayAndClock(until)))));
    }
    return chips;
  }

  private static Div seen(Place place, RouteAnswer it) {
    NativeTable table =
        Html.table(
            Words.word("whocan.seen"),
            List.of(Words.word("routes.access"), Words.word("whocan.seen.roles")));
    for (SeenAnswer set : it.seen()) {
      var row = Html.named(table.getBody().addRow(), "who-seen");
      Html.cell(row, "nowrap", Marks.tiles(set.standing(), false, Words.word("whocan.seen.set")));
      Div chips = Html.div("chips");
      set.roles().forEach(role -> chips.add(Marks.role(place, role)));
      Html.cell(row, "wide", chips);
    }
    return Html.section(
        Words.word("whocan.seen"),
        Html.span("mute", Words.word("whocan.seen.sub")),
        Html.div("panel flush", table));
  }
}
