package dev.grantway.admin.common;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What takes long to find, of the latest things that were asked for: found one after another,
 * aside, and kept.
 *
 * @param <K> what is asked for; what is found of it never changes
 */
public final class FoundAside<K, V> {
  private static final int KEPT = 50;

  private final Executor aside =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("findings").factory());
  private final Map<K, CompletableFuture<V>> known = new LinkedHashMap<>();

  /** What was found of the last thing asked for that fits, without asking or waiting. */
  public Optional<Map.Entry<K, V>> last(Predicate<K> fits) {
    synchronized (known) {
      return known.entrySet().stream()
          .filter(it -> fits.test(it.getKey()))
          .reduce((first, second) -> second)
          .filter(it -> it.getValue().isDone() && !it.getValue().isCompletedExceptionally())
          .map(it -> Map.entry(it.getKey(), it.getValue().join()));
    }
  }

  /**
   * What is found; none while it is still looked for. What failed is tried again when asked.
   *
   * @param patience how long to wait at most
   * @param find runs on another thread
   */
  public Optional<V> of(K key, Duration patience, Supplier<V> find) {
    CompletableFuture<V> asked;
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
