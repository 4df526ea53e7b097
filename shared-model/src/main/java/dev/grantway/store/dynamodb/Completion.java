package dev.grantway.store.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.revision.Revision;
import dev.grantway.revision.RevisionJson;
import dev.grantway.store.BundleKey;
import dev.grantway.store.Head;
import dev.grantway.store.Progress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Steps 5 to 7 of a publish: from a sealed attempt to a moved head. Whoever does them, however
 * often, writes the same bytes under the same keys.
 */
final class Completion {
  private final Table table;
  private final HeadItem head;

  Completion(Table table) {
    this.table = table;
    this.head = new HeadItem(table);
  }

  /** True if the attempt is live now, by this call or by another's. */
  boolean complete(
      AttemptRecord attempt,
      Head base,
      Derivation derivation,
      Collection<BundleKey> keys,
      Progress progress) {
    writeBundles(attempt.number(), derivation, keys.size(), progress);
    Revision revision = attempt.revision();
    table.putAll(records(revision));
    progress.at("committing", 0, 1);
    return head.flip(base, after(base, revision, keys))
        || new AttemptLog(table).isCommitted(attempt.number(), head.read());
  }

  private void writeBundles(long number, Derivation derivation, int total, Progress progress) {
    var batch = new ArrayList<Item>();
    var done = new int[1];
    derivation.write(
        number,
        (key, body) -> {
          batch.addAll(BundleItems.write(key, number, body));
          done[0]++;
          if (batch.size() >= Table.BATCH) {
            table.putAll(batch);
            batch.clear();
            progress.at("writing", done[0], total);
          }
        });
    table.putAll(batch);
    progress.at("writing", total, total);
  }

  private static Head after(Head base, Revision revision, Collection<BundleKey> keys) {
    return new Head(
        revision.number(),
        revision.hash(),
        revision.at(),
        base.gaps(),
        base.floor(),
        base.touched().after(revision.number(), keys),
        base.epoch());
  }

  static List<Item> records(Revision revision) {
    return List.of(
        Item.of(Keys.REVISIONS, Keys.digits(revision.number()))
            .text("body", new String(RevisionJson.write(revision), UTF_8))
            .build(),
        Item.of(Keys.INSTANTS, Keys.instant(revision.at()) + "#" + revision.number())
            .number("n", revision.number())
            .build());
  }
}
