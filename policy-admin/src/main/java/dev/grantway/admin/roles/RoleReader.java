package dev.grantway.admin.roles;

import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeSet;

/** Reads a typed role; each problem is told of at its field. */
final class RoleReader {
  private RoleReader() {}

  static Reading<Role, RoleInput.Field> read(RoleInput input, String id) {
    Map<RoleInput.Field, String> problems = new EnumMap<>(RoleInput.Field.class);
    RoleName name = null;
    try {
      name = new RoleName(input.name().strip());
      if (name.equals(RoleName.AUTHENTICATED)) {
        throw new IllegalArgumentException(
            "role `authenticated` is built in: every verified principal holds it");
      }
    } catch (IllegalArgumentException refused) {
      problems.put(RoleInput.Field.NAME, String.valueOf(refused.getMessage()));
    }
    var inherits = new TreeSet<RoleName>();
    try {
      input.inherits().forEach(parent -> inherits.add(new RoleName(parent)));
      if (name != null && inherits.contains(name)) {
        throw new IllegalArgumentException(
            "role `"
                + name
                + "` inherits itself through `"
                + name
                + "` → `"
                + name
                + "`: remove one of these");
      }
    } catch (IllegalArgumentException refused) {
      problems.put(RoleInput.Field.INHERITS, String.valueOf(refused.getMessage()));
    }
    if (name == null || !problems.isEmpty()) {
      return new Reading.Problems<>(problems);
    }
    try {
      return new Reading.Read<>(
          new Role(id, name, input.description().strip(), input.owner().strip(), inherits));
    } catch (IllegalArgumentException refused) {
      return new Reading.Problems<>(
          Map.of(RoleInput.Field.DESCRIPTION, String.valueOf(refused.getMessage())));
    }
  }
}
