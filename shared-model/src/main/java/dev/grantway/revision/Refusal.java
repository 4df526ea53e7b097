package dev.grantway.revision;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why changes cannot be published, said where they are typed.
 *
 * @param code stable, for example {@code unknown-role}
 * @param message for people: cause and next step
 * @param keyOrNull the row at fault, if it is one
 */
public record Refusal(String code, String message, @Nullable RowKey keyOrNull) {
  public Optional<RowKey> key() {
    return Optional.ofNullable(keyOrNull);
  }
}
