package dev.grantway.authorizer.freshness;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Lets something begin at most once in an interval. */
final class Pace {
  private final Duration interval;
  private @Nullable Instant last;

  Pace(Duration interval) {
    this.interval = interval;
  }

  /** Whether it may begin now; then it has. */
  synchronized boolean mayBegin(Instant now) {
    if (last != null && now.isBefore(last.plus(interval))) {
      return false;
    }
    last = now;
    return true;
  }
}
