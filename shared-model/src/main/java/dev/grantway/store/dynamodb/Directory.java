package dev.grantway.store.dynamodb;

import dev.grantway.policy.ApiId;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.RowKey;
import dev.grantway.store.RoleEntry;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** All roles as of one revision: who inherits whom, and where each has slices. */
final class Directory {
  private final SortedMap<RoleName, RoleEntry> entries;
  private final Map<RoleName, SortedSet<RoleName>> closures = new HashMap<>();

  Directory(SortedMap<RoleName, RoleEntry> entries) {
    this.entries = Collections.unmodifiableSortedMap(entries);
  }

  Collection<RoleEntry> all() {
    return entries.values();
  }

  Optional<RoleEntry> find(RoleName role) {
    return Optional.ofNullable(entries.get(role));
  }

  /** Every role it inherits, transitively, without itself; none for a role that is not there. */
  SortedSet<RoleName> closure(RoleName role) {
    SortedSet<RoleName> known = closures.get(role);
    if (known != null) {
      return known;
    }
    var closure = new TreeSet<RoleName>();
    find(role)
        .map(entry -> entry.role().inherits())
        .orElse(Collections.emptySortedSet())
        .forEach(
            inherited -> {
              closure.add(inherited);
              closure.addAll(closure(inherited));
            });
    closures.put(role, closure);
    return closure;
  }

  /**
   * The directory after these changes of roles, and after roles have got their first permissions in
   * APIs. Reach only grows: a slice once written stays, and where it stands its closure must stay
   * right.
   */
  Directory after(
      List<Change> roleChanges, Map<RoleName, SortedSet<ApiId>> firstIn, long revision) {
    SortedMap<RoleName, RoleEntry> next = new TreeMap<>(entries);
    for (Change change : roleChanges) {
      RoleName name = ((RowKey.OfRole) change.key()).name();
      if (change.afterOrNull() instanceof PolicyRow.OfRole(Role role)) {
        RoleEntry before = next.getOrDefault(name, fresh(role));
        next.put(name, new RoleEntry(role, before.own(), before.reach(), revision));
      } else {
        next.remove(name);
      }
    }
    firstIn.forEach(
        (name, apis) -> {
          RoleEntry entry = next.get(name);
          if (entry == null && name.equals(RoleName.AUTHENTICATED)) {
            entry = RoleEntry.authenticated(new TreeSet<>());
          }
          if (entry != null) {
            var own = new TreeSet<>(entry.own());
            own.addAll(apis);
            next.put(name, new RoleEntry(entry.role(), own, entry.reach(), entry.since()));
          }
        });
    var directory = new Directory(next);
    next.replaceAll((name, entry) -> directory.reaching(entry));
    return directory;
  }

  private RoleEntry reaching(RoleEntry entry) {
    var reach = new TreeSet<>(entry.reach());
    reach.addAll(entry.own());
    for (RoleName inherited : closure(entry.role().name())) {
      find(inherited).ifPresent(other -> reach.addAll(other.own()));
    }
    return new RoleEntry(entry.role(), entry.own(), reach, entry.since());
  }

  private static RoleEntry fresh(Role role) {
    return new RoleEntry(role, new TreeSet<>(), new TreeSet<>(), 0);
  }
}
