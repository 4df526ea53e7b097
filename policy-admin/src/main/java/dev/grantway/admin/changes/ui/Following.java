package dev.grantway.admin.changes.ui;

import dev.grantway.admin.changes.Outcome;
import dev.grantway.admin.changes.PublishService;
import dev.grantway.admin.changes.UnderWay;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Follows publishes from their beginning to what became of them, whoever began them. */
final class Following {
  private static final Duration AT_ONCE = Duration.ofSeconds(2);

  private final PublishService publishes;
  private final String operator;
  private final Page page;
  private @Nullable Pending pending;

  /** What shows how far a publish has come. */
  interface Page {
    /** A publish is under way. */
    void progress(PublishProgress progress);

    /** Nothing is under way any more. */
    void over();

    /** What the page waited for has ended. */
    void came(Outcome outcome, String reason);

    /** What somebody else began has ended. */
    void othersEnded();
  }

  /** A publish of this page's whose outcome was not told yet. */
  private record Pending(String id, CompletableFuture<Outcome> outcome, String reason) {}

  /**
   * @param operator who looks at the page
   */
  Following(PublishService publishes, String operator, Page page) {
    this.publishes = publishes;
    this.operator = operator;
    this.page = page;
  }

  /** Most publishes end at once; how far a long one has come is shown until it does. */
  void await(String id, CompletableFuture<Outcome> outcome, String reason) {
    pending = new Pending(id, outcome, reason);
    if (isOver(outcome)) {
      ended();
    } else {
      // Not by a look at the draft: the table may be what the publish waits for.
      follow(id);
    }
  }

  private static boolean isOver(CompletableFuture<Outcome> outcome) {
    try {
      outcome.get(AT_ONCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException notYet) {
      return false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException failed) {
      return true;
    }
    return true;
  }

  /** Tells an outcome that came while nobody looked; false where there is none. */
  boolean tells() {
    boolean untold = pending != null && pending.outcome().isDone();
    if (untold) {
      ended();
    }
    return untold;
  }

  /** Shows how far the draft's publish has come, if one is under way. */
  boolean shows(String id) {
    boolean underWay = underWay(id).isPresent();
    if (underWay) {
      follow(id);
    }
    return underWay;
  }

  private void follow(String id) {
    page.progress(new PublishProgress(() -> underWay(id), this::ended));
  }

  private void ended() {
    page.over();
    Pending mine = pending;
    if (mine == null || !mine.outcome().isDone()) {
      page.othersEnded();
    } else {
      pending = null;
      page.came(outcome(mine.outcome()), mine.reason());
    }
  }

  private static Outcome outcome(CompletableFuture<Outcome> ended) {
    try {
      return ended.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException why ? why : failed;
    }
  }

  private Optional<UnderWay> underWay(String id) {
    Pending mine = pending;
    Optional<UnderWay> known = publishes.underWay(id);
    // Between the end of the work and that of its thread there is nothing to be told.
    return known.isPresent() || mine == null || !mine.id().equals(id) || mine.outcome().isDone()
        ? known
        : Optional.of(new UnderWay(operator, 0, UnderWay.Step.COMMITTING, 0, 0));
  }
}
