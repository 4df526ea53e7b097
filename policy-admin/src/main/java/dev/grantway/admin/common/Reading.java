package dev.grantway.admin.common;

import java.util.List;
import java.util.Map;

/** What was read from a form. */
public sealed interface Reading<T, F> {

  /** Every field can be read. */
  record Read<T, F>(T value) implements Reading<T, F> {}

  /** Some cannot, with the reason for each. */
  record Problems<T, F>(Map<F, List<Sentence>> byField) implements Reading<T, F> {
    public Problems {
      byField = Map.copyOf(byField);
    }
  }
}
