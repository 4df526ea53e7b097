package dev.grantway.admin.assignments;

import dev.grantway.admin.changes.Staging;
import dev.grantway.policy.Assignment;
import java.time.Duration;
import java.time.Instant;

/**
 * An assignment in the list.
 *
 * @param assignment as the draft has it; one that the draft deletes, as it was
 * @param staged what the draft does to it
 */
public record AssignmentLine(Assignment assignment, Life life, Staging staged) {
  /** What ends within this time is said to be ending. */
  public static final Duration SOON = Duration.ofDays(14);

  /** Where an assignment is in its time. */
  public enum Life {
    /** It gives its role, with no end near. */
    LIVE,
    /** It gives its role, and ends within {@link #SOON}. */
    ENDING,
    /** It gives nothing any more. */
    ENDED;

    static Life of(Assignment it, Instant now) {
      if (!it.isLiveAt(now)) {
        return ENDED;
      }
      return it.isLiveAt(now.plus(SOON)) ? LIVE : ENDING;
    }
  }

  public boolean isStaged() {
    return staged != Staging.NONE;
  }
}
