package dev.grantway.admin.transfer;

import dev.grantway.admin.common.Sentence;
import java.util.Optional;

/**
 * An export that is under way in this app, or was of late.
 *
 * @param operator who began it
 * @param rows how many are written
 * @param why it failed, if it did
 */
public record ExportJob(
    String id, String operator, ExportOrder order, State state, long rows, Optional<Sentence> why) {

  /** What became of it. */
  public enum State {
    RUNNING,
    DONE,
    CANCELLED,
    FAILED
  }

  public boolean isRunning() {
    return state == State.RUNNING;
  }

  /** How far it is: 0 to 1. */
  public double part() {
    return order.rows() <= 0 ? 0 : Math.min(1, (double) rows / order.rows());
  }
}
