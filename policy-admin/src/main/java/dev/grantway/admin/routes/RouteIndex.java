package dev.grantway.admin.routes;

import dev.grantway.admin.changes.WorkingCopy;
import dev.grantway.admin.common.FilterText;
import dev.grantway.analysis.Grant;
import dev.grantway.analysis.GrantedRoutes;
import dev.grantway.analysis.RouteGrants;
import dev.grantway.analysis.TouchedRoutes;
import dev.grantway.policy.Api;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Route;
import dev.grantway.revision.Change;
import dev.grantway.revision.RowKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the permissions of every role say about the routes of one API. What is kept depends on no
 * instant. For any number of threads.
 */
final class RouteIndex {
  /** What touches more routes than this is looked at for each page, rather than noted at each. */
  private static final int WIDE = 50;

  private final TouchedRoutes touched;
  private final SortedSet<RoleName> roles;
  private final RoleGraph graph;
  private final Map<RoleName, List<Permission>> own;
  private final Map<String, GrantedRoutes> granted = new ConcurrentHashMap<>();
  private final Map<Route, List<Permission>> narrow = new HashMap<>();
  private final List<Permission> wide = new ArrayList<>();

  private RouteIndex(
      TouchedRoutes touched,
      SortedSet<RoleName> roles,
      RoleGraph graph,
      Map<RoleName, List<Permission>> own) {
    this.touched = touched;
    this.roles = roles;
    this.graph = graph;
    this.own = own;
    everyPermission().forEach(this::note);
  }

  private void note(Permission permission) {
    List<Route> routes = touched.of(permission);
    if (routes.size() > WIDE) {
      wide.add(permission);
    } else {
      routes.forEach(it -> narrow.computeIfAbsent(it, route -> new ArrayList<>(4)).add(permission));
    }
  }

  static RouteIndex of(WorkingCopy copy, TouchedRoutes touched) {
    Api api = touched.api();
    var roles = new TreeSet<>(copy.roles().keySet());
    roles.add(RoleName.AUTHENTICATED);
    copy.permissions(roles, api.id());
    var own = new HashMap<RoleName, List<Permission>>();
    for (RoleName role : roles) {
      List<Permission> permissions = copy.permissions(role, api.id());
      if (!permissions.isEmpty()) {
        own.put(role, permissions);
      }
    }
    return new RouteIndex(touched, Collections.unmodifiableSortedSet(roles), copy.graph(), own);
  }

  /** With a draft over it; what that says nothing of is not read again. */
  RouteIndex with(WorkingCopy copy, TouchedRoutes now) {
    boolean otherRoles = copy.changes().stream().anyMatch(it -> it.key() instanceof RowKey.OfRole);
    if (otherRoles) {
      return of(copy, now);
    }
    var all = new HashMap<>(own);
    for (Change change : copy.changes()) {
      if (change.key() instanceof RowKey.OfPermission key && key.api().equals(now.api().id())) {
        all.put(key.role(), copy.permissions(key.role(), key.api()));
      }
    }
    return new RouteIndex(now, roles, graph, all);
  }

  TouchedRoutes touched() {
    return touched;
  }

  /** The routes that some permission that is not over allows in a stage to some role. */
  Set<Route> granted(String stage, Instant now) {
    return granted
        .computeIfAbsent(stage, it -> GrantedRoutes.of(it, everyPermission(), touched::of))
        .at(now);
  }

  private Stream<Permission> everyPermission() {
    return own.values().stream().flatMap(List::stream);
  }

  /** The routes that permissions of roles whose names hold a part are about in a stage. */
  Set<Route> of(Collection<String> parts, String stage) {
    List<RoleName> named =
        roles.stream()
            .filter(role -> parts.stream().anyMatch(part -> FilterText.holds(role.value(), part)))
            .toList();
    var routes = new HashSet<Route>();
    for (RoleName role : graph.closure(named)) {
      own.getOrDefault(role, List.of()).stream()
          .filter(it -> it.stage().includes(stage))
          .forEach(it -> routes.addAll(touched.of(it)));
    }
    return routes;
  }

  /** Who may call some routes in a stage, and who is denied them by name; by what is not over. */
  Map<Route, List<RoleAccess>> access(String stage, List<Route> some, Instant now) {
    Map<RoleName, List<Permission>> about =
        touching(some)
            .filter(it -> it.stage().includes(stage))
            .filter(it -> !it.validity().isOver(now))
            .collect(Collectors.groupingBy(Permission::role));
    var access = new LinkedHashMap<Route, List<RoleAccess>>();
    var grants = new RouteGrants(touched.api(), some);
    for (RoleName role : roles) {
      List<Permission> held =
          graph.closure(List.of(role)).stream()
              .flatMap(it -> about.getOrDefault(it, List.of()).stream())
              .toList();
      if (!held.isEmpty()) {
        byRoute(grants.of(stage, role, held))
            .forEach(
                (route, its) ->
                    access(role, its)
                        .ifPresent(
                            it ->
                                access.computeIfAbsent(route, here -> new ArrayList<>()).add(it)));
      }
    }
    return access;
  }

  /** The permissions that are about some of the routes, each once. */
  private Stream<Permission> touching(List<Route> some) {
    var wanted = new HashSet<>(some);
    return Stream.concat(
            some.stream().flatMap(it -> narrow.getOrDefault(it, List.of()).stream()),
            wide.stream().filter(it -> !Collections.disjoint(touched.of(it), wanted)))
        .distinct();
  }

  private static Map<Route, List<Grant>> byRoute(List<Grant> grants) {
    var byRoute = new LinkedHashMap<Route, List<Grant>>();
    grants.forEach(it -> byRoute.computeIfAbsent(it.route(), route -> new ArrayList<>()).add(it));
    return byRoute;
  }

  /** Of several actions, those that may be called count; without any, those that are denied. */
  private static Optional<RoleAccess> access(RoleName role, List<Grant> grants) {
    boolean allowed = grants.stream().anyMatch(Grant::isAllowed);
    List<Grant> said =
        grants.stream()
            .filter(it -> it.access() == (allowed ? Grant.Access.ALLOWED : Grant.Access.DENIED))
            .toList();
    if (said.isEmpty()) {
      return Optional.empty();
    }
    var by = new TreeSet<PermissionId>();
    said.forEach(it -> by.addAll(it.by()));
    return Optional.of(
        new RoleAccess(
            role,
            allowed,
            said.stream().allMatch(Grant::inherited),
            said.size() < grants.size() || said.stream().anyMatch(Grant::conditional),
            List.copyOf(by)));
  }

  /** Permissions that are about this route and about none that is served. */
  List<Permission> orphans(Route route, TouchedRoutes served) {
    return touching(List.of(route))
        .filter(it -> served.of(it).stream().allMatch(other -> other.state() == Route.State.GONE))
        .sorted(Comparator.comparing(Permission::id))
        .toList();
  }
}
