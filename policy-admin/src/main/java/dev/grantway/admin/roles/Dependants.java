package dev.grantway.admin.roles;

import dev.grantway.policy.Assignment;
import dev.grantway.policy.RoleName;
import java.util.List;

/**
 * What is about a role, with the draft over it.
 *
 * @param permissions how many it has itself, in every API
 * @param heirs roles that inherit it
 * @param assignments that give it
 * @param invariants those that name it, by name; like tests they stay when it is deleted
 */
public record Dependants(
    int permissions,
    List<RoleName> heirs,
    List<Assignment> assignments,
    List<String> invariants,
    List<String> tests) {
  public Dependants {
    heirs = List.copyOf(heirs);
    assignments = List.copyOf(assignments);
    invariants = List.copyOf(invariants);
    tests = List.copyOf(tests);
  }

  /** True if nobody and nothing but its own permissions is concerned when it is deleted. */
  public boolean isNone() {
    return heirs.isEmpty() && assignments.isEmpty() && invariants.isEmpty() && tests.isEmpty();
  }
}
