package dev.grantway.admin.common;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What the app does again and again by itself: every round is of a trace of its own. */
public final class Rounds {
  private Rounds() {}

  /**
   * Does the work on that thread until it is shut down; work that throws ends it.
   *
   * @param first how long it waits before the first round
   * @param between one round and the next
   */
  public static void of(
      Runnable work, ScheduledExecutorService thread, Duration first, Duration between) {
    var _ =
        thread.scheduleWithFixedDelay(
            Trace.begun(work), first.toMillis(), between.toMillis(), TimeUnit.MILLISECONDS);
  }
}
