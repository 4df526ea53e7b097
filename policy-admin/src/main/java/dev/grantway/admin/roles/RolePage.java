package dev.grantway.admin.roles;

import dev.grantway.policy.Api;
import dev.grantway.policy.Role;
import java.util.List;

/**
 * Everything that a role's page shows, with the draft over it.
 *
 * @param heirs roles that inherit it
 */
public record RolePage(
    Role role,
    Api api,
    String stage,
    boolean removed,
    List<PermissionLine> permissions,
    List<RouteLine> routes,
    List<String> heirs) {

  public RolePage {
    permissions = List.copyOf(permissions);
    routes = List.copyOf(routes);
    heirs = List.copyOf(heirs);
  }
}
