package dev.grantway.policyfile;

import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Reads {@code apis}. */
final class ApiReader {
  static final List<String> TYPES = List.of("REST", "HTTP", "WEBSOCKET");
  static final List<String> ACCESS = List.of("granted", "public", "closed");
  static final List<String> STATES = List.of("current", "new", "deprecated", "gone");

  private final Findings findings;
  private final Known known;

  ApiReader(Findings findings, Known known) {
    this.findings = findings;
    this.known = known;
  }

  Optional<Api> read(Entry entry) {
    Optional<String> name = entry.required("name");
    Optional<ApiId> id =
        entry.requireKey("id")
            ? entry
                .parsed("id", FindingCode.BAD_VALUE, "write the id of its ARNs", ApiId::new)
                .map(written -> name.map(it -> known.id(it, written)).orElse(written))
            : Optional.empty();
    entry.requireKey("type");
    Optional<ApiType> type = entry.word("type", TYPES).map(ApiType::valueOf);
    entry.requireKey("stages");
    List<String> stages = entry.texts("stages").stream().map(Node.Text::value).toList();
    boolean newName = name.map(text -> known.define("api", text, entry.at("name"))).orElse(false);
    boolean newId =
        id.map(text -> known.define("API id", text.value(), entry.at("id"))).orElse(true);
    boolean unique = newName && newId;
    Optional<Api> api =
        name.isEmpty() || id.isEmpty() || type.isEmpty() || stages.isEmpty() || !unique
            ? Optional.empty()
            : findings.guard(
                entry.at(),
                FindingCode.BAD_VALUE,
                "correct the API",
                () ->
                    new Api(
                        id.get(),
                        name.get(),
                        stages,
                        routes(entry, name.get(), type.get()),
                        entry.flag("allowUnconfirmedRouteTable")));
    api.ifPresentOrElse(known::add, () -> name.ifPresent(known::addBroken));
    return api;
  }

  private RouteTable routes(Entry api, String name, ApiType type) {
    var routes = new ArrayList<Route>();
    var shapes = new HashMap<String, Route>();
    for (Node node : api.items("routes")) {
      Optional<Route> route = route(node, type, api);
      if (route.isPresent() && fits(shapes, route.get(), type, node.at())) {
        routes.add(route.get());
        known.define("route", name + " " + route.get(), node.at());
      }
    }
    return new RouteTable(type, routes);
  }

  /** The table itself refuses what does not fit the type; a repeated shape is named here. */
  private boolean fits(Map<String, Route> shapes, Route route, ApiType type, Position at) {
    Route same =
        shapes.putIfAbsent(
            route.method() + route.template().kind() + route.template().shape(), route);
    if (same != null) {
      findings.error(
          at, FindingCode.BAD_ROUTE, RouteTable.twice(route, same), "remove one of them");
      return false;
    }
    return findings
        .guard(
            at,
            FindingCode.BAD_ROUTE,
            "remove it or correct it",
            () -> new RouteTable(type, List.of(route)))
        .isPresent();
  }

  private Optional<Route> route(Node node, ApiType type, Entry api) {
    if (!(node instanceof Node.Fields)) {
      return api.text(node, "a route").flatMap(text -> route(text, type, node.at()));
    }
    return Entry.of(Shape.ROUTE, node, findings).flatMap(entry -> route(entry, type));
  }

  private Optional<Route> route(Entry entry, ApiType type) {
    Optional<Route> plain =
        entry.required("route").flatMap(text -> route(text, type, entry.at("route")));
    Optional<String> access = entry.word("access", ACCESS);
    Optional<String> state = entry.word("state", STATES);
    var tags = new TreeSet<String>();
    entry.texts("tags").forEach(tag -> tags.add(tag.value()));
    return plain.map(
        route ->
            new Route(
                route.actions(),
                route.template(),
                entry.text("id").orElse(""),
                tags,
                entry.text("owner").orElse(""),
                Route.Access.valueOf(upper(access.orElse("granted"))),
                Route.State.valueOf(upper(state.orElse("current")))));
  }

  private Optional<Route> route(String text, ApiType type, Position at) {
    return findings.guard(
        at,
        FindingCode.BAD_ROUTE,
        type == ApiType.WEBSOCKET ? "write a route key" : "write it like GET /orders/{id}",
        () -> type == ApiType.WEBSOCKET ? Route.ofRouteKey(text) : Route.parse(text));
  }

  private static String upper(String word) {
    return word.toUpperCase(Locale.ROOT);
  }
}
