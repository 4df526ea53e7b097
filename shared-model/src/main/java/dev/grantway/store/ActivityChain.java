package dev.grantway.store;

import dev.grantway.audit.ActivityEntry;
import dev.grantway.audit.ActivityRecord;
import dev.grantway.revision.Revision;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The chain of one writer: numbers records, links and times them. */
public final class ActivityChain {
  private static final int BYTES = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Clock clock;
  private final String writer;
  private final Consumer<ActivityRecord> store;
  private final ReentrantLock turn = new ReentrantLock(true);
  private long seq;
  private Instant last = Instant.EPOCH;
  private String hash = Revision.NO_HASH;
  private @Nullable ActivityRecord unsettled;

  /**
   * A chain without records.
   *
   * @param store stores a record if its place is free or holds that very record, and throws where
   *     it is not certain that it is stored
   */
  public ActivityChain(Clock clock, Consumer<ActivityRecord> store) {
    this.clock = clock;
    this.store = store;
    var random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    this.writer = HexFormat.of().formatHex(random);
  }

  /**
   * Appends. A record of which it is not known whether it was stored is stored again first: with
   * another in its place the chain would fork if the first turned up late. Who waits for their turn
   * for ten seconds is refused: in an outage they would wait for everybody before them.
   */
  public ActivityRecord append(ActivityEntry entry) {
    takeTurn();
    try {
      if (unsettled != null) {
        settle(unsettled);
      }
      var record = new ActivityRecord(writer, seq + 1, next(), entry, hash);
      unsettled = record;
      settle(record);
      return record;
    } finally {
      turn.unlock();
    }
  }

  private void takeTurn() {
    try {
      if (turn.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new StoreException.Unavailable("the activity log is busy: try again in a moment", null);
  }

  private void settle(ActivityRecord record) {
    store.accept(record);
    unsettled = null;
    seq = record.seq();
    last = record.at();
    hash = record.hash();
  }

  private Instant next() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Instant earliest = last.plusMillis(1);
    return now.isAfter(earliest) ? now : earliest;
  }
}
