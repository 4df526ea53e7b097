package dev.grantway.imports;

import dev.grantway.store.Membership;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A membership list that a file holds whole.
 *
 * @param rows each once, in the order of the file
 * @param lastOrNull when the list was imported that it was compared with; null for none
 */
public record NewList(List<Membership> rows, @Nullable Instant lastOrNull) {
  public NewList {
    rows = List.copyOf(rows);
  }

  /** {@link LastList#state} of what it was compared with. */
  public String state() {
    return LastList.state(lastOrNull);
  }
}
