package dev.grantway.store;

import java.time.Instant;

/**
 * A publish that is under way or was given up, for people to see.
 *
 * @param number what it will become if it wins
 */
public record Attempt(
    long number, State state, String operator, String reason, long changes, Instant deadline) {

  /** Where the attempt is. */
  public enum State {
    WRITING,
    SEALED,
    VOID
  }
}
