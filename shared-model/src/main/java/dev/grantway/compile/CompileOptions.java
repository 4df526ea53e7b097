package dev.grantway.compile;

import java.time.Duration;
import java.time.Instant;

/**
 * How a deployment wants its documents.
 *
 * @param ttl for how long API Gateway may keep an answer; zero where it caches nothing
 * @param maxBytes the budget of a document in UTF-8 (GATEWAY rule 13)
 * @param iamConditions whether statements may hold conditions (COMP-04)
 * @param resourcePolicyFence whether silence must be an explicit deny (GATEWAY rule 10)
 */
public record CompileOptions(
    Duration ttl, int maxBytes, boolean iamConditions, boolean resourcePolicyFence) {

  public static final CompileOptions DEFAULTS =
      new CompileOptions(Duration.ofSeconds(300), 8192, true, false);

  public CompileOptions {
    if (ttl.isNegative() || maxBytes < 256) {
      throw new IllegalArgumentException(
          "a document needs a TTL of 0 or more and a budget of at least 256 bytes");
    }
  }

  /** The last instant at which API Gateway may use an answer that was begun now (COMP-04). */
  public Instant lastUse(Instant now) {
    return now.plus(Span.LATEST_ANSWER).plus(ttl);
  }
}
