package dev.grantway.revision;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row that somebody else changed since the draft's base (REV-03).
 *
 * @param mine what the draft wants
 * @param theirsOrNull the row as it stands at head; null if it is gone
 */
public record Dispute(Change mine, @Nullable PolicyRow theirsOrNull) {
  public RowKey key() {
    return mine.key();
  }

  public Optional<PolicyRow> theirs() {
    return Optional.ofNullable(theirsOrNull);
  }
}
