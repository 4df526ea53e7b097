package dev.grantway.store.dynamodb;

import java.time.Clock;
import java.time.Instant;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;

/** Past it a publisher sends nothing more, not even a repeated request. */
record Deadline(Instant at, Clock clock) {
  static final ExecutionAttribute<Deadline> ATTRIBUTE =
      new ExecutionAttribute<>("grantway.deadline");

  void check() {
    if (!clock.instant().isBefore(at)) {
      throw new Passed(at);
    }
  }

  /** The publisher stopped itself. */
  static final class Passed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Instant at;

    Passed(Instant at) {
      super("the deadline " + at + " has passed");
      this.at = at;
    }

    Instant at() {
      return at;
    }
  }
}
