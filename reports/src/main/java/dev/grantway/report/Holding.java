package dev.grantway.report;

import dev.grantway.analysis.Grant;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.store.StampedPermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The permissions that certain roles hold together, and by which of them; worked out once for all
 * rows.
 *
 * @param heads the roles, {@code authenticated} last, with the instants at which they end
 * @param everyWay whether a row names every head that brings a permission, or the first alone
 * @param held by id; of a role that ends, no permission goes on after it
 */
record Holding(
    Map<RoleName, Optional<Instant>> heads,
    boolean everyWay,
    RoleGraph graph,
    Map<PermissionId, StampedPermission> held,
    Map<RoleName, List<List<RoleName>>> paths,
    Map<SortedSet<PermissionId>, Told> told) {

  /**
   * What rows say of the permissions that determine them, whatever the route.
   *
   * @param roles those of the heads by which they are held
   * @param bare none has a condition or an end
   */
  record Told(
      SortedSet<PermissionId> ids,
      List<StampedPermission> by,
      SortedSet<RoleName> roles,
      List<List<RoleName>> via,
      GrantRow.Changed changed,
      boolean bare) {}

  static Holding of(
      Map<RoleName, Optional<Instant>> heads,
      boolean everyWay,
      RoleGraph graph,
      Map<PermissionId, StampedPermission> held) {
    return new Holding(heads, everyWay, graph, held, new HashMap<>(), new HashMap<>());
  }

  Told told(Grant grant, Changes changes) {
    Told known = told.get(grant.by());
    if (known == null) {
      List<StampedPermission> by = by(grant);
      List<List<RoleName>> via = via(by);
      var roles = new TreeSet<RoleName>();
      via.forEach(path -> roles.add(path.getFirst()));
      known =
          new Told(
              grant.by(),
              by,
              roles,
              via,
              changes.last(by),
              by.stream()
                  .map(StampedPermission::permission)
                  .allMatch(it -> it.condition().isNone() && it.validity().isAlways()));
      told.put(known.ids(), known);
    }
    return known;
  }

  List<Permission> permissions() {
    return held.values().stream().map(StampedPermission::permission).toList();
  }

  /** By id. */
  private List<StampedPermission> by(Grant grant) {
    var by = new ArrayList<StampedPermission>(grant.by().size());
    for (PermissionId id : grant.by()) {
      by.add(Objects.requireNonNull(held.get(id)));
    }
    return by;
  }

  private List<List<RoleName>> via(List<StampedPermission> by) {
    if (by.size() == 1) {
      return paths(by.getFirst().permission().role());
    }
    var owners = new TreeSet<RoleName>();
    by.forEach(it -> owners.add(it.permission().role()));
    return owners.stream().map(this::paths).flatMap(List::stream).toList();
  }

  private List<List<RoleName>> paths(RoleName owner) {
    return paths.computeIfAbsent(
        owner,
        it -> {
          Stream<List<RoleName>> all =
              heads.keySet().stream()
                  .map(head -> graph.path(head, it))
                  .filter(path -> !path.isEmpty());
          return (everyWay ? all : all.limit(1)).toList();
        });
  }
}
