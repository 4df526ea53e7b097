package dev.grantway.store.dynamodb;

import dev.grantway.revision.Change;
import dev.grantway.store.Attempt;
import dev.grantway.store.BundleKey;
import dev.grantway.store.Head;
import dev.grantway.store.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Ends what dead publishers left unfinished: a sealed attempt on head is completed, any other is
 * declared void. Live ones are left alone until their deadline (REV-02).
 */
final class Recovery {
  private final Table table;
  private final HeadItem head;
  private final AttemptLog log;
  private final Clock clock;
  private final Duration patience;

  Recovery(Table table, Clock clock, Duration patience) {
    this.table = table;
    this.head = new HeadItem(table);
    this.log = new AttemptLog(table);
    this.clock = clock;
    this.patience = patience;
  }

  /** Head as it stands afterwards. */
  Head recover() {
    long last = head.lastTaken();
    Head now = head.read();
    for (long number = now.revision() + 1; number <= last; number++) {
      if (number > now.revision() && !now.gaps().contains(number)) {
        now = recover(number, now);
      }
    }
    return now;
  }

  private Head recover(long number, Head now) {
    Optional<AttemptLog.Entry> entry = log.find(number);
    // Without a record its publisher is about to write one, or died: the next flip voids it.
    if (entry.isEmpty() || clock.instant().isBefore(entry.get().deadline())) {
      return now;
    }
    try {
      if (isOn(now, entry.get()) && complete(entry.get().record().orElseThrow(), now)) {
        return head.read();
      }
    } catch (Deadline.Passed sleptTooLong) {
      return head.read();
    }
    if (head.declareVoid(number)) {
      log.markVoid(number);
    }
    return head.read();
  }

  private static boolean isOn(Head head, AttemptLog.Entry entry) {
    return entry.state() == Attempt.State.SEALED
        && entry
            .record()
            .filter(
                it ->
                    it.publication().base() == head.revision()
                        && it.publication().baseHash().equals(head.hash()))
            .isPresent();
  }

  private boolean complete(AttemptRecord record, Head base) {
    Optional<List<Change>> changes = log.changes(record);
    Instant until = clock.instant().plus(patience);
    if (changes.isEmpty() || !log.extend(record.number(), until)) {
      return false;
    }
    Table inTime = table.until(new Deadline(until, clock));
    var view = new View(new Bundles(table), base);
    view.expect(changes.get());
    var derivation = new Derivation(view, changes.get());
    List<BundleKey> keys = new ArrayList<>(derivation.keys());
    return new Completion(inTime).complete(record, base, derivation, keys, Progress.NONE);
  }
}
