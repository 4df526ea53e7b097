package dev.grantway.admin.common;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * What was worked out of things that never change, such as revisions: kept for everybody, those
 * asked for last.
 */
public final class Latest<K, V> {
  private final long most;
  private final ToLongFunction<V> weight;
  private final Map<K, V> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long weighs;

  /**
   * @param most how many are kept
   */
  public Latest(int most) {
    this(most, value -> 1);
  }

  /**
   * @param most how much all that are kept weigh together; what alone weighs more is not kept
   * @param weight of one, in whatever unit; always the same
   */
  public Latest(long most, ToLongFunction<V> weight) {
    this.most = most;
    this.weight = weight;
  }

  /** What is kept under a key, or else what this makes; nobody waits for another's making. */
  public V get(K key, Supplier<V> fresh) {
    Optional<V> known = known(key);
    if (known.isPresent()) {
      return known.get();
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
    long more = weight.applyAsLong(value);
    synchronized (kept) {
      V before = kept.remove(key);
      weighs -= before == null ? 0 : weight.applyAsLong(before);
      if (more > most) {
        return;
      }
      kept.put(key, value);
      weighs += more;
      var eldest = kept.entrySet().iterator();
      while (weighs > most) {
        weighs -= weight.applyAsLong(eldest.next().getValue());
        eldest.remove();
      }
    }
  }
}
