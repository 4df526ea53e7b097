package dev.grantway.admin.routes;

import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleName;
import java.util.List;

/**
 * What a role may do on a route that some permission of it is about.
 *
 * @param allowed it may call at least one action of the route
 * @param inherited no permission that determines it is the role's own
 * @param conditional it holds only for some requests, callers, times or actions
 * @param by the permissions that determine it, by id
 */
public record RoleAccess(
    RoleName role, boolean allowed, boolean inherited, boolean conditional, List<PermissionId> by) {
  public RoleAccess {
    by = List.copyOf(by);
  }
}
