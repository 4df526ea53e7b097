package dev.grantway.resource;

import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All routes of one API; chooses the route of a request by API Gateway's precedence (GATEWAY rule
 * 8). Two routes of the same method and shape are refused. Empty means that no table is known.
 */
public final class RouteTable {
  private final ApiType type;
  private final List<Route> routes;
  private final RouteTree tree = new RouteTree();
  private final Map<String, Route> byText = new HashMap<>();
  private final Map<String, Template> templates = new HashMap<>();

  public RouteTable(ApiType type, List<Route> routes) {
    this.type = type;
    this.routes = List.copyOf(routes);
    var seen = new HashMap<String, Route>();
    for (Route route : routes) {
      Template.Kind kind = route.template().kind();
      boolean fits =
          switch (type) {
            case REST -> kind == Template.Kind.PATH;
            case HTTP -> kind != Template.Kind.ROUTE_KEY;
            case WEBSOCKET -> kind == Template.Kind.ROUTE_KEY;
          };
      if (!fits) {
        throw new IllegalArgumentException("route `" + route + "` does not fit a " + type + " API");
      }
      Route same = seen.putIfAbsent(route.method() + " " + kind + route.template().shape(), route);
      if (same != null) {
        throw new IllegalArgumentException(twice(route, same));
      }
      tree.add(route);
      byText.put(route.toString(), route);
      templates.putIfAbsent(route.template().toString(), route.template());
    }
  }

  /** Says of a route that another has its method and shape; of the same text or another. */
  public static String twice(Route route, Route same) {
    String there = "route `" + route + "` is there twice";
    return route.toString().equals(same.toString())
        ? there
        : there + ", as `" + same + "` too: names of variables do not tell routes apart";
  }

  /** The route of that very text, such as {@code GET /orders/{id}}, its variables included. */
  public Optional<Route> written(String text) {
    return Optional.ofNullable(byText.get(text));
  }

  /** The template of that very text, its variables included. */
  public Optional<Template> template(String text) {
    return Optional.ofNullable(templates.get(text));
  }

  public ApiType type() {
    return type;
  }

  public List<Route> routes() {
    return routes;
  }

  public boolean isEmpty() {
    return routes.isEmpty();
  }

  /**
   * The route that API Gateway chooses: literal before {@code {p}} before {@code {p+}} before
   * {@code $default}, segment by segment. REST chooses the resource first and the method after,
   * without falling back; HTTP APIs match both together. REST ignores one trailing slash.
   */
  public Optional<Route> route(Action action, RequestPath path) {
    Optional<Route> route =
        tree.route(action, asRouted(path).segments(), type == ApiType.REST, path.isRouteKey());
    return route.isEmpty() && type == ApiType.WEBSOCKET && !path.text().startsWith("$")
        ? webSocketDefault()
        : route;
  }

  /** The actions that reach a route: {@code ANY} takes those without a route of their own. */
  public Set<Action> actionsOf(Route route) {
    var actions = EnumSet.copyOf(route.actions());
    routes.stream()
        .filter(other -> !other.equals(route) && !other.isAny())
        .filter(other -> other.template().sameShape(route.template()))
        .forEach(other -> actions.removeAll(other.actions()));
    return Collections.unmodifiableSet(actions);
  }

  /** The routes that, being more specific, take some of the paths of that one's template. */
  public List<Route> shadowing(Route route, Action action) {
    return routes.stream()
        .filter(other -> !other.equals(route) && other.actions().contains(action))
        .filter(
            other -> {
              RequestPath shared = route.template().shared(other.template());
              return route.template().matches(shared)
                  && route(action, shared).filter(other::equals).isPresent();
            })
        .toList();
  }

  /** The path that templates and patterns see: on REST less one trailing slash. */
  public RequestPath asRouted(RequestPath path) {
    return type == ApiType.REST ? path.withoutTrailingSlash() : path;
  }

  private Optional<Route> webSocketDefault() {
    return routes.stream()
        .filter(route -> route.template().toString().equals("$default"))
        .findFirst();
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof RouteTable that && type == that.type && routes.equals(that.routes);
  }

  @Override
  public int hashCode() {
    return 31 * type.hashCode() + routes.hashCode();
  }

  @Override
  public String toString() {
    return type + " " + routes;
  }
}
