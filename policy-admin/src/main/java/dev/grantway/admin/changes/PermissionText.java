package dev.grantway.admin.changes;

import dev.grantway.policy.Condition;
import dev.grantway.policy.Permission;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Parts of a permission as people write them. */
public final class PermissionText {
  private PermissionText() {}

  /** {@code GET POST}, {@code ANY} for every method, empty on WebSocket. */
  public static String methods(Permission permission) {
    if (permission.resource().routeKey()) {
      return "";
    }
    return permission.isEveryMethod()
        ? "ANY"
        : new TreeSet<>(permission.actions())
            .stream().map(Enum::name).collect(Collectors.joining(" "));
  }

  /** One clause a line: {@code StringEquals claims.region eu | us}. */
  public static String condition(Condition condition) {
    return condition.clauses().stream()
        .map(Condition.Clause::text)
        .collect(Collectors.joining("\n"));
  }
}
