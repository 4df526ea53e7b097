package dev.grantway.admin.matrix;

import dev.grantway.resource.Action;
import dev.grantway.resource.Route;

/** One action on one route: what a role may do there is a cell of the matrix. */
public record RoutePlace(Route route, Action action) {

  /** {@code POST /orders/{id}/refunds}; on WebSocket the route key alone. */
  public String text() {
    return route.text(action);
  }

  /** False where callers need no grant, or none helps: the route is public or closed. */
  public boolean needsGrant() {
    return route.access() == Route.Access.GRANTED;
  }
}
