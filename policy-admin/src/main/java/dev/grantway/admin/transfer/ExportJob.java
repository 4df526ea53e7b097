package dev.grantway.admin.transfer;

import dev.grantway.admin.common.Sentence;
import java.util.Optional;

/**
 * An export that is under way in this app, or was of late; also one that is counted only.
 *
 * @param operator who began it
 * @param rows how many are counted or written
 * @param failed why it failed, if it did
 */
public record ExportJob(
    String id,
    String operator,
    ExportOrder order,
    State state,
    long rows,
    Optional<Failed> failed) {

  /** What became of it. */
  public enum State {
    COUNTING,
    /** No more was asked for. */
    COUNTED,
    RUNNING,
    DONE,
    CANCELLED,
    FAILED
  }

  /** What an export failed for. */
  public enum Failure {
    /** A row that the format cannot hold whole. */
    UNFIT,
    /** The table. */
    STORE,
    /** The room that is left for exports. */
    FULL,
    OTHER
  }

  /** Why there is no file, and what to do. */
  public record Failed(Failure failure, Sentence why) {}

  public boolean isRunning() {
    return state == State.RUNNING || state == State.COUNTING;
  }

  /** How far it is: 0 to 1. */
  public double part() {
    long all = order.rows().orElse(0);
    return all <= 0 || state == State.COUNTING ? 0 : Math.min(1, (double) rows / all);
  }
}
