package dev.grantway.admin.simulate;

import dev.grantway.admin.changes.GrantChange;
import dev.grantway.policy.Permission;
import java.util.List;

/**
 * A permission that would allow a request which is denied.
 *
 * @param opens every grant that it gives by itself, the role's own and those of roles that inherit
 *     it
 */
public record Suggestion(Permission permission, List<GrantChange> opens) {
  public Suggestion {
    opens = List.copyOf(opens);
  }
}
