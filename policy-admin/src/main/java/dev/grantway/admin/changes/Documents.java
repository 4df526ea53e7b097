package dev.grantway.admin.changes;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Documents that become others by a draft, some of them.
 *
 * @param of how many role sets and stages there are to look at
 * @param nextOrNull where to go on: those from there on were not looked at
 */
public record Documents(List<DocumentChange> changes, int of, @Nullable Integer nextOrNull) {

  static final Documents NONE = new Documents(List.of(), 0, null);

  public Documents {
    changes = List.copyOf(changes);
  }

  public Optional<Integer> next() {
    return Optional.ofNullable(nextOrNull);
  }
}
