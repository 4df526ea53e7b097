package dev.grantway.analysis;

import dev.grantway.resource.Route;
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
  private final Set<List<String>> served = new HashSet<>();

  /** Among the routes of one API; those that are gone serve nothing. */
  public GreedyTwins(List<Route> routes) {
    routes.stream()
        .filter(GreedyTwins::isServed)
        .map(Route::template)
        .filter(it -> it.kind() == Template.Kind.PATH)
        .forEach(it -> served.add(it.shape()));
  }

  /** Whether no route has the path above a greedy tail of this one, by any method. */
  public boolean lacks(Route route) {
    return isServed(route)
        && route.template().isGreedy()
        && !served.contains(parent(route).shape());
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
