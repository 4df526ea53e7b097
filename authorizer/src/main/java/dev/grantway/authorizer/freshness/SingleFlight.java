package dev.grantway.authorizer.freshness;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/** Starts work on virtual threads; the same work asked for while it is under way is one. */
final class SingleFlight<K, V> {
  private final ConcurrentMap<K, CompletableFuture<V>> underWay = new ConcurrentHashMap<>();

  CompletableFuture<V> start(K key, Supplier<V> work) {
    var mine = new CompletableFuture<V>();
    var running = underWay.putIfAbsent(key, mine);
    if (running != null) {
      return running;
    }
    Thread.ofVirtual().name("policy-read").start(() -> run(key, mine, work));
    return mine;
  }

  /** Leaves the list before it completes: who asks after the answer starts anew. */
  private void run(K key, CompletableFuture<V> mine, Supplier<V> work) {
    try {
      var value = work.get();
      underWay.remove(key, mine);
      mine.complete(value);
    } catch (RuntimeException | Error e) {
      underWay.remove(key, mine);
      mine.completeExceptionally(e);
    }
  }
}
