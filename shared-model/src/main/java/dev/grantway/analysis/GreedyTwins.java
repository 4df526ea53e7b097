package dev.grantway.analysis;

import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import dev.grantway.resource.Segment;
import dev.grantway.resource.Template;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Routes with a greedy tail whose parent is no route: {@code /files/{path+}} takes every path below
 * {@code /files}, and not that itself (GATEWAY rule 8), which people often believe it does.
 */
public final class GreedyTwins {
  private final RouteTable served;
  private final Set<List<String>> paths = new HashSet<>();

  /** Among the routes of one API; those that are gone serve nothing. */
  public GreedyTwins(RouteTable all) {
    List<Route> routes = all.routes().stream().filter(GreedyTwins::isServed).toList();
    served = routes.size() == all.routes().size() ? all : new RouteTable(all.type(), routes);
    routes.stream()
        .map(Route::template)
        .filter(it -> it.kind() == Template.Kind.PATH)
        .forEach(it -> paths.add(it.shape()));
  }

  /**
   * Whether calls of the path above a greedy tail of this one reach no route by any of its methods,
   * and no route has that path by another method.
   */
  public boolean lacks(Route route) {
    if (!isServed(route) || !route.template().isGreedy()) {
      return false;
    }
    Template parent = parent(route);
    return !paths.contains(parent.shape())
        && route.actions().stream()
            .allMatch(action -> served.route(action, parent.sample()).isEmpty());
  }

  /** The path above a greedy tail: {@code /files} of {@code /files/{path+}}. */
  public static Template parent(Route route) {
    List<Segment> segments = route.template().segments();
    return new Template(route.template().kind(), segments.subList(0, segments.size() - 1));
  }

  private static boolean isServed(Route route) {
    return route.state() != Route.State.GONE;
  }
}
