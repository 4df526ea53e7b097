package dev.grantway.analysis;

import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleName;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What permissions make of one place of a route table, whoever has them. */
final class GrantOutcome {
  private final Grant.Access access;
  private final boolean conditional;
  private final List<Permission> by;
  private final SortedSet<PermissionId> ids;
  private final Set<RoleName> determining = new HashSet<>();

  /**
   * An outcome.
   *
   * @param determining those of {@code by} that decide whether it is inherited
   */
  GrantOutcome(
      Grant.Access access,
      boolean conditional,
      Collection<Permission> determining,
      Collection<Permission> by) {
    this.access = access;
    this.conditional = conditional;
    this.by = by.stream().sorted(Comparator.comparing(Permission::id)).toList();
    var sorted = new TreeSet<PermissionId>();
    by.forEach(it -> sorted.add(it.id()));
    this.ids = Collections.unmodifiableSortedSet(sorted);
    determining.forEach(it -> this.determining.add(it.role()));
  }

  boolean isAllowed() {
    return access == Grant.Access.ALLOWED;
  }

  Grant grant(RoleName role, RouteGrants.Place place) {
    boolean inherited = !determining.isEmpty() && !determining.contains(role);
    return new Grant(role, place.route(), place.action(), access, inherited, conditional, ids);
  }

  /** Whether both are allowed, on conditions, which are not the same ones. */
  boolean isAllowedOtherwise(GrantOutcome other) {
    return isAllowed()
        && other.isAllowed()
        && (conditional || other.conditional)
        && !meaning().equals(other.meaning());
  }

  private List<List<Object>> meaning() {
    return by.stream()
        .map(p -> List.<Object>of(p.effect(), p.resource(), p.condition(), p.validity(), p.role()))
        .toList();
  }
}
