package dev.grantway.admin;

import dev.grantway.admin.common.Rounds;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what dead publishers left unfinished, deletes their leftovers, takes a checkpoint and then
 * removes what retention has passed by, at start and every hour. Nothing depends on it being done
 * in time (REV-02); while the table does not answer it is left for the next hour. Where another
 * instance deletes, this one does the rest and never says that upkeep is done.
 */
final class Upkeep implements AutoCloseable {
  private static final Duration EVERY = Duration.ofHours(1);
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  private final Deletes deletes;
  private final Runnable recover;
  private final Runnable sweep;
  private final Supplier<Optional<String>> checkpoint;
  private final Runnable retain;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("upkeep").factory());

  /**
   * Of these parts.
   *
   * @param checkpoint says why one is left; nothing where it is not
   */
  Upkeep(
      Deletes deletes,
      Runnable recover,
      Runnable sweep,
      Supplier<Optional<String>> checkpoint,
      Runnable retain) {
    this.deletes = deletes;
    this.recover = recover;
    this.sweep = sweep;
    this.checkpoint = checkpoint;
    this.retain = retain;
  }

  void start() {
    Rounds.of(this::once, thread, Duration.ZERO, EVERY);
  }

  void once() {
    boolean recovered = isDone("recovering unfinished publishes", recover);
    boolean swept = deletes.here() && isDone("sweeping leftovers", sweep);
    boolean taken = isDone("taking a checkpoint", checkpoint);
    boolean retained = deletes.here() && isDone("removing what retention has passed by", retain);
    if (recovered && swept && taken && retained) {
      // An alarm of deploy's waits for these very words, whichever instance says them.
      LOG.info("upkeep is done");
    }
  }

  private static boolean isDone(String what, Runnable work) {
    return isDone(
        what,
        () -> {
          work.run();
          return Optional.empty();
        });
  }

  private static boolean isDone(String what, Supplier<Optional<String>> work) {
    Optional<String> left;
    try {
      left = work.get();
    } catch (RuntimeException e) {
      left = Optional.of(String.valueOf(e.getMessage()));
    }
    left.ifPresent(why -> LOG.warn("{} is left for the next hour: {}", what, why));
    return left.isEmpty();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
