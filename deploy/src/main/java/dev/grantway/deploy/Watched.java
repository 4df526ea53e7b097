package dev.grantway.deploy;

import java.time.Duration;
import java.util.List;

/**
 * What is watched.
 *
 * @param api id of the API
 * @param stages its stages
 * @param issuers aliases of the issuers that tokens come from
 * @param policyBytes {@code GRANTWAY_POLICY_BYTES}
 * @param maxAge {@code GRANTWAY_POLICY_MAX_AGE}
 * @param staleLimit {@code GRANTWAY_STALE_LIMIT}
 */
public record Watched(
    String api,
    List<String> stages,
    List<String> issuers,
    int policyBytes,
    Duration maxAge,
    Duration staleLimit) {
  /** The longest that a call may take, whose head was read when it began. */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  public Watched {
    stages = List.copyOf(stages);
    issuers = List.copyOf(issuers);
  }

  /** With the authorizer's own document budget, {@code maxAge} and stale limit. */
  public static Watched of(String api, List<String> stages, List<String> issuers) {
    return new Watched(api, stages, issuers, 8_192, Duration.ofSeconds(5), Duration.ofMinutes(5));
  }

  /** The age of a head at which half the stale limit is over, and which no live table leaves. */
  Duration oldHead() {
    Duration half = staleLimit.dividedBy(2);
    Duration live = maxAge.plus(TIMEOUT);
    return half.compareTo(live) < 0 ? live : half;
  }
}
