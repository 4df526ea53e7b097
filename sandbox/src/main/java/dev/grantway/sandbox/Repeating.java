package dev.grantway.sandbox;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Something done again and again beside a measurement, until it is stopped or fails. */
final class Repeating {
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("beside").factory());
  private final AtomicInteger times = new AtomicInteger();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  private Repeating() {}

  /** One time. */
  @FunctionalInterface
  interface Step {
    /**
     * Does it.
     *
     * @param nth counts from 1
     */
    void run(int nth) throws Exception;
  }

  /** Does it first when that time is over, and then as often. */
  static Repeating start(Duration every, Step step) {
    var repeating = new Repeating();
    var _ =
        repeating.thread.scheduleAtFixedRate(
            () -> repeating.run(step), every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    return repeating;
  }

  private void run(Step step) {
    if (failure.get() != null) {
      return;
    }
    try {
      step.run(times.get() + 1);
      times.incrementAndGet();
    } catch (Exception e) {
      failure.set(e);
    }
  }

  /**
   * Stops, after the step that is under way.
   *
   * @return how often it was done
   * @throws SandboxException if a step has failed, after which there was none
   */
  int stop() throws InterruptedException {
    thread.shutdown();
    if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
      throw new SandboxException(3, "what was done beside the load does not end");
    }
    Exception failed = failure.get();
    if (failed != null) {
      throw new SandboxException(3, "what was done beside the load has failed: " + failed);
    }
    return times.get();
  }
}
