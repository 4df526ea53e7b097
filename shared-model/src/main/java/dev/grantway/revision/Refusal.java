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
  /** A publication without changes. */
  public static Refusal nothingToPublish() {
    return new Refusal(
        "nothing-to-publish", "the draft changes nothing: edit something first", null);
  }

  public Optional<RowKey> key() {
    return Optional.ofNullable(keyOrNull);
  }
}
