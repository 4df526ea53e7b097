package dev.grantway.admin.routes;

import dev.grantway.resource.Route;

/**
 * A route as it was typed.
 *
 * @param route {@code GET /orders/{id}}; on WebSocket the route key
 * @param operationId its name in the API's description, or empty
 * @param tags separated by commas
 */
public record RouteInput(
    String route,
    String operationId,
    String tags,
    String owner,
    Route.Access access,
    Route.State state) {

  /** Where a problem is shown. */
  public enum Field {
    ROUTE,
    OPERATION,
    TAGS,
    OWNER,
    FORM
  }
}
