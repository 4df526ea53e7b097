package dev.grantway.authorizer.gateway;

import dev.grantway.authorizer.json.Json;
import java.util.List;
import java.util.Map;

/**
 * The headers and query of an event, for conditions: put in order when they are asked for, since
 * few policies look at them. A TOKEN event has none.
 */
public final class Parameters {
  private final ApiKind kind;
  private final Json.Obj event;

  Parameters(ApiKind kind, Json.Obj event) {
    this.kind = kind;
    this.event = event;
  }

  /** By lower-case name. */
  public Map<String, List<String>> headers() {
    return switch (kind) {
      case REST_TOKEN -> Map.of();
      case REST_REQUEST, HTTP_1, WEBSOCKET -> new Headers(event).byName();
      case HTTP_2 -> JoinedValues.headers(event);
    };
  }

  /** By name. */
  public Map<String, List<String>> query() {
    return switch (kind) {
      case REST_TOKEN -> Map.of();
      case REST_REQUEST, HTTP_1, WEBSOCKET -> Headers.query(event);
      case HTTP_2 -> JoinedValues.query(event);
    };
  }

  /** Shows no value. */
  @Override
  public String toString() {
    return "headers and query of " + kind.words();
  }
}
