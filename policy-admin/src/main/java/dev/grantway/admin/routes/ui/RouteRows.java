package dev.grantway.admin.routes.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.QueryParameters;
import dev.grantway.admin.changes.Staging;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Tile;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.matrix.MatrixNavigation;
import dev.grantway.admin.roles.RolesNavigation;
import dev.grantway.admin.routes.RoleAccess;
import dev.grantway.admin.routes.RouteRow;
import dev.grantway.admin.whocan.WhoCanNavigation;
import dev.grantway.policy.Permission;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.Route;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Some routes as a table: what is known of each, and who gets through to it. */
final class RouteRows extends NativeTable {
  private static final int NAMED = 4;

  private final Place place;
  private final boolean webSocket;

  /**
   * @param actions what can be done with a row
   */
  RouteRows(Place place, ApiType type, List<RouteRow> rows, Function<RouteRow, Component> actions) {
    this.place = place;
    this.webSocket = type == ApiType.WEBSOCKET;
    Html.headed(
        this,
        Words.word("routes.title"),
        List.of(
            Words.word("routes.route"),
            Words.word("route.about"),
            Words.word("route.coverage"),
            Words.word("route.who"),
            ""));
    rows.forEach(row -> add(getBody().addRow(), row, actions.apply(row)));
  }

  private void add(NativeTableRow row, RouteRow it, Component actions) {
    Route route = it.route();
    Html.named(row, "route " + route);
    row.setClassName("staged", it.staged() != Staging.NONE);
    row.setClassName("removed", it.staged() == Staging.REMOVED);
    var name = Html.cell(row, "wide");
    if (!webSocket && !route.template().toString().equals("$default")) {
      boolean reads = List.of("GET", "HEAD", "OPTIONS").contains(route.method());
      name.add(Html.span(reads ? "m" : "m write", route.method()));
    }
    name.add(Html.mono(route.template().toString()));
    if (it.staged() != Staging.NONE) {
      name.add(new Span(" "), Html.span("chip staged", Words.word(it.staged().key())));
    }
    if (!route.operationId().isEmpty()) {
      name.add(Html.div("note mono", new Span(route.operationId())));
    }
    it.lacking()
        .ifPresent(
            parent ->
                name.add(
                    Html.named(
                        Html.div("note", new Span(Words.word("route.greedy", parent))),
                        "greedy " + route)));
    Html.cell(row, "", about(route));
    Html.cell(row, "nowrap", coverage(it));
    Html.cell(row, "wide", who(it));
    Html.cell(row, "end", actions);
  }

  private static Component about(Route route) {
    Div about = Html.div("chips");
    if (route.state() != Route.State.CURRENT) {
      about.add(
          Html.span(
              route.state() == Route.State.GONE ? "chip lost" : "chip",
              Words.word("route.state." + route.state())));
    }
    route.tags().forEach(tag -> about.add(Html.span("chip mono", tag)));
    if (!route.owner().isEmpty()) {
      about.add(Html.span("note", Words.word("role.owner", route.owner())));
    }
    return about;
  }

  private static Component coverage(RouteRow it) {
    String word = Words.word("route.coverage." + it.coverage());
    return switch (it.coverage()) {
      case GRANTED -> new Span(word);
      case PUBLIC -> Html.span("mute", word);
      case CLOSED -> closed(it);
      case FORGOTTEN -> Html.span("chip soon", word);
      case GONE -> Html.div("chips", Html.span("mute", word), meant(it));
    };
  }

  private static Span closed(RouteRow it) {
    return it.roles().stream().anyMatch(RoleAccess::allowed)
        ? Html.span("chip lost", Words.word("route.coverage.CLOSED.granted"))
        : Html.span("mute", Words.word("route.coverage.CLOSED"));
  }

  /**
   * What a route that is gone was meant to be, where nobody needed a grant: it may still answer.
   */
  private static Span meant(RouteRow it) {
    return switch (it.route().access()) {
      case GRANTED -> new Span();
      case PUBLIC -> Html.span("mute", Words.word("route.coverage.PUBLIC"));
      case CLOSED -> closed(it);
    };
  }

  private Component who(RouteRow it) {
    Div who = Html.div("who-cell");
    boolean asksGrants = it.route().access() != Route.Access.PUBLIC;
    if (asksGrants) {
      line(who, it.roles().stream().filter(RoleAccess::allowed).toList(), true);
      line(who, it.roles().stream().filter(role -> !role.allowed()).toList(), false);
    }
    if (!it.orphans().isEmpty()) {
      String names =
          it.orphans().stream()
              .limit(NAMED)
              .map(Permission::id)
              .map(Object::toString)
              .collect(Collectors.joining(", "));
      who.add(
          Html.named(
              Html.div(
                  "note",
                  new Span(Words.word("route.orphans", it.orphans().size())),
                  new Span(" "),
                  Html.mono(names + (it.orphans().size() > NAMED ? " …" : ""))),
              "orphans " + it.route()));
    }
    if (asksGrants && it.staged() != Staging.REMOVED) {
      who.add(links(it.route()));
    }
    return who;
  }

  private Div links(Route route) {
    String text = route.toString();
    String query =
        QueryParameters.simple(Map.of("filter", "path:" + route.template())).getQueryString();
    var matrix =
        Html.link(
            MatrixNavigation.path(place) + "?" + query, "link note", Words.word("route.matrix"));
    Html.labelled(matrix, Words.word("route.matrix.label", text));
    var whoCan =
        Html.link(WhoCanNavigation.route(place, text), "link note", Words.word("route.whocan"));
    Html.labelled(whoCan, Words.word("route.whocan.label", text));
    return Html.div("chips", matrix, whoCan);
  }

  private void line(Div who, List<RoleAccess> roles, boolean allowed) {
    if (roles.isEmpty()) {
      return;
    }
    Div line = Html.div("chips");
    for (RoleAccess role : roles.stream().limit(NAMED).toList()) {
      line.add(Html.div("who-role", tile(role), name(role)));
    }
    if (roles.size() > NAMED) {
      String key = allowed ? "route.who.more" : "route.who.more.denied";
      line.add(Html.span("note", Words.word(key, roles.size() - NAMED)));
    }
    who.add(line);
  }

  private static Component tile(RoleAccess role) {
    String label =
        Words.word(
            role.allowed() ? "route.tile.allowed" : "route.tile.denied",
            role.role().value(),
            role.inherited() ? Words.word("routes.inherited") : "",
            role.conditional() ? Words.word("matrix.conditional") : "");
    Div tile =
        Html.div(
            "tiles",
            Tile.of(role.allowed() ? Tile.Sign.ALLOW : Tile.Sign.DENY, role.inherited(), label));
    if (role.conditional()) {
      Span clock = Html.span("clock", "◷");
      clock.getElement().setAttribute("aria-hidden", "true");
      tile.add(clock);
    }
    return tile;
  }

  private Component name(RoleAccess role) {
    var link =
        Html.link(
            RolesNavigation.role(place, role.role().value()), "rolelink", role.role().value());
    link.getElement()
        .setAttribute(
            "title", role.by().stream().map(Object::toString).collect(Collectors.joining(", ")));
    return link;
  }
}
