package dev.grantway.admin.revocations;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How long a revocation takes to reach every answer, at the worst.
 *
 * @param authorizers until every instance of the authorizer knows of it
 * @param caches for how long after that a gateway may still give an answer that it has kept: a
 *     revocation flushes no cache
 * @param lagging an instance reports that it cannot read the table: what it holds must become stale
 * @param stages how many stages of APIs are concerned, which is every one
 * @param connections the stages of WebSocket APIs, {@code api/stage}: connections that are open
 *     there keep what they were let until they close
 */
public record Window(
    Duration authorizers, Duration caches, boolean lagging, int stages, List<String> connections) {
  public Window {
    connections = List.copyOf(connections);
  }

  public Duration whole() {
    return authorizers.plus(caches);
  }

  Instant after(Instant at) {
    return at.plus(whole());
  }
}
