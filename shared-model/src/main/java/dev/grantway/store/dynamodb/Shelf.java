package dev.grantway.store.dynamodb;

import dev.grantway.store.BundleKey;
import dev.grantway.store.Head;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Bundles as of one revision, each read once: what was read stays until some megabytes of others
 * were. Used by one thread.
 */
final class Shelf {
  private static final long MAX_BYTES = 16_000_000;

  private final Bundles bundles;
  private final Head at;
  private final Map<BundleKey, Optional<RawBundle>> held = new LinkedHashMap<>(64, 0.75f, true);
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

  Optional<RawBundle> read(BundleKey key) {
    Optional<RawBundle> known = held.get(key);
    return known != null ? known : hold(key, bundles.read(key, at));
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
