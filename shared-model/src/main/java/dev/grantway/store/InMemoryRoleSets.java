package dev.grantway.store;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Role sets that nothing outlives. */
final class InMemoryRoleSets implements RoleSets {
  private final Map<String, SortedMap<String, RoleSet>> byOperator = new ConcurrentHashMap<>();

  private SortedMap<String, RoleSet> mine(String operator) {
    return byOperator.computeIfAbsent(operator, it -> new ConcurrentSkipListMap<>());
  }

  @Override
  public List<RoleSet> of(String operator) {
    return List.copyOf(mine(operator).values());
  }

  @Override
  public void save(String operator, RoleSet set) {
    mine(operator).put(set.name(), set);
  }

  @Override
  public void delete(String operator, String name) {
    mine(operator).remove(name);
  }
}
