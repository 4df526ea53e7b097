package dev.grantway.authorizer.keys;

import java.time.Duration;

/** The end of one whole piece of work, shared by its steps; by the monotonic clock. */
record Deadline(long atNanos) {

  static Deadline in(Duration span) {
    return new Deadline(System.nanoTime() + span.toNanos());
  }

  /** What is left, never less than one millisecond. */
  Duration left() throws FetchFailedException {
    long left = atNanos - System.nanoTime();
    if (left <= 0) {
      throw FetchFailedException.unanswered("no complete answer in time");
    }
    return Duration.ofNanos(Math.max(left, 1_000_000));
  }
}
