package dev.grantway.admin.common;

import dev.grantway.store.AsOf;
import dev.grantway.store.PolicyRepository;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** As of when a question is asked (REV-04). */
public sealed interface Moment {
  Moment NOW = new Now();

  /** As it is live now. */
  record Now() implements Moment {
    @Override
    public Optional<AsOf> in(PolicyRepository policy) {
      return Optional.of(policy.live());
    }
  }

  /** As of a revision. */
  record OfRevision(long number) implements Moment {
    @Override
    public Optional<AsOf> in(PolicyRepository policy) {
      return policy.asOf(number);
    }
  }

  /** As of what was published then, not yet what caches held. */
  record OfInstant(Instant instant) implements Moment {
    @Override
    public Optional<AsOf> in(PolicyRepository policy) {
      return policy.asOf(instant);
    }
  }

  /** Policy data as they were then; none where nothing was published yet, or never that number. */
  Optional<AsOf> in(PolicyRepository policy);

  /**
   * Reads a moment as people write it: nothing for now, the number of a revision, or an instant as
   * ISO 8601 has it, {@code 2026-12-24T17:00:00Z}. Anything else is an {@link
   * IllegalArgumentException}.
   */
  static Moment parse(String text) {
    if (text.isEmpty()) {
      return NOW;
    }
    try {
      return text.matches("[0-9]{1,18}")
          ? new OfRevision(Long.parseLong(text))
          : new OfInstant(Instant.parse(text));
    } catch (DateTimeParseException wrong) {
      throw new IllegalArgumentException(
          "`"
              + text
              + "` is neither the number of a revision nor an instant: write it like `42` or"
              + " `2026-12-24T17:00:00Z`",
          wrong);
    }
  }
}
