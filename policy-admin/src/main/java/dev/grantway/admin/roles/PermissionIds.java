package dev.grantway.admin.roles;

import dev.grantway.admin.changes.WorkingCopy;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleName;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Makes ids for new permissions that tell what they are: {@code support-post-orders-id-refunds}.
 */
final class PermissionIds {
  private static final int MAX = 100;

  private PermissionIds() {}

  static String make(RoleName role, PermissionInput input, WorkingCopy copy) {
    String methods =
        input.methods().size() > 3
            ? "any"
            : new TreeSet<>(input.methods())
                .stream().map(Enum::name).collect(Collectors.joining("-"));
    String effect = input.effect().equals("DENY") ? "-no" : "";
    String text = role + effect + "-" + methods + "-" + input.resource();
    String plain =
        text.toLowerCase(Locale.ROOT)
            .replace("/**", "-all")
            .replaceAll("[^a-z0-9.:_]+", "-")
            .replaceAll("^-+|-+$", "");
    String stem = plain.length() > MAX ? plain.substring(0, MAX) : plain;
    String id = stem;
    for (int i = 2; copy.isTaken(new PermissionId(id)); i++) {
      id = stem + "-" + i;
    }
    return id;
  }
}
