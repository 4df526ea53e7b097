package dev.grantway.admin.common;

import java.util.Optional;
import java.util.function.Function;

/** What became of looking for something that takes long to find. */
public sealed interface Found<V> {

  /** It is known. */
  record Known<V>(V value) implements Found<V> {}

  /** It is still looked for. */
  record Looking<V>() implements Found<V> {}

  /**
   * It could not be looked for, or nobody looks for it any more; whoever asks again begins anew.
   */
  record Failed<V>() implements Found<V> {}

  /** What is known. */
  default Optional<V> known() {
    return this instanceof Known<V>(V value) ? Optional.of(value) : Optional.empty();
  }

  default <T> Found<T> map(Function<V, T> made) {
    return switch (this) {
      case Known<V>(V value) -> new Known<>(made.apply(value));
      case Looking<V> _ -> new Looking<>();
      case Failed<V> _ -> new Failed<>();
    };
  }
}
