package dev.grantway.store;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Operators that nothing outlives. */
final class InMemoryOperators implements OperatorDirectory {
  private final SortedMap<String, KnownOperator> operators = new ConcurrentSkipListMap<>();

  @Override
  public void seen(KnownOperator operator) {
    operators.put(operator.name(), operator);
  }

  @Override
  public Optional<KnownOperator> find(String name) {
    return Optional.ofNullable(operators.get(name));
  }

  @Override
  public List<KnownOperator> all() {
    return List.copyOf(operators.values());
  }
}
