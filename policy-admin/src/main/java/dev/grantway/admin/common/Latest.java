package dev.grantway.admin.common;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What was worked out of things that never change, such as revisions: kept for everybody, those
 * asked for last.
 */
public final class Latest<K, V> {
  private final int most;
  private final Map<K, V> kept = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param most how many are kept
   */
  public Latest(int most) {
    this.most = most;
  }

  /** What is kept under a key, or else what this makes; nobody waits for another's making. */
  public V get(K key, Supplier<V> fresh) {
    synchronized (kept) {
      V known = kept.get(key);
      if (known != null) {
        return known;
      }
    }
    V made = fresh.get();
    keep(key, made);
    return made;
  }

  /** What is kept under a key. */
  public Optional<V> known(K key) {
    synchronized (kept) {
      return Optional.ofNullable(kept.get(key));
    }
  }

  public void keep(K key, V value) {
    synchronized (kept) {
      kept.put(key, value);
      if (kept.size() > most) {
        kept.remove(kept.keySet().iterator().next());
      }
    }
  }
}
