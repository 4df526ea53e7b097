package dev.grantway.admin.matrix;

import dev.grantway.policy.RoleName;
import java.util.List;

/** Roles that the operator keeps together under a name. */
public record NamedRoles(String name, List<RoleName> roles) {
  public NamedRoles {
    roles = List.copyOf(roles);
  }
}
