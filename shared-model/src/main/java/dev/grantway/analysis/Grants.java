package dev.grantway.analysis;

import dev.grantway.policy.Api;
import dev.grantway.policy.Permission;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Validity;
import dev.grantway.resource.Action;
import dev.grantway.resource.Route;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;

/** Computes grants: one line per role, route and action. */
public final class Grants {
  private Grants() {}

  /**
   * The grants of a role on every route of an API's stage, {@code ANY} routes once per verb.
   *
   * @param permissions those of any roles; the ones the role does not have are left out
   */
  public static List<Grant> of(
      Api api, String stage, RoleName role, RoleGraph graph, Collection<Permission> permissions) {
    return of(api, stage, role, graph, permissions, api.routes().routes());
  }

  /** The same on some of the API's routes only. */
  public static List<Grant> of(
      Api api,
      String stage,
      RoleName role,
      RoleGraph graph,
      Collection<Permission> permissions,
      Collection<Route> routes) {
    SortedSet<RoleName> held = graph.closure(List.of(role));
    List<Permission> mine =
        permissions.stream().filter(permission -> held.contains(permission.role())).toList();
    return new RouteGrants(api, routes).of(stage, role, mine);
  }

  /** The routes whose grants some of the permissions may determine: no other depends on them. */
  public static List<Route> touched(Api api, Collection<Permission> permissions) {
    return api.routes().routes().stream()
        .filter(
            route ->
                permissions.stream()
                    .anyMatch(
                        permission ->
                            route.actions().stream()
                                .anyMatch(action -> isTouched(api, route, action, permission))))
        .toList();
  }

  /** The permissions that some of the routes' grants may depend on: no other determines any. */
  public static List<Permission> touching(
      Api api, Collection<Route> routes, Collection<Permission> permissions) {
    return permissions.stream()
        .filter(permission -> permission.api().equals(api.id()))
        .filter(
            permission ->
                routes.stream().anyMatch(route -> Touch.touches(permission, route, api.routes())))
        .toList();
  }

  /**
   * What counts at that time (SEM-06): the permissions whose validity holds then, as if it always
   * did, so that grants are those of that moment.
   */
  public static List<Permission> at(Instant now, Collection<Permission> permissions) {
    return permissions.stream()
        .filter(permission -> permission.validity().contains(now))
        .map(
            permission ->
                permission.validity().isAlways()
                    ? permission
                    : permission.with(permission.condition(), Validity.ALWAYS))
        .toList();
  }

  private static boolean isTouched(Api api, Route route, Action action, Permission permission) {
    return permission.actions().contains(action)
        && Touch.touches(permission.resource(), route, action, api.routes());
  }
}
