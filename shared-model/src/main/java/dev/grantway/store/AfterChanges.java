package dev.grantway.store;

import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.RowKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What there is once changes are made: as they say, and otherwise as their base does. */
final class AfterChanges {
  private static final int PAGE = 500;

  private final AsOf base;
  private final Map<RowKey, Change> byKey = new HashMap<>();
  private final Map<RoleName, Boolean> knownRoles = new HashMap<>();
  private final Map<ApiId, Optional<Api>> knownApis = new HashMap<>();

  AfterChanges(AsOf base, List<Change> changes) {
    this.base = base;
    changes.forEach(change -> byKey.put(change.key(), change));
  }

  boolean touches(RowKey key) {
    return byKey.containsKey(key);
  }

  boolean touchesAny(Class<? extends RowKey> kind) {
    return byKey.keySet().stream().anyMatch(kind::isInstance);
  }

  boolean isRemoved(RowKey key) {
    Change change = byKey.get(key);
    return change != null && change.afterOrNull() == null;
  }

  boolean hasRole(RoleName role) {
    return knownRoles.computeIfAbsent(role, this::lookUp);
  }

  private boolean lookUp(RoleName role) {
    Change change = byKey.get(new RowKey.OfRole(role));
    return change != null
        ? change.afterOrNull() != null
        : role.equals(RoleName.AUTHENTICATED) || base.role(role).isPresent();
  }

  Optional<Api> api(ApiId id) {
    return knownApis.computeIfAbsent(id, this::lookUp);
  }

  private Optional<Api> lookUp(ApiId id) {
    Change change = byKey.get(new RowKey.OfApi(id));
    if (change == null) {
      return base.api(id);
    }
    return change.afterOrNull() instanceof PolicyRow.OfApi(Api after)
        ? Optional.of(after)
        : Optional.empty();
  }

  /** All roles, by name. */
  SortedMap<RoleName, Role> roles() {
    var roles = new TreeMap<RoleName, Role>();
    anyRoleOf(
        base,
        entry -> {
          roles.put(entry.role().name(), entry.role());
          return false;
        });
    byKey.forEach(
        (key, change) -> {
          if (key instanceof RowKey.OfRole(RoleName name)) {
            if (change.afterOrNull() instanceof PolicyRow.OfRole(Role role)) {
              roles.put(name, role);
            } else {
              roles.remove(name);
            }
          }
        });
    return roles;
  }

  /** Asks about the roles of a base, page by page, until one is found. */
  static boolean anyRoleOf(AsOf base, Predicate<RoleEntry> found) {
    String after = "";
    do {
      Page<RoleEntry> page = base.roles(after, PAGE);
      if (page.items().stream().anyMatch(found)) {
        return true;
      }
      after = page.next().orElse("");
    } while (!after.isEmpty());
    return false;
  }
}
