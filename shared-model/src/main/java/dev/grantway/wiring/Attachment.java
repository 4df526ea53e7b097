package dev.grantway.wiring;

import dev.grantway.resource.ApiType;
import java.time.Duration;
import java.util.List;

/**
 * How an API asks its authorizer, as API Gateway has it.
 *
 * @param tokenType a REST API's type TOKEN; else REQUEST
 * @param identitySources in API Gateway's notation, such as {@code
 *     method.request.header.Authorization}, {@code $context.routeKey} or {@code
 *     route.request.querystring.token}; of type TOKEN its one header
 * @param ttl for how long answers are kept; zero where none are, as always on WebSocket APIs
 * @param simple whether an HTTP API takes {@code isAuthorized} in place of documents
 * @param resourcePolicy whether the API has one, which only a REST API can
 */
public record Attachment(
    ApiType api,
    boolean tokenType,
    List<String> identitySources,
    Duration ttl,
    boolean simple,
    boolean resourcePolicy) {
  public Attachment {
    identitySources = List.copyOf(identitySources);
  }

  /** Whether answers are kept. */
  boolean caches() {
    return api != ApiType.WEBSOCKET && ttl.isPositive();
  }
}
