package dev.grantway.admin.simulate;

import dev.grantway.policy.Effect;

/**
 * A test as it was typed; what else it knows of the caller and the request stays as it is.
 *
 * @param method a verb; not asked on WebSocket
 * @param path such as {@code /orders/42}; on WebSocket the route key
 * @param roles names, separated by commas or white space
 * @param by ids of the permissions that have to determine it, with commas between; empty: any
 */
public record TestInput(
    String name, String method, String path, String roles, Effect expect, String by) {

  /** Where a problem is shown. */
  public enum Field {
    NAME,
    METHOD,
    PATH,
    ROLES,
    BY,
    FORM
  }
}
