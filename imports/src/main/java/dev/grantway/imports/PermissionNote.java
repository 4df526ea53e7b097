package dev.grantway.imports;

import dev.grantway.policy.ApiId;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Validity;
import dev.grantway.resource.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A permission in one line, and what differs between two. */
final class PermissionNote {
  private PermissionNote() {}

  /** {@code clerk: ALLOW GET,POST /orders/{id} (orders/prod)}. */
  static String of(Permission it, Function<ApiId, String> names) {
    return it.role()
        + ": "
        + it.effect()
        + " "
        + methods(it)
        + " "
        + it.resource()
        + " ("
        + names.apply(it.api())
        + "/"
        + it.stage()
        + ")"
        + (it.condition().isNone() ? "" : " if " + text(it.condition()))
        + (it.validity().isAlways() ? "" : " " + text(it.validity()));
  }

  static String of(Permission before, Permission after, Function<ApiId, String> names) {
    var parts = new ArrayList<String>();
    part(parts, "role", before.role(), after.role());
    part(parts, "API", names.apply(before.api()), names.apply(after.api()));
    part(parts, "stage", before.stage(), after.stage());
    part(parts, "effect", before.effect(), after.effect());
    part(parts, "methods", methods(before), methods(after));
    part(parts, "resource", before.resource(), after.resource());
    part(parts, "condition", text(before.condition()), text(after.condition()));
    part(parts, "validity", text(before.validity()), text(after.validity()));
    part(parts, "note", before.note(), after.note());
    return String.join(", ", parts);
  }

  private static void part(List<String> parts, String what, Object before, Object after) {
    if (!Objects.equals(before, after)) {
      parts.add(what + " `" + before + "` → `" + after + "`");
    }
  }

  private static String methods(Permission it) {
    return it.isEveryMethod()
        ? "*"
        : it.actions().stream().sorted().map(Action::name).collect(Collectors.joining(","));
  }

  private static String text(Condition condition) {
    return condition.clauses().stream()
        .map(Condition.Clause::text)
        .collect(Collectors.joining(" and "));
  }

  private static String text(Validity validity) {
    return validity.from().map(it -> "from " + it).orElse("")
        + validity.until().map(it -> " until " + it).orElse("");
  }
}
