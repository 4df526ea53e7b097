package dev.grantway.store.dynamodb;

import dev.grantway.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether retention may have passed a revision by, asked after each read. The floor never rises to
 * a revision that is younger than {@link #MARGIN}: of what was head just now it need not be asked
 * for a long time.
 */
final class Floor {
  /** How old a revision must be before the floor may rise to it. */
  static final Duration MARGIN = Duration.ofHours(24);

  /** The rest is for clocks that differ. */
  private static final Duration SAFE = MARGIN.dividedBy(2);

  private final HeadItem head;
  private final Clock clock;
  private final Instant from;

  private Floor(HeadItem head, Clock clock, Instant from) {
    this.head = head;
    this.clock = clock;
    this.from = from;
  }

  /** For a revision of whatever age. */
  static Floor ofAny(HeadItem head, Clock clock) {
    return new Floor(head, clock, Instant.MIN);
  }

  /** For what is head now. */
  static Floor ofHead(HeadItem head, Clock clock) {
    return new Floor(head, clock, clock.instant().plus(SAFE));
  }

  /** Throws {@link StoreException.NotKept} if it has. */
  void check(long revision) {
    if (clock.instant().isBefore(from)) {
      return;
    }
    long floor = head.read().floor();
    if (floor > revision) {
      throw new StoreException.NotKept(revision, floor);
    }
  }
}
