package dev.grantway.authorizer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Collects what is wrong, so that it is all said at once. */
final class Problems {
  private final List<String> found = new ArrayList<>();

  void add(String where, String problem) {
    found.add(where + ": " + problem);
  }

  /** What the reading gives, or the placeholder after noting its complaint. */
  <T> T reading(String where, T placeholder, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      add(where, String.valueOf(e.getMessage()));
      return placeholder;
    }
  }

  void throwIfAny() {
    if (!found.isEmpty()) {
      throw new ConfigurationException(found);
    }
  }
}
