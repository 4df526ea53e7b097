package dev.grantway.admin.overview;

import dev.grantway.analysis.Finding;
import dev.grantway.policy.ApiId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Findings of the latest revisions that were asked for, found one after another, aside. */
final class KeptFindings {
  private static final int KEPT = 16;

  /**
   * What was looked at.
   *
   * @param hash of the revision's record
   * @param hour since the epoch: what has expired becomes more by itself
   */
  record Key(long revision, String hash, ApiId api, long hour) {}

  /** What is known of some revision. */
  record Known(long revision, List<Finding> findings) {}

  private final Executor aside;
  private final Duration patience;
  private final Map<Key, CompletableFuture<List<Finding>>> known = new LinkedHashMap<>();

  /**
   * @param aside finds them
   * @param patience how long whoever asks waits at most
   */
  KeptFindings(Executor aside, Duration patience) {
    this.aside = aside;
    this.patience = patience;
  }

  /** What was found of what was last asked for in an API, without asking or waiting. */
  Optional<Known> last(ApiId api) {
    synchronized (known) {
      return known.entrySet().stream()
          .filter(it -> it.getKey().api().equals(api))
          .reduce((first, second) -> second)
          .filter(it -> it.getValue().isDone() && !it.getValue().isCompletedExceptionally())
          .map(it -> new Known(it.getKey().revision(), it.getValue().join()));
    }
  }

  /** What is found; none while it is still looked for. What failed is tried again when asked. */
  Optional<List<Finding>> of(Key key, Supplier<List<Finding>> find) {
    CompletableFuture<List<Finding>> asked;
    synchronized (known) {
      asked = known.computeIfAbsent(key, it -> CompletableFuture.supplyAsync(find, aside));
      while (known.size() > KEPT) {
        known.remove(known.keySet().iterator().next());
      }
    }
    try {
      return Optional.of(asked.get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException stillLooking) {
      return Optional.empty();
    } catch (ExecutionException failed) {
      synchronized (known) {
        known.remove(key, asked);
      }
      throw failed.getCause() instanceof RuntimeException why
          ? why
          : new IllegalStateException(failed.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
