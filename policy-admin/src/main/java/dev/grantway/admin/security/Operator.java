package dev.grantway.admin.security;

import java.util.Set;

/**
 * Anyone who uses the admin app.
 *
 * @param name unique, and kept in drafts, history and limits; the claim that {@code
 *     GRANTWAY_OPERATOR_CLAIM} names
 * @param fullName for people
 */
public record Operator(String name, String fullName, Set<OperatorRight> rights) {
  public Operator {
    rights = Set.copyOf(rights);
  }

  public boolean may(Task task) {
    return rights.stream().anyMatch(right -> right.allows(task));
  }
}
