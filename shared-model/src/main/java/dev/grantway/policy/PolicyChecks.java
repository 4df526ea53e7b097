package dev.grantway.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What must hold between the parts of a policy. */
final class PolicyChecks {
  private PolicyChecks() {}

  static void check(
      List<Api> apis,
      List<Role> roles,
      List<Permission> permissions,
      List<Assignment> assignments) {
    unique("API id", apis, Api::id);
    unique("API name", apis, Api::name);
    unique("role", roles, Role::name);
    unique("role id", roles, Role::id);
    unique("permission id", permissions, Permission::id);
    Set<ApiId> knownApis = apis.stream().map(Api::id).collect(Collectors.toSet());
    Set<RoleName> known = roles.stream().map(Role::name).collect(Collectors.toSet());
    known.add(RoleName.AUTHENTICATED);
    for (Role role : roles) {
      role.inherits().forEach(parent -> knownRole(known, parent, "role `" + role.name() + "`"));
    }
    for (Permission permission : permissions) {
      String where = "permission `" + permission.id() + "`";
      knownRole(known, permission.role(), where);
      if (!knownApis.contains(permission.api())) {
        throw new IllegalArgumentException(
            where + " names the unknown API `" + permission.api() + "`");
      }
    }
    assignments.forEach(given -> knownRole(known, given.role(), "an assignment"));
    new RoleGraph(roles);
  }

  private static void knownRole(Set<RoleName> known, RoleName role, String where) {
    if (!known.contains(role)) {
      throw new IllegalArgumentException(
          where + " names the unknown role `" + role + "`: add the role or correct its name");
    }
  }

  private static <T, K> void unique(String what, List<T> items, Function<T, K> key) {
    var seen = new HashSet<K>();
    for (T item : items) {
      if (!seen.add(key.apply(item))) {
        throw new IllegalArgumentException(what + " `" + key.apply(item) + "` is there twice");
      }
    }
  }
}
