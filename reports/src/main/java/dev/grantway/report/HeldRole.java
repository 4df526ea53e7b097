package dev.grantway.report;

import dev.grantway.policy.RoleName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A role that a principal holds, and by what: at least one way.
 *
 * @param ways the principal's own assignment first, then groups by name
 */
record HeldRole(RoleName role, List<Way> ways) {

  /**
   * How it is held.
   *
   * @param group the group to which the role is assigned, where the membership list has the
   *     principal in it; empty where it is assigned to the principal
   * @param until when the assignment ends; empty: never
   */
  record Way(Optional<String> group, Optional<Instant> until) {
    private String text() {
      String by = group.map(it -> "group `" + it + "` by the membership list").orElse("assigned");
      return by + until.map(it -> " until " + it).orElse("");
    }
  }

  HeldRole {
    ways = List.copyOf(ways);
  }

  /** From when on no way holds it any more; empty: one never ends. */
  Optional<Instant> end() {
    return ways.stream().map(Way::until).allMatch(Optional::isPresent)
        ? ways.stream().map(Way::until).flatMap(Optional::stream).max(Instant::compareTo)
        : Optional.empty();
  }

  /** Each way in words: {@code clerk: assigned until 2027-01-01T00:00:00Z}. */
  Stream<String> texts() {
    return ways.stream().map(it -> role + ": " + it.text());
  }
}
