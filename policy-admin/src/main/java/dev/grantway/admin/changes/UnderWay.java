package dev.grantway.admin.changes;

/**
 * A publish that is under way in this app.
 *
 * @param operator who publishes
 * @param changes how many
 * @param step what it does just now
 * @param done how much of the step
 * @param total of so many; 0 where nothing of it was told yet
 */
public record UnderWay(String operator, int changes, Step step, long done, long total) {

  /** The steps of a publish, in their order. */
  public enum Step {
    /** Rights, approvals, invariants, documents and tests are asked once more. */
    ASKING,
    /** Each row is compared with what the draft was made on. */
    CHECKING,
    /** The changes are written where any process can complete them from. */
    LOGGING,
    /** What the table serves is written, invisible yet. */
    WRITING,
    /** All of it becomes visible at once. */
    COMMITTING
  }

  /** How far the step is: 0 to 1. */
  public double part() {
    return total <= 0 ? 0 : Math.min(1, (double) done / total);
  }
}
