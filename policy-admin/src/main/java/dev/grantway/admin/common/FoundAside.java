package dev.grantway.admin.common;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What takes long to find, of the latest things that were asked for: found one after another,
 * aside, and kept. A search that has not begun is dropped once a later one is about the same.
 *
 * @param <K> what is asked for; what is found of it never changes
 */
public final class FoundAside<K, V> {
  private static final int KEPT = 50;
  private static final Logger LOG = LoggerFactory.getLogger(FoundAside.class);

  private final Executor aside =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("findings").factory());
  private final Function<K, Object> about;
  private final Map<K, CompletableFuture<V>> known = new LinkedHashMap<>();

  /**
   * @param about what a search is about, as the draft whose state is looked at
   */
  public FoundAside(Function<K, Object> about) {
    this.about = about;
  }

  /**
   * What is found; what failed before is tried again.
   *
   * @param patience how long to wait at most
   * @param find runs on another thread
   */
  public Found<V> of(K key, Duration patience, Supplier<V> find) {
    CompletableFuture<V> asked;
    synchronized (known) {
      CompletableFuture<V> before = known.get(key);
      if (before == null || before.isCompletedExceptionally()) {
        dropWaiting(about.apply(key));
        before =
            CompletableFuture.supplyAsync(
                () -> logged(find), task -> aside.execute(Trace.carried(task)));
        known.remove(key);
        known.put(key, before);
        forgetEarliest();
      }
      asked = before;
    }
    try {
      return new Found.Known<>(asked.get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException stillLooking) {
      return new Found.Looking<>();
    } catch (ExecutionException | CancellationException failed) {
      return new Found.Failed<>();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Found.Looking<>();
    }
  }

  private static <V> V logged(Supplier<V> find) {
    try {
      return find.get();
    } catch (RuntimeException failed) {
      LOG.warn("findings could not be looked for", failed);
      throw failed;
    }
  }

  /** Cancelling does not stop one that has begun: what it finds is then kept by nobody. */
  private void dropWaiting(Object subject) {
    Iterator<Map.Entry<K, CompletableFuture<V>>> all = known.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<K, CompletableFuture<V>> it = all.next();
      if (about.apply(it.getKey()).equals(subject) && !it.getValue().isDone()) {
        it.getValue().cancel(false);
        all.remove();
      }
    }
  }

  private void forgetEarliest() {
    Iterator<CompletableFuture<V>> earliest = known.values().iterator();
    while (known.size() > KEPT) {
      earliest.next().cancel(false);
      earliest.remove();
    }
  }

  /** What is known of a search, without asking or waiting; failed where nobody looks for it. */
  public Found<V> known(K key) {
    synchronized (known) {
      return state(known.get(key));
    }
  }

  /** What is known of the latest search about something, with what was asked for. */
  public Found<Map.Entry<K, V>> latest(Object subject) {
    synchronized (known) {
      return known.entrySet().stream()
          .filter(it -> about.apply(it.getKey()).equals(subject))
          .reduce((earlier, later) -> later)
          .map(it -> state(it.getValue()).map(value -> Map.entry(it.getKey(), value)))
          .orElseGet(Found.Failed::new);
    }
  }

  private static <V> Found<V> state(@Nullable CompletableFuture<V> asked) {
    if (asked == null || asked.isCompletedExceptionally()) {
      return new Found.Failed<>();
    }
    return asked.isDone() ? new Found.Known<>(asked.join()) : new Found.Looking<>();
  }
}
