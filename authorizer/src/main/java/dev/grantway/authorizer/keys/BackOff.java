package dev.grantway.authorizer.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How long to leave a failing issuer alone: short, so that a recovered one works at once. */
final class BackOff {
  private static final List<Duration> PAUSES =
      List.of(Duration.ofMillis(250), Duration.ofSeconds(1), Duration.ofSeconds(5));

  private int failures;
  private Instant until = Instant.MIN;

  synchronized boolean over(Instant now) {
    return !now.isBefore(until);
  }

  /** Whether the last attempt, if any, succeeded. */
  synchronized boolean none() {
    return failures == 0;
  }

  synchronized void failed(Instant now) {
    until = now.plus(PAUSES.get(Math.min(failures, PAUSES.size() - 1)));
    failures++;
  }

  synchronized void reset() {
    failures = 0;
    until = Instant.MIN;
  }
}
