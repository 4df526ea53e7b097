package dev.grantway.store.dynamodb;

import dev.grantway.store.Attempt;
import dev.grantway.store.BundleKey;
import dev.grantway.store.Head;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

/**
 * Deletes the leftovers of numbers that never committed. Each is swept at once and again a day
 * after its deadline, when nothing of it can be sent any more; only then, and only if head has
 * passed it, is the gap forgotten. A sweep that dies is run again.
 */
final class Sweep {
  private static final Duration MARGIN = Duration.ofHours(24);

  private final Table table;
  private final HeadItem head;
  private final AttemptLog log;
  private final Bundles bundles;
  private final Clock clock;
  private final Duration patience;

  Sweep(Table table, Clock clock, Duration patience) {
    this.table = table;
    this.head = new HeadItem(table);
    this.log = new AttemptLog(table);
    this.bundles = new Bundles(table);
    this.clock = clock;
    this.patience = patience;
  }

  void sweep() {
    Head now = head.read();
    for (long gap : now.gaps()) {
      sweep(gap, now);
    }
  }

  private void sweep(long gap, Head now) {
    log.markVoid(gap);
    Optional<AttemptLog.Entry> found = log.find(gap);
    if (found.isEmpty()) {
      log.occupy(gap, clock.instant().plus(patience));
      return;
    }
    AttemptLog.Entry entry = found.get();
    Instant safe = entry.deadline().plus(MARGIN);
    boolean last = now.revision() > gap && clock.instant().isAfter(safe);
    if (entry.state() != Attempt.State.VOID || entry.swept() && !last) {
      return;
    }
    entry.record().ifPresent(this::delete);
    log.markSwept(gap);
    if (last) {
      table.deleteAll(log.keyLists(gap));
      head.forgetGap(gap);
    }
  }

  private void delete(AttemptRecord record) {
    if (record.seal().isPresent()) {
      for (BundleKey key : log.keys(record)) {
        table.deleteAll(bundles.items(key, record.number()));
      }
      table.deleteAll(Completion.records(record.revision()));
    }
    var packs = new ArrayList<Item>();
    Packs.each(table, record.number(), packs::add);
    table.deleteAll(packs);
  }
}
