package dev.grantway.admin.common;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Instants as people type them: ISO 8601 with a zone, {@code 2026-12-24T18:00:00+01:00}. */
public final class Instants {
  private Instants() {}

  /** The instant, spaces around it left out; none where it is not one, or has no zone. */
  public static Optional<Instant> read(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text.strip()).toInstant());
    } catch (DateTimeException notAnInstant) {
      return Optional.empty();
    }
  }
}
