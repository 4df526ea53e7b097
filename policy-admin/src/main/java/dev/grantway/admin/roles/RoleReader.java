package dev.grantway.admin.roles;

import dev.grantway.admin.common.Reading;
import dev.grantway.admin.common.Sentence;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Reads a typed role; each problem is told of at its field. */
final class RoleReader {
  private RoleReader() {}

  static Reading<Role, RoleInput.Field> read(RoleInput input, String id) {
    Map<RoleInput.Field, List<Sentence>> problems = new EnumMap<>(RoleInput.Field.class);
    RoleName name = null;
    try {
      name = new RoleName(input.name().strip());
    } catch (IllegalArgumentException refused) {
      problems.put(RoleInput.Field.NAME, model(refused));
    }
    if (RoleName.AUTHENTICATED.equals(name)) {
      problems.put(RoleInput.Field.NAME, List.of(Sentence.of("problem.role.builtin")));
    }
    var inherits = new TreeSet<RoleName>();
    try {
      input.inherits().forEach(parent -> inherits.add(new RoleName(parent)));
    } catch (IllegalArgumentException refused) {
      problems.put(RoleInput.Field.INHERITS, model(refused));
    }
    if (name == null || !problems.isEmpty()) {
      return new Reading.Problems<>(problems);
    }
    try {
      return new Reading.Read<>(
          new Role(id, name, input.description().strip(), input.owner().strip(), inherits));
    } catch (IllegalArgumentException refused) {
      RoleInput.Field field =
          inherits.contains(name) ? RoleInput.Field.INHERITS : RoleInput.Field.DESCRIPTION;
      return new Reading.Problems<>(Map.of(field, model(refused)));
    }
  }

  private static List<Sentence> model(IllegalArgumentException refused) {
    return List.of(new Sentence.OfModel(String.valueOf(refused.getMessage())));
  }
}
