package dev.grantway.admin.roles;

import dev.grantway.policy.Permission;
import dev.grantway.resource.Action;
import dev.grantway.resource.Route;
import java.util.List;

/**
 * What a role may do on one route and action.
 *
 * @param before whether it may at the base
 * @param now whether it may with the draft
 * @param by the permissions that determine it with the draft
 */
public record RouteLine(
    Route route,
    Action action,
    Access before,
    Access now,
    boolean inherited,
    boolean conditional,
    List<Permission> by) {

  /** What a role may do on a route, as a tile shows it. */
  public enum Access {
    ALLOWED,
    DENIED,
    NONE
  }

  public RouteLine {
    by = List.copyOf(by);
  }

  public boolean isStaged() {
    return before != now;
  }
}
