package dev.grantway.store;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a bundle, or that there is none. Both may be cached under the key, for as long
 * as {@link Head#stillHolds} says so of {@code readAt}.
 *
 * @param readAt the revision it was read at
 * @param from the number of the revision that wrote it; 0 if there is none
 */
public record Bundle<T>(BundleKey key, long readAt, long from, @Nullable T valueOrNull) {

  public Optional<T> value() {
    return Optional.ofNullable(valueOrNull);
  }
}
