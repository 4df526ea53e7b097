package dev.grantway.admin.health;

import dev.grantway.admin.common.Trace;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether something that is needed answers. It is asked by one attempt at a time, whose outcome is
 * kept for a while: nobody who asks for our health can load what we depend on.
 */
final class Probe {
  private static final Logger LOG = LoggerFactory.getLogger(Probe.class);

  private final String what;
  private final Attempt attempt;
  private final Executor executor;
  private final Duration kept;
  private final Duration patience;
  private final Clock clock;
  private CompletableFuture<Boolean> last = CompletableFuture.completedFuture(true);
  private Instant until = Instant.MIN;
  private Instant began = Instant.MIN;
  private boolean isUp = true;
  private boolean isKnown;

  /**
   * Throws where it does not answer, or says what is wrong with its answer: facts of ours, which go
   * into the log as they are. Of an exception only its class does.
   */
  @FunctionalInterface
  interface Attempt extends AutoCloseable {
    Optional<String> run() throws Exception;

    @Override
    default void close() {}
  }

  /**
   * @param what is asked, for the log
   * @param kept how long an outcome serves
   * @param patience how long whoever asks waits for an attempt, which counts as down then
   */
  Probe(
      String what,
      Attempt attempt,
      Executor executor,
      Duration kept,
      Duration patience,
      Clock clock) {
    this.what = what;
    this.attempt = attempt;
    this.executor = executor;
    this.kept = kept;
    this.patience = patience;
    this.clock = clock;
  }

  boolean isUp() {
    try {
      return current().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * As it was last, asked anew where that is old: nobody waits for an answer but whoever asks
   * before the first. One that takes longer than the patience counts as down.
   */
  boolean lately() {
    CompletableFuture<Boolean> attempt = current();
    synchronized (this) {
      if (isKnown) {
        return isUp && (attempt.isDone() || !clock.instant().isAfter(began.plus(patience)));
      }
    }
    return isUp();
  }

  private synchronized CompletableFuture<Boolean> current() {
    if (last.isDone() && !clock.instant().isBefore(until)) {
      began = clock.instant();
      last =
          CompletableFuture.supplyAsync(this::once, task -> executor.execute(Trace.carried(task)));
    }
    return last;
  }

  private boolean once() {
    boolean up;
    String why = "";
    try {
      Optional<String> wrong = attempt.run();
      up = wrong.isEmpty();
      why = wrong.orElse("");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      up = false;
    } catch (Exception e) {
      up = false;
      why = named(e);
    }
    note(up, why);
    return up;
  }

  /** Texts of exceptions may hold what others sent. */
  private static String named(Throwable failure) {
    var names = new StringJoiner(" by ");
    for (Throwable it = failure; it != null; it = it.getCause()) {
      names.add(it.getClass().getSimpleName());
    }
    return names.toString();
  }

  private synchronized void note(boolean up, String why) {
    if (up != isUp && up) {
      LOG.warn("{} answers again", what);
    } else if (up != isUp) {
      LOG.warn("{} does not answer: {}", what, why);
    }
    isUp = up;
    isKnown = true;
    until = clock.instant().plus(kept);
  }
}
