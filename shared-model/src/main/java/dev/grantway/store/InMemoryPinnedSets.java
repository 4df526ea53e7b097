package dev.grantway.store;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Pinned sets that nothing outlives. */
final class InMemoryPinnedSets implements PinnedSets {
  private final Map<String, SortedMap<String, PinnedSet>> byOperator = new ConcurrentHashMap<>();

  private SortedMap<String, PinnedSet> mine(String operator) {
    return byOperator.computeIfAbsent(operator, it -> new ConcurrentSkipListMap<>());
  }

  @Override
  public List<PinnedSet> of(String operator) {
    return List.copyOf(mine(operator).values());
  }

  @Override
  public void save(String operator, PinnedSet set) {
    mine(operator).put(set.name(), set);
  }

  @Override
  public void delete(String operator, String name) {
    mine(operator).remove(name);
  }
}
