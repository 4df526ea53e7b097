package dev.grantway.admin.changes;

import dev.grantway.policy.RoleName;
import java.util.List;
import java.util.Set;

/**
 * A grant that a draft gains, loses, or leaves with other conditions.
 *
 * @param route such as {@code POST /orders/{id}/refunds}
 * @param stages where
 * @param because ids of the permissions that determine it afterwards
 */
public record GrantChange(
    Kind kind,
    RoleName role,
    String api,
    String route,
    List<String> stages,
    boolean inherited,
    boolean conditional,
    Set<String> because) {

  /** What happens to the grant. */
  public enum Kind {
    GAINED,
    LOST,
    CHANGED
  }

  public GrantChange {
    stages = List.copyOf(stages);
  }
}
