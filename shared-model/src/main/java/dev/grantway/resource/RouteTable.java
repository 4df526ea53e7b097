package dev.grantway.resource;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * All routes of one API; chooses the route of a request by API Gateway's precedence (GATEWAY rule
 * 8). Two routes of the same method and shape are refused. Empty means that no table is known.
 */
public record RouteTable(ApiType type, List<Route> routes) {
  private static final Comparator<Route> BY_PRECEDENCE = RouteTable::compareSpecificity;

  public RouteTable {
    routes = List.copyOf(routes);
    var seen = new HashSet<String>();
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
      if (!seen.add(route.method() + " " + kind + route.template().shape())) {
        throw new IllegalArgumentException("route `" + route + "` is there twice");
      }
    }
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
    RequestPath routed = asRouted(path);
    var candidates = new ArrayList<Route>();
    for (Route route : routes) {
      if ((type == ApiType.REST || route.actions().contains(action))
          && route.template().matches(routed)) {
        candidates.add(route);
      }
    }
    if (candidates.isEmpty()) {
      return type == ApiType.WEBSOCKET && !path.text().startsWith("$")
          ? webSocketDefault()
          : Optional.empty();
    }
    candidates.sort(BY_PRECEDENCE);
    Template best = candidates.getFirst().template();
    return candidates.stream()
        .filter(route -> route.template().sameShape(best) && route.actions().contains(action))
        .findFirst();
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

  private static int compareSpecificity(Route left, Route right) {
    Template a = left.template();
    Template b = right.template();
    if (a.kind() != b.kind()) {
      return a.kind().compareTo(b.kind());
    }
    int shared = Math.min(a.segments().size(), b.segments().size());
    for (int i = 0; i < shared; i++) {
      int order = Integer.compare(rank(a.segments().get(i)), rank(b.segments().get(i)));
      if (order != 0) {
        return order;
      }
    }
    int longer = Integer.compare(b.segments().size(), a.segments().size());
    return longer != 0 ? longer : Boolean.compare(left.isAny(), right.isAny());
  }

  private static int rank(Segment segment) {
    return switch (segment) {
      case Segment.Literal literal -> 0;
      case Segment.Variable variable -> 1;
      case Segment.Greedy greedy -> 2;
      case Segment.Subtree subtree -> throw new IllegalStateException("a route has no **");
      case Segment.Claim claim -> throw new IllegalStateException("a route has no claims");
    };
  }
}
