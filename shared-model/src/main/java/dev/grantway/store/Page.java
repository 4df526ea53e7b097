package dev.grantway.store;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Some of a list, and where to go on.
 *
 * @param nextOrNull the cursor to pass for what follows; null at the end
 */
public record Page<T>(List<T> items, @Nullable String nextOrNull) {
  public Page {
    items = List.copyOf(items);
  }

  public Optional<String> next() {
    return Optional.ofNullable(nextOrNull);
  }
}
