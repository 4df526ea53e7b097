package dev.grantway.analysis;

import dev.grantway.compile.NaiveList;
import dev.grantway.policy.Api;
import dev.grantway.resource.Action;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a list of granted routes with {@code *} for each variable would open of an API's other
 * routes. Computed pair by pair, once for each pair.
 */
final class Bleed {
  private final RouteTable table;
  private final Map<Pair, Optional<RequestPath>> known = new HashMap<>();

  private record Pair(Route granted, Route other, Action action) {}

  Bleed(Api api) {
    this.table = api.routes();
  }

  /**
   * The routes of the API that would be opened at least in part, though no request of theirs is
   * granted with that method, each with such a request.
   */
  SortedMap<String, String> of(Collection<Grant> grants) {
    var opened = new TreeMap<String, String>();
    List<Grant> allowed = grants.stream().filter(Grant::isAllowed).toList();
    for (Grant other : grants) {
      if (!other.isAllowed() && other.route().access() != Route.Access.PUBLIC) {
        allowed.stream()
            .filter(grant -> grant.action() == other.action())
            .flatMap(grant -> path(grant.route(), other.route(), other.action()).stream())
            .findFirst()
            .ifPresent(
                path ->
                    opened.put(
                        other.action() + " " + other.route().template(),
                        other.action() + " " + path));
      }
    }
    return opened;
  }

  private Optional<RequestPath> path(Route granted, Route other, Action action) {
    return known.computeIfAbsent(
        new Pair(granted, other, action),
        pair ->
            NaiveList.opens(granted.template(), other.template()).stream()
                .filter(
                    path ->
                        table
                            .route(action, path)
                            .filter(route -> route.template().sameShape(other.template()))
                            .isPresent())
                .findFirst());
  }
}
