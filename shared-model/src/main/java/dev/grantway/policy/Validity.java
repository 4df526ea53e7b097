package dev.grantway.policy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a permission applies: {@code from <= now < until}, in whole seconds (SEM-06); a missing end
 * is open. A window that is empty or holds fractions of a second is refused.
 */
public record Validity(@Nullable Instant fromOrNull, @Nullable Instant untilOrNull) {
  public static final Validity ALWAYS = new Validity(null, null);

  public Validity {
    checkWhole(fromOrNull);
    checkWhole(untilOrNull);
    if (fromOrNull != null && untilOrNull != null && !fromOrNull.isBefore(untilOrNull)) {
      throw new IllegalArgumentException(
          "validity ends at " + untilOrNull + ", not after its start " + fromOrNull);
    }
  }

  private static void checkWhole(@Nullable Instant instant) {
    if (instant != null && instant.getNano() != 0) {
      throw new IllegalArgumentException("instant " + instant + " needs whole seconds");
    }
  }

  public Optional<Instant> from() {
    return Optional.ofNullable(fromOrNull);
  }

  public Optional<Instant> until() {
    return Optional.ofNullable(untilOrNull);
  }

  public boolean isAlways() {
    return equals(ALWAYS);
  }

  /** Whether it ended by then, for good. */
  public boolean isOver(Instant now) {
    return untilOrNull != null && !now.isBefore(untilOrNull);
  }

  public boolean contains(Instant now) {
    Instant second = now.truncatedTo(ChronoUnit.SECONDS);
    return (fromOrNull == null || !second.isBefore(fromOrNull))
        && (untilOrNull == null || second.isBefore(untilOrNull));
  }
}
