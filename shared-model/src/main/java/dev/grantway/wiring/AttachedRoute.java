package dev.grantway.wiring;

/**
 * One route as it is deployed, and who is asked about calls of it.
 *
 * @param route as {@code GET /orders/{id}}, {@code ANY /files/{path+}}, {@code $default} or a route
 *     key of a WebSocket API
 * @param by what authorizes
 * @param authorizer the name of the authorizer; empty unless one is asked
 * @param handle by which API Gateway's operations name it: the id of the resource, or of the route;
 *     empty where it is not known
 */
public record AttachedRoute(String route, By by, String authorizer, String handle) {
  /** What authorizes calls of a route. */
  public enum By {
    /** Nothing: everybody may call. */
    NOTHING,
    /** A Lambda authorizer. */
    AUTHORIZER,
    /** IAM, a user pool, or an authorizer for JWTs. */
    OTHER
  }
}
