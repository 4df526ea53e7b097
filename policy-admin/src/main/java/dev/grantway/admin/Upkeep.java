package dev.grantway.admin;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what dead publishers left unfinished, deletes their leftovers, takes a checkpoint and then
 * removes what retention has passed by, at start and every hour. Nothing depends on it being done
 * in time (REV-02); while the table does not answer it is left for the next hour.
 */
final class Upkeep implements AutoCloseable {
  private static final Duration EVERY = Duration.ofHours(1);
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  private final Runnable recover;
  private final Runnable sweep;
  private final Runnable checkpoint;
  private final Runnable retain;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("upkeep").factory());

  Upkeep(Runnable recover, Runnable sweep, Runnable checkpoint, Runnable retain) {
    this.recover = recover;
    this.sweep = sweep;
    this.checkpoint = checkpoint;
    this.retain = retain;
  }

  void start() {
    var _ = thread.scheduleWithFixedDelay(this::once, 0, EVERY.toMinutes(), TimeUnit.MINUTES);
  }

  void once() {
    boolean recovered = attempt("recovering unfinished publishes", recover);
    boolean swept = attempt("sweeping leftovers", sweep);
    boolean taken = attempt("taking a checkpoint", checkpoint);
    boolean retained = attempt("removing what retention has passed by", retain);
    if (recovered && swept && taken && retained) {
      // An alarm of deploy's waits for these very words.
      LOG.info("upkeep is done");
    }
  }

  private static boolean attempt(String what, Runnable work) {
    try {
      work.run();
      return true;
    } catch (RuntimeException e) {
      LOG.warn("{} is left for the next hour: {}", what, e.getMessage());
      return false;
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
