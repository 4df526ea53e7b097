package dev.grantway.store.dynamodb;

import dev.grantway.store.BundleKey;
import dev.grantway.store.Head;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.BiConsumer;

/**
 * Bundles as of one revision, each read once: what was read stays until some megabytes of others
 * were. Where it is known what will be asked for, the next few are read together. Used by one
 * thread.
 */
final class Shelf {
  private static final long MAX_BYTES = 32_000_000;
  private static final int AHEAD = 8;

  /** A few rounds of as many as {@link Bundles} reads at once: the slowest of each holds it up. */
  private static final int TOGETHER = 64;

  private final Bundles bundles;
  private final Head at;
  private final Map<BundleKey, Optional<RawBundle>> held = new LinkedHashMap<>(64, 0.75f, true);
  private SortedSet<BundleKey> expected = Collections.emptySortedSet();
  private long bytes;
  private long reads;

  Shelf(Bundles bundles, Head at) {
    this.bundles = bundles;
    this.at = at;
  }

  Head at() {
    return at;
  }

  long reads() {
    return reads;
  }

  /** Says which bundles will all be asked for, more or less in this order. */
  void expect(SortedSet<BundleKey> keys) {
    expected = keys;
  }

  Optional<RawBundle> read(BundleKey key) {
    Optional<RawBundle> known = held.get(key);
    if (known != null) {
      return known;
    }
    return expected.contains(key) ? readAhead(key) : hold(key, bundles.read(key, at));
  }

  private Optional<RawBundle> readAhead(BundleKey key) {
    List<BundleKey> next =
        expected.tailSet(key).stream().filter(it -> !held.containsKey(it)).limit(AHEAD).toList();
    List<Optional<RawBundle>> found = bundles.readAll(next, at);
    for (int i = next.size() - 1; i > 0; i--) {
      hold(next.get(i), found.get(i));
    }
    return hold(key, found.getFirst());
  }

  /**
   * Hands over several in the order of the keys. Those that are not held are read together, so many
   * at a time, and no more of them are kept than the shelf holds: it may be a whole table.
   */
  void read(Collection<BundleKey> keys, BiConsumer<BundleKey, Optional<RawBundle>> each) {
    List<BundleKey> all = List.copyOf(keys);
    for (int i = 0; i < all.size(); i += TOGETHER) {
      readTogether(all.subList(i, Math.min(i + TOGETHER, all.size()))).forEach(each);
    }
  }

  private Map<BundleKey, Optional<RawBundle>> readTogether(List<BundleKey> keys) {
    var found = new LinkedHashMap<BundleKey, Optional<RawBundle>>();
    keys.forEach(key -> found.put(key, held.getOrDefault(key, Optional.empty())));
    List<BundleKey> missing = keys.stream().filter(key -> !held.containsKey(key)).toList();
    List<Optional<RawBundle>> read = bundles.readAll(missing, at);
    for (int i = 0; i < missing.size(); i++) {
      found.put(missing.get(i), hold(missing.get(i), read.get(i)));
    }
    return found;
  }

  private Optional<RawBundle> hold(BundleKey key, Optional<RawBundle> bundle) {
    reads++;
    held.put(key, bundle);
    bytes += size(bundle);
    var oldest = held.entrySet().iterator();
    while (bytes > MAX_BYTES && held.size() > 1 && oldest.hasNext()) {
      bytes -= size(oldest.next().getValue());
      oldest.remove();
    }
    return bundle;
  }

  private static long size(Optional<RawBundle> bundle) {
    return 200L + bundle.map(it -> (long) it.body().length).orElse(0L);
  }
}
