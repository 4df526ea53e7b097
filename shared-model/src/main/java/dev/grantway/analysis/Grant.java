package dev.grantway.analysis;

import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Action;
import dev.grantway.resource.Route;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What results for one role on one route and action: may it call, because of which permissions.
 *
 * @param inherited no determining permission is the role's own
 * @param conditional it holds only for some requests, callers or times: a condition, a validity, a
 *     literal or claim inside a variable
 */
public record Grant(
    RoleName role,
    Route route,
    Action action,
    Access access,
    boolean inherited,
    boolean conditional,
    SortedSet<PermissionId> by) {

  /** What the role may do, before conditions. */
  public enum Access {
    ALLOWED,
    DENIED,
    /** Nothing says anything: denied by default. */
    NONE
  }

  public Grant {
    by = Collections.unmodifiableSortedSet(new TreeSet<>(by));
  }

  public boolean isAllowed() {
    return access == Access.ALLOWED;
  }
}
