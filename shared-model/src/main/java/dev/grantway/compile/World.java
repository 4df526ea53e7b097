package dev.grantway.compile;

import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import dev.grantway.resource.Template;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The paths of one verb and the routes that take them. Every verb is a world of its own, since it
 * is the literal first part of what globs match. What depends on the table alone is worked out once
 * and kept; may be used by several threads.
 */
final class World {
  private final RouteTable table;
  private final boolean known;
  private final Action action;
  private final List<Route> routes;
  private final Map<Route, List<TokenList>> lists = new HashMap<>();
  private final Set<TokenList> templates;
  private final ListIndex templateIndex;
  private final int deepest;
  private final Map<TokenList, Optional<Route>> routed = new ConcurrentHashMap<>();
  private final Map<TokenList, Set<TokenList>> parts = new ConcurrentHashMap<>();

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
                .collect(Collectors.toCollection(LinkedHashSet::new));
    this.templateIndex = new ListIndex(templates);
    this.deepest = templates.stream().mapToInt(TokenList::size).max().orElse(0);
  }

  /** The paths of one verb of a table that is known. */
  static World of(RouteTable table, Action action) {
    return new World(table, true, action);
  }

  /**
   * The paths of one verb where no table is known: whatever there is takes every path.
   *
   * @param only the template of the route that alone is granted; null for every path
   */
  static World unknown(Action action, @Nullable Template only) {
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
  Set<TokenList> templates() {
    return templates;
  }

  /** The most segments that a template has. */
  int deepest() {
    return deepest;
  }

  /** What templates cut off a list: the paths that it has in common with each, but for itself. */
  Set<TokenList> parts(TokenList list) {
    return templates.contains(list) ? parts.computeIfAbsent(list, this::cut) : cut(list);
  }

  private Set<TokenList> cut(TokenList list) {
    var cut = new LinkedHashSet<TokenList>();
    for (TokenList template : templateIndex.near(list)) {
      cut.addAll(template.meet(list));
    }
    cut.remove(list);
    return cut;
  }

  /** Where API Gateway sends a fresh path of the list, and so every path of it. */
  Optional<Route> route(TokenList list) {
    return templates.contains(list) ? routed.computeIfAbsent(list, this::choose) : choose(list);
  }

  private Optional<Route> choose(TokenList list) {
    return table.route(action, RequestPath.of(list.fresh()));
  }

  /** True if the pattern of the grant covers the list, of which it covers all or nothing. */
  boolean covers(Grant grant, RequestPath fresh, Route chosen) {
    return grant.pattern().covers(fresh, known ? chosen.template() : null, grant.claims());
  }
}
