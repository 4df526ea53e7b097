package dev.grantway.analysis;

import dev.grantway.policy.Api;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Action;
import dev.grantway.resource.Reach;
import dev.grantway.resource.Route;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

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
        permissions.stream()
            .filter(
                permission ->
                    permission.api().equals(api.id())
                        && permission.stage().includes(stage)
                        && held.contains(permission.role()))
            .toList();
    var grants = new ArrayList<Grant>();
    for (Route route : routes) {
      for (Action action : new TreeSet<>(route.actions())) {
        grants.add(grant(role, api, route, action, mine));
      }
    }
    return grants;
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

  private static boolean isTouched(Api api, Route route, Action action, Permission permission) {
    return permission.actions().contains(action)
        && Touch.touches(permission.resource(), route, action, api.routes());
  }

  private static Grant grant(
      RoleName role, Api api, Route route, Action action, List<Permission> permissions) {
    List<Permission> touching =
        permissions.stream()
            .filter(permission -> isTouched(api, route, action, permission))
            .toList();
    List<Permission> allows = with(Effect.ALLOW, touching);
    List<Permission> denies = with(Effect.DENY, touching);
    boolean deniedWhole = denies.stream().anyMatch(p -> isWhole(p, route));
    if (deniedWhole || allows.isEmpty()) {
      Grant.Access access = denies.isEmpty() ? Grant.Access.NONE : Grant.Access.DENIED;
      boolean conditional = !denies.isEmpty() && !deniedWhole;
      return new Grant(
          role, route, action, access, isInherited(role, denies), conditional, ids(denies));
    }
    // An allow of the whole route leaves nothing for those of a part to determine.
    List<Permission> whole = allows.stream().filter(p -> isWhole(p, route)).toList();
    List<Permission> determining = whole.isEmpty() ? allows : whole;
    var by = new ArrayList<>(determining);
    by.addAll(denies);
    return new Grant(
        role,
        route,
        action,
        Grant.Access.ALLOWED,
        isInherited(role, determining),
        whole.isEmpty() || !denies.isEmpty(),
        ids(by));
  }

  private static boolean isWhole(Permission permission, Route route) {
    return permission.condition().isNone()
        && permission.validity().isAlways()
        && Reach.of(permission.resource(), route.template()) == Reach.WHOLE;
  }

  private static List<Permission> with(Effect effect, List<Permission> permissions) {
    return permissions.stream().filter(permission -> permission.effect() == effect).toList();
  }

  private static boolean isInherited(RoleName role, List<Permission> permissions) {
    return !permissions.isEmpty()
        && permissions.stream().noneMatch(permission -> permission.role().equals(role));
  }

  private static SortedSet<PermissionId> ids(List<Permission> permissions) {
    return permissions.stream().map(Permission::id).collect(Collectors.toCollection(TreeSet::new));
  }
}
