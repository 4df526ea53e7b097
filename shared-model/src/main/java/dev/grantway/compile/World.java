package dev.grantway.compile;

import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import dev.grantway.resource.Template;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The paths of one verb and the routes that take them. Every verb is a world of its own, since it
 * is the literal first part of what globs match.
 */
final class World {
  private final RouteTable table;
  private final boolean known;
  private final Action action;
  private final List<Route> routes;
  private final Map<Route, List<TokenList>> lists = new HashMap<>();
  private final List<TokenList> templates;
  private final Map<TokenList, Optional<Route>> routed = new HashMap<>();

  private World(RouteTable table, boolean known, Action action) {
    this.table = table;
    this.known = known;
    this.action = action;
    this.routes =
        table.routes().stream().filter(route -> route.actions().contains(action)).toList();
    routes.forEach(route -> lists.put(route, TokenLists.of(route.template())));
    this.templates =
        (table.type() == ApiType.REST ? table.routes() : routes)
            .stream()
                .flatMap(route -> TokenLists.of(route.template()).stream())
                .distinct()
                .toList();
  }

  /**
   * @param only the template of the route that alone is granted, where the API has no table; null
   *     for every path
   */
  static World of(RouteTable table, Action action, @Nullable Template only) {
    if (!table.isEmpty()) {
      return new World(table, true, action);
    }
    var routes = new ArrayList<Route>();
    if (only != null && only.kind() == Template.Kind.PATH) {
      routes.add(Route.parse("ANY " + only));
    }
    routes.add(Route.parse("$default"));
    return new World(new RouteTable(ApiType.HTTP, routes), false, action);
  }

  Action action() {
    return action;
  }

  /** False where the API has no table, and only texts count. */
  boolean known() {
    return known;
  }

  /** The routes that serve this verb; where no table is known, one that takes every path. */
  List<Route> routes() {
    return routes;
  }

  /** The paths of a route's template, before others take some of them. */
  List<TokenList> lists(Route route) {
    return lists.getOrDefault(route, List.of());
  }

  /**
   * The templates that may take paths of this verb from each other. On REST those of every verb: it
   * chooses the resource first and the method after, without falling back.
   */
  List<TokenList> templates() {
    return templates;
  }

  /** Where API Gateway sends a fresh path of the list, and so every path of it. */
  Optional<Route> route(TokenList list) {
    return routed.computeIfAbsent(list, each -> table.route(action, RequestPath.of(each.fresh())));
  }

  /** True if the pattern of the grant covers the list, of which it covers all or nothing. */
  boolean covers(Grant grant, RequestPath fresh, Route chosen) {
    return grant.pattern().covers(fresh, known ? chosen.template() : null, grant.claims());
  }
}
