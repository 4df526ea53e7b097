package dev.grantway.admin.matrix;

import dev.grantway.admin.changes.WorkingCopy;
import dev.grantway.analysis.Grant;
import dev.grantway.analysis.RouteGrants;
import dev.grantway.policy.Api;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Validity;
import dev.grantway.resource.Action;
import dev.grantway.resource.Reach;
import dev.grantway.resource.Route;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares grants by what they mean: access, whether it is inherited, and under which conditions,
 * at which times and for which part of the route; not by which permissions say so.
 */
final class SameGrants {
  private final Api api;
  private final RoleGraph graph;
  private final RouteGrants grants;

  SameGrants(Api api, RoleGraph graph) {
    this.api = api;
    this.graph = graph;
    this.grants = new RouteGrants(api, api.routes().routes());
  }

  /** What a permission contributes, but for its id. */
  private record Part(
      Effect effect, RoleName role, Condition condition, Validity validity, String only) {
    static Part of(Permission it, Route route) {
      boolean whole = Reach.of(it.resource(), route.template()) == Reach.WHOLE;
      return new Part(
          it.effect(),
          it.role(),
          it.condition(),
          it.validity(),
          whole ? "" : String.join("/", it.resource().shape()));
    }
  }

  private record Meaning(
      Grant.Access access, boolean inherited, boolean conditional, Set<Part> parts) {}

  /** The routes of which a permission says something in a stage, for a method that they serve. */
  List<Route> touched(Permission permission, String stage, Action action) {
    return grants.of(stage, permission.role(), List.of(permission)).stream()
        .filter(it -> it.action() == action && arrives(it) && it.access() != Grant.Access.NONE)
        .map(Grant::route)
        .toList();
  }

  private static boolean isAt(Grant grant, RoutePlace place) {
    return grant.route().equals(place.route()) && grant.action() == place.action();
  }

  /**
   * Whether both say the same for these roles in every stage, but for one cell in one stage, which
   * is allowed no more to its own role.
   */
  boolean exceptFor(
      CellEdits.Cell cell,
      String stage,
      WorkingCopy before,
      WorkingCopy after,
      Collection<RoleName> roles) {
    return roles.stream()
        .allMatch(
            role ->
                api.stages().stream()
                    .allMatch(
                        each ->
                            exceptFor(
                                each.equals(stage) ? cell : null, each, before, after, role)));
  }

  private boolean exceptFor(
      CellEdits.@Nullable Cell cell,
      String stage,
      WorkingCopy before,
      WorkingCopy after,
      RoleName role) {
    List<Grant> was = grants(before, stage, role);
    List<Grant> is = grants(after, stage, role);
    Map<PermissionId, Permission> old = byId(before, role);
    Map<PermissionId, Permission> now = byId(after, role);
    for (int i = 0; i < is.size(); i++) {
      Grant it = is.get(i);
      if (cell != null && isAt(it, cell.place())) {
        if (role.equals(cell.role()) && it.isAllowed()) {
          return false;
        }
      } else if (arrives(it) && !meaning(was.get(i), old).equals(meaning(it, now))) {
        return false;
      }
    }
    return true;
  }

  /** Where a route of its own serves the method, {@code ANY} never gets it. */
  private boolean arrives(Grant it) {
    Set<Action> served =
        it.route().isAny() ? api.routes().actionsOf(it.route()) : it.route().actions();
    return served.contains(it.action());
  }

  private List<Grant> grants(WorkingCopy copy, String stage, RoleName role) {
    return grants.of(stage, role, permissions(copy, role));
  }

  private List<Permission> permissions(WorkingCopy copy, RoleName role) {
    return copy.permissions(graph.closure(List.of(role)), api.id());
  }

  private Map<PermissionId, Permission> byId(WorkingCopy copy, RoleName role) {
    var byId = new HashMap<PermissionId, Permission>();
    permissions(copy, role).forEach(it -> byId.put(it.id(), it));
    return byId;
  }

  private static Meaning meaning(Grant grant, Map<PermissionId, Permission> byId) {
    var parts = new HashSet<Part>();
    for (PermissionId id : grant.by()) {
      parts.add(Part.of(Objects.requireNonNull(byId.get(id)), grant.route()));
    }
    return new Meaning(grant.access(), grant.inherited(), grant.conditional(), parts);
  }
}
