package dev.grantway.policy;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Policy data held whole in memory: what a policy file says. Names are unique; every permission,
 * assignment and inherits edge must name an API and roles that are here.
 */
public record Policy(
    List<Api> apis,
    List<Role> roles,
    List<Permission> permissions,
    List<Assignment> assignments,
    Rules rules) {

  public static final Policy EMPTY =
      new Policy(List.of(), List.of(), List.of(), List.of(), Rules.NONE);

  public Policy {
    apis = List.copyOf(apis);
    roles = List.copyOf(roles);
    permissions = List.copyOf(permissions);
    assignments = List.copyOf(assignments);
    PolicyChecks.check(apis, roles, permissions, assignments);
  }

  public Optional<Api> api(ApiId id) {
    return apis.stream().filter(api -> api.id().equals(id)).findFirst();
  }

  public Optional<Api> apiNamed(String name) {
    return apis.stream().filter(api -> api.name().equals(name)).findFirst();
  }

  public Optional<Role> role(RoleName name) {
    return roles.stream().filter(role -> role.name().equals(name)).findFirst();
  }

  public RoleGraph graph() {
    return new RoleGraph(roles);
  }

  /** The permissions that these roles have, directly or by inheritance, on that API. */
  public List<Permission> permissionsOf(Collection<RoleName> held, ApiId api) {
    SortedSet<RoleName> effective = new TreeSet<>(graph().closure(held));
    return permissions.stream()
        .filter(permission -> permission.api().equals(api) && effective.contains(permission.role()))
        .toList();
  }
}
