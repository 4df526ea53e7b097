package dev.grantway.policyfile;

import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import java.util.List;
import java.util.Map;

/** What a file leaves out of roles that are there already. */
public final class RoleIds {
  private RoleIds() {}

  /**
   * The policy of a file with the ids that its roles have: a file that leaves out a role's id means
   * the role of that name, whatever its id is. A file gives everybody permissions under a role of
   * that name, which needs no row for it.
   *
   * @param known roles by their names
   */
  public static Policy known(Policy file, Map<RoleName, Role> known) {
    List<Role> roles =
        file.roles().stream()
            .filter(
                role ->
                    !role.equals(Role.bare(RoleName.AUTHENTICATED))
                        || known.containsKey(RoleName.AUTHENTICATED))
            .map(
                role ->
                    role.id().equals(role.name().value()) && known.containsKey(role.name())
                        ? withId(role, known.getOrDefault(role.name(), role).id())
                        : role)
            .toList();
    return new Policy(file.apis(), roles, file.permissions(), file.assignments(), file.rules());
  }

  private static Role withId(Role role, String id) {
    return new Role(id, role.name(), role.description(), role.owner(), role.inherits());
  }
}
