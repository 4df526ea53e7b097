package dev.grantway.store;

import dev.grantway.policy.Assignment;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.RowKey;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/** What the policy would not bear of changed roles. */
final class RoleCheck {
  private final AsOf base;
  private final List<Change> changes;
  private final AfterChanges after;
  private final Refusals refusals;

  RoleCheck(AsOf base, List<Change> changes, AfterChanges after, Refusals refusals) {
    this.base = base;
    this.changes = changes;
    this.after = after;
    this.refusals = refusals;
  }

  void check() {
    if (!after.touchesAny(RowKey.OfRole.class)) {
      return;
    }
    SortedMap<RoleName, Role> roles = after.roles();
    var ids = new HashMap<String, RoleName>();
    for (Role role : roles.values()) {
      var key = new RowKey.OfRole(role.name());
      RoleName other = ids.put(role.id(), role.name());
      if (other != null) {
        refusals.add(
            "duplicate-role-id",
            "roles `" + other + "` and `" + role.name() + "` have the same id `" + role.id() + "`",
            key);
      }
      for (RoleName inherited : role.inherits()) {
        if (!roles.containsKey(inherited) && !inherited.equals(RoleName.AUTHENTICATED)) {
          refusals.unknownRole("role `" + role.name() + "` inherits", inherited, key);
        }
      }
    }
    closures(roles);
    for (Change change : changes) {
      if (change.key() instanceof RowKey.OfRole(RoleName name) && change.afterOrNull() == null) {
        removed(name, change.key());
      }
    }
  }

  private void closures(SortedMap<RoleName, Role> roles) {
    RoleGraph graph;
    try {
      graph = new RoleGraph(roles.values());
    } catch (IllegalArgumentException cycle) {
      refusals.add("cyclic-inheritance", String.valueOf(cycle.getMessage()), null);
      return;
    }
    for (RoleName name : roles.keySet()) {
      int size = graph.closure(Set.of(name)).size() - 1;
      if (size > ChangeCheck.MAX_CLOSURE) {
        refusals.add(
            "closure-too-big",
            "role `"
                + name
                + "` would inherit "
                + size
                + " roles, of "
                + ChangeCheck.MAX_CLOSURE
                + " at most: inherit fewer",
            new RowKey.OfRole(name));
      }
    }
  }

  private void removed(RoleName name, RowKey key) {
    for (StampedPermission row : base.permissions(name)) {
      if (!after.isRemoved(new PolicyRow.OfPermission(row.permission()).key())) {
        refusals.add(
            "role-in-use",
            "role `"
                + name
                + "` still has permission `"
                + row.permission().id()
                + "`: delete it too",
            key);
        return;
      }
    }
    for (Assignment assignment : RoleEdits.assignmentsOf(base, name)) {
      if (!after.isRemoved(new PolicyRow.OfAssignment(assignment).key())) {
        refusals.add(
            "role-in-use",
            "role `"
                + name
                + "` is still assigned to `"
                + assignment.value()
                + "`: remove that too",
            key);
        return;
      }
    }
  }
}
