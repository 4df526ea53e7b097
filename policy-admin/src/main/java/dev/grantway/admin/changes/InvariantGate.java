package dev.grantway.admin.changes;

import dev.grantway.analysis.Finding;
import dev.grantway.analysis.Invariants;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Policy;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.revision.Change;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The invariants that a draft breaks. What was broken before is no reason to refuse it: else nobody
 * could publish what mends it.
 */
final class InvariantGate {
  private record Place(String invariant, Set<RoleName> roles) {}

  private InvariantGate() {}

  /**
   * Those that hold before the changes, or are not there, and do not hold after, unless waived.
   *
   * @param seen role sets that instances of the authorizer saw callers with
   */
  static List<Finding> broken(
      WorkingCopy after, Collection<Change> changes, Collection<Set<RoleName>> seen, Instant now) {
    List<Finding> found = changes.isEmpty() ? List.of() : findings(after, seen, now);
    if (found.isEmpty()) {
      return List.of();
    }
    Set<Place> before =
        findings(after.withoutChanges(), seen, now).stream()
            .map(InvariantGate::place)
            .collect(Collectors.toSet());
    var changed = changed(after);
    return found.stream()
        .filter(it -> !before.contains(place(it)) || changed.contains(it.about().text()))
        .filter(it -> !isWaived(it, after.base().rules(), now))
        .toList();
  }

  private static Place place(Finding finding) {
    return finding instanceof Finding.BrokenInvariant it
        ? new Place(it.invariant(), it.roles())
        : new Place(finding.about().text(), Set.of());
  }

  /** Invariants that say something else than before: they have to hold from the start. */
  private static Set<String> changed(WorkingCopy after) {
    List<Rules.Invariant> before = after.withoutChanges().invariants();
    return after.invariants().stream()
        .filter(it -> !before.contains(it))
        .map(Rules.Invariant::name)
        .collect(Collectors.toSet());
  }

  private static boolean isWaived(Finding finding, Rules rules, Instant now) {
    return rules.waivers().stream()
        .anyMatch(it -> now.isBefore(it.until()) && finding.isNamed(it.finding()));
  }

  /** Reads no more of the policy than the APIs that invariants are about. */
  private static List<Finding> findings(
      WorkingCopy copy, Collection<Set<RoleName>> seen, Instant now) {
    List<Rules.Invariant> invariants = copy.invariants();
    if (invariants.isEmpty()) {
      return List.of();
    }
    Set<ApiId> about =
        invariants.stream()
            .map(Rules.Invariant::api)
            .collect(Collectors.toCollection(TreeSet::new));
    List<Api> apis = copy.apis().stream().filter(api -> about.contains(api.id())).toList();
    var roles = copy.roles();
    var holders = new TreeSet<>(roles.keySet());
    holders.add(RoleName.AUTHENTICATED);
    List<Permission> permissions =
        apis.stream().flatMap(api -> copy.permissions(holders, api.id()).stream()).toList();
    var rules = new Rules(invariants, List.of(), List.of(), List.of(), Rules.Retention.EVERYTHING);
    return Invariants.of(
        new Policy(apis, List.copyOf(roles.values()), permissions, copy.assignments(), rules),
        seen,
        now);
  }
}
