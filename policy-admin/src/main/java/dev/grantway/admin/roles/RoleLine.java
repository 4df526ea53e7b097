package dev.grantway.admin.roles;

import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import java.util.Set;

/**
 * A role in the list.
 *
 * @param own how many permissions of its own it has in the API
 * @param allowed how many routes it may call in the stage, of {@code routes}
 * @param staged the draft touches the role or its permissions
 * @param removed the draft deletes it
 */
public record RoleLine(
    Role role, int own, long allowed, int routes, boolean staged, boolean removed) {
  public RoleName name() {
    return role.name();
  }

  public Set<RoleName> inherits() {
    return role.inherits();
  }
}
