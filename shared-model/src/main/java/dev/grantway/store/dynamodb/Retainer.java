package dev.grantway.store.dynamodb;

import dev.grantway.store.Attempt;
import dev.grantway.store.BundleKey;
import dev.grantway.store.Head;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Retention: the only thing that removes history. Sets the floor first; then keeps, of each bundle,
 * the newest version not above it and all later ones. Records, log and instants stay.
 */
final class Retainer {
  private final Table table;
  private final HeadItem head;
  private final AttemptLog log;
  private final Bundles bundles;

  Retainer(Table table) {
    this.table = table;
    this.head = new HeadItem(table);
    this.log = new AttemptLog(table);
    this.bundles = new Bundles(table);
  }

  /** Deletes what no revision from the floor on shows; goes on where one that died stopped. */
  void keepFrom(long floor) {
    head.raiseFloor(floor);
    Head now = head.read();
    long done = table.get(Keys.HEAD, Keys.CUT).map(item -> item.number("floor")).orElse(0L);
    Head at = now.asOf(now.floor());
    Set<BundleKey> seen = new HashSet<>();
    for (long number = done + 1; number <= at.revision(); number++) {
      if (at.isVisible(number)) {
        cut(number, at, seen);
      }
    }
    table.put(Item.of(Keys.HEAD, Keys.CUT).number("floor", at.revision()).build());
  }

  private void cut(long number, Head at, Set<BundleKey> seen) {
    // A gap that was swept and forgotten looks visible: only its record tells.
    Optional<AttemptRecord> record =
        log.find(number)
            .filter(entry -> entry.state() == Attempt.State.SEALED)
            .flatMap(AttemptLog.Entry::record);
    if (record.isEmpty()) {
      return;
    }
    for (BundleKey key : log.keys(record.get())) {
      if (seen.add(key)) {
        bundles.read(key, at).ifPresent(kept -> deleteBelow(key, kept.from()));
      }
    }
  }

  private void deleteBelow(BundleKey key, long kept) {
    if (kept > 0) {
      table.deleteAll(bundles.below(key, kept));
    }
  }
}
