package dev.grantway.analysis;

import dev.grantway.policy.Policy;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The invariants that changes break. What was broken before is no reason to refuse them: else
 * nobody could publish what mends it.
 */
public final class BrokenByChanges {
  private record Place(String invariant, Set<RoleName> roles) {}

  private BrokenByChanges() {}

  /**
   * Those that hold before, or are not there or say something else, and do not hold after, unless
   * waived.
   *
   * @param before is asked for only where something does not hold after
   * @param inForce whose waivers count
   * @param seen role sets that instances of the authorizer saw callers with
   */
  public static List<Finding> of(
      Policy after,
      Supplier<Policy> before,
      Rules inForce,
      Collection<Set<RoleName>> seen,
      Instant now) {
    List<Finding> found = Invariants.of(after, seen, now);
    if (found.isEmpty()) {
      return List.of();
    }
    Policy was = before.get();
    Set<Place> broken =
        Invariants.of(was, seen, now).stream()
            .map(BrokenByChanges::place)
            .collect(Collectors.toSet());
    Set<String> changed =
        after.rules().invariants().stream()
            .filter(it -> !was.rules().invariants().contains(it))
            .map(Rules.Invariant::name)
            .collect(Collectors.toSet());
    return found.stream()
        .filter(it -> !broken.contains(place(it)) || changed.contains(it.about().text()))
        .filter(it -> inForce.waiver(it::isNamed, now).isEmpty())
        .toList();
  }

  private static Place place(Finding finding) {
    return finding instanceof Finding.BrokenInvariant it
        ? new Place(it.invariant(), it.roles())
        : new Place(finding.about().text(), Set.of());
  }
}
