package dev.grantway.authorizer.freshness;

import dev.grantway.store.Bundle;
import dev.grantway.store.Head;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Bundles read before, absent ones too: the two latest of each slot, so that an earlier revision
 * stays complete while a later one is torn (SEM-12). The slots used longest ago go first.
 */
final class HeldBundles {
  private static final int MOST = 5_000;
  private static final int VERSIONS = 2;

  private final Map<Slot, List<Bundle<?>>> held = new LinkedHashMap<>(64, 0.75f, true);

  /** One that is right at this head. */
  synchronized Optional<Bundle<?>> find(Slot slot, Head head) {
    for (Bundle<?> bundle : held.getOrDefault(slot, List.of())) {
      if (head.stillHolds(bundle.key(), bundle.readAt())) {
        return Optional.of(bundle);
      }
    }
    return Optional.empty();
  }

  synchronized void keep(Slot slot, Bundle<?> bundle) {
    List<Bundle<?>> versions = new ArrayList<>();
    versions.add(bundle);
    held.getOrDefault(slot, List.of()).stream()
        .filter(earlier -> earlier.from() != bundle.from())
        .limit(VERSIONS - 1)
        .forEach(versions::add);
    held.put(slot, versions);
    if (held.size() > MOST) {
      held.remove(held.keySet().iterator().next());
    }
  }

  synchronized void clear() {
    held.clear();
  }
}
