package dev.grantway.analysis;

import dev.grantway.policy.Validity;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A span of time from an instant on until before another; a missing end is open. */
record Window(Instant from, @Nullable Instant untilOrNull) {

  /** What is left of a validity from {@code now} on; empty if it is over. */
  static Optional<Window> of(Validity validity, Instant now) {
    Instant from = validity.from().filter(start -> start.isAfter(now)).orElse(now);
    Instant until = validity.untilOrNull();
    return until != null && !from.isBefore(until)
        ? Optional.empty()
        : Optional.of(new Window(from, until));
  }

  boolean contains(Window other) {
    return !other.from.isBefore(from) && !isBefore(untilOrNull, other.untilOrNull);
  }

  boolean meets(Window other) {
    return isBefore(from, other.untilOrNull) && isBefore(other.from, untilOrNull);
  }

  /** Where the other one begins or ends inside this one. */
  Optional<Instant> cut(Window other) {
    if (other.from.isAfter(from) && isBefore(other.from, untilOrNull)) {
      return Optional.of(other.from);
    }
    Instant end = other.untilOrNull;
    return end != null && end.isAfter(from) && isBefore(end, untilOrNull)
        ? Optional.of(end)
        : Optional.empty();
  }

  Window until(Instant cut) {
    return new Window(from, cut);
  }

  Window startingAt(Instant cut) {
    return new Window(cut, untilOrNull);
  }

  /** A missing instant lies after every other. */
  private static boolean isBefore(@Nullable Instant one, @Nullable Instant other) {
    return one != null && (other == null || one.isBefore(other));
  }
}
