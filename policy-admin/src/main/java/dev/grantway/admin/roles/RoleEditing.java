package dev.grantway.admin.roles;

import dev.grantway.admin.changes.WorkingCopy;
import dev.grantway.decision.PolicyTest;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.RowKey;
import dev.grantway.store.RoleEdits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Edits of a role that concern more rows than its own, over what the draft already does. */
final class RoleEditing {
  private RoleEditing() {}

  static List<Change> change(WorkingCopy copy, Role before, Role after) {
    var altered =
        new Role(before.id(), before.name(), after.description(), after.owner(), after.inherits());
    var changes = new ArrayList<Change>();
    if (!altered.equals(before)) {
      changes.add(Change.alter(new PolicyRow.OfRole(before), new PolicyRow.OfRole(altered)));
    }
    if (!after.name().equals(before.name())) {
      return rename(copy, before, after);
    }
    return changes;
  }

  /** The role under its new name, with every row that names it. */
  private static List<Change> rename(WorkingCopy copy, Role before, Role after) {
    var changes = new LinkedHashMap<RowKey, Change>();
    put(changes, Change.remove(new PolicyRow.OfRole(before)));
    put(changes, Change.add(new PolicyRow.OfRole(after)));
    for (Permission permission : permissions(copy, before.name())) {
      put(changes, Change.remove(new PolicyRow.OfPermission(permission)));
      put(changes, Change.add(new PolicyRow.OfPermission(moved(permission, after.name()))));
    }
    for (Role heir : heirs(copy, before.name())) {
      var inherits = new java.util.TreeSet<>(heir.inherits());
      inherits.remove(before.name());
      inherits.add(after.name());
      put(changes, altered(heir, inherits));
    }
    rest(copy, RoleEdits.rename(copy.base(), before, after.name()), changes);
    return List.copyOf(changes.values());
  }

  static List<Change> delete(WorkingCopy copy, Role role) {
    var changes = new LinkedHashMap<RowKey, Change>();
    put(changes, Change.remove(new PolicyRow.OfRole(role)));
    for (Permission permission : permissions(copy, role.name())) {
      put(changes, Change.remove(new PolicyRow.OfPermission(permission)));
    }
    for (Role heir : heirs(copy, role.name())) {
      var inherits = new java.util.TreeSet<>(heir.inherits());
      inherits.remove(role.name());
      put(changes, altered(heir, inherits));
    }
    rest(copy, RoleEdits.delete(copy.base(), role), changes);
    return List.copyOf(changes.values());
  }

  static Dependants dependants(WorkingCopy copy, RoleName role) {
    return new Dependants(
        permissions(copy, role).size(),
        heirs(copy, role).stream().map(Role::name).toList(),
        copy.assignments().stream().filter(it -> it.role().equals(role)).toList(),
        copy.invariants().stream()
            .filter(it -> isAbout(it, role))
            .map(Rules.Invariant::name)
            .toList(),
        copy.tests().stream()
            .filter(it -> it.caller().roles().contains(role.value()))
            .map(PolicyTest::name)
            .toList());
  }

  private static boolean isAbout(Rules.Invariant it, RoleName role) {
    boolean claimed =
        switch (it.claim()) {
          case Rules.Invariant.Claim.NeverBoth _ -> false;
          case Rules.Invariant.Claim.NeverRole(var of, var _, var _) -> of.equals(role);
          case Rules.Invariant.Claim.Always(var of, var _) -> of.equals(role);
        };
    return claimed || it.except().contains(role.value());
  }

  /** Assignments and rules, which the draft does not edit elsewhere: as the store has them. */
  private static void rest(WorkingCopy copy, List<Change> whole, Map<RowKey, Change> changes) {
    for (Change change : whole) {
      boolean handled =
          change.key() instanceof RowKey.OfPermission || change.key() instanceof RowKey.OfRole;
      if (!handled && copy.row(change.key()).equals(change.before())) {
        put(changes, change);
      }
    }
  }

  private static void put(Map<RowKey, Change> changes, Change change) {
    changes.put(change.key(), change);
  }

  private static Change altered(Role heir, java.util.SortedSet<RoleName> inherits) {
    return Change.alter(
        new PolicyRow.OfRole(heir),
        new PolicyRow.OfRole(
            new Role(heir.id(), heir.name(), heir.description(), heir.owner(), inherits)));
  }

  private static List<Role> heirs(WorkingCopy copy, RoleName name) {
    return copy.roles().values().stream().filter(it -> it.inherits().contains(name)).toList();
  }

  private static List<Permission> permissions(WorkingCopy copy, RoleName role) {
    var all = new ArrayList<Permission>();
    for (var api : copy.apis()) {
      ApiId id = api.id();
      all.addAll(copy.permissions(role, id));
    }
    return all;
  }

  private static Permission moved(Permission it, RoleName role) {
    return new Permission(
        it.id(),
        role,
        it.effect(),
        it.api(),
        it.stage(),
        it.actions(),
        it.resource(),
        it.condition(),
        it.validity(),
        it.note());
  }
}
