package dev.grantway.admin.activity;

import java.util.Optional;

/** Joins all chains now and then, and notices what the table has lost since. */
public interface Checkpoints {

  /**
   * Takes a checkpoint if anything was recorded since the last one, and copies outside what is not
   * there yet. Never fails: what is not done is said in the app's own log and done next time.
   */
  void take();

  /** What the table held once and holds no more; none while nothing is known to be missing. */
  Optional<Restored> restored();
}
