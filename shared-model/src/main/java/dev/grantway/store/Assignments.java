package dev.grantway.store;

import dev.grantway.policy.Assignment;
import dev.grantway.policy.RoleName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The assignments of one bundle, by the value they are given to: a subject, a client or a group.
 */
public record Assignments(Map<String, List<Assignment>> byValue) {
  public static final Assignments NONE = new Assignments(Map.of());

  public Assignments {
    byValue = Map.copyOf(byValue);
  }

  /** All of them, those that have ended included. */
  public List<Assignment> of(String value) {
    return byValue.getOrDefault(value, List.of());
  }

  /** The roles given now (SEM-08). */
  public SortedSet<RoleName> rolesOf(String value, Instant now) {
    var roles = new TreeSet<RoleName>();
    for (Assignment assignment : of(value)) {
      if (assignment.isLiveAt(now)) {
        roles.add(assignment.role());
      }
    }
    return roles;
  }
}
