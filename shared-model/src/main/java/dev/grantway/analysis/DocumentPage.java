package dev.grantway.analysis;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Documents that changes make others, some of them.
 *
 * @param of how many role sets and stages there are to look at
 * @param nextOrNull where to go on: those from there on were not looked at
 * @param state of all there is to look at: pages of the same are of one list
 */
public record DocumentPage(
    List<DocumentChange> changes, int of, @Nullable Integer nextOrNull, String state) {

  public static final DocumentPage NONE = new DocumentPage(List.of(), 0, null, "");

  public DocumentPage {
    changes = List.copyOf(changes);
  }

  public Optional<Integer> next() {
    return Optional.ofNullable(nextOrNull);
  }
}
