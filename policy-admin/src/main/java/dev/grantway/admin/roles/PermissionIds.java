package dev.grantway.admin.roles;

import dev.grantway.admin.changes.WorkingCopy;
import dev.grantway.policy.Effect;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Action;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Makes ids for new permissions that tell what they are: {@code support-post-orders-id-refunds}.
 */
public final class PermissionIds {
  private static final int MAX = 100;

  private PermissionIds() {}

  static String make(RoleName role, PermissionInput input, WorkingCopy copy) {
    return make(
            role, Effect.valueOf(input.effect()), input.methods(), input.resource(), copy::isTaken)
        .value();
  }

  /** An id that is not taken, for a permission of this kind. */
  public static PermissionId make(
      RoleName role,
      Effect effect,
      Set<Action> methods,
      String resource,
      Predicate<PermissionId> taken) {
    String verbs =
        methods.size() > 3
            ? "any"
            : new TreeSet<>(methods).stream().map(Enum::name).collect(Collectors.joining("-"));
    String text = role + (effect == Effect.DENY ? "-no" : "") + "-" + verbs + "-" + resource;
    String plain =
        text.toLowerCase(Locale.ROOT)
            .replace("/**", "-all")
            .replaceAll("[^a-z0-9.:_]+", "-")
            .replaceAll("^-+|-+$", "");
    String stem = plain.length() > MAX ? plain.substring(0, MAX) : plain;
    var id = new PermissionId(stem);
    for (int i = 2; taken.test(id); i++) {
      id = new PermissionId(stem + "-" + i);
    }
    return id;
  }
}
