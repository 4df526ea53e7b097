package dev.grantway.store.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.revision.Revision;
import dev.grantway.revision.RevisionJson;
import dev.grantway.store.BundleKey;
import dev.grantway.store.Head;
import dev.grantway.store.Progress;
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
    Revision revision = attempt.revision();
    long total = keys.size();
    try (var puts = new Puts(table, done -> progress.at("writing", done, total))) {
      derivation.write(attempt.number(), (key, body) -> put(puts, key, attempt.number(), body));
      puts.end();
    }
    // One at a time: a role that may batch could delete, too, and records are never deleted by who
    // publishes.
    records(revision).forEach(table::put);
    progress.at("committing", 0, 1);
    return head.flip(base, after(base, revision, keys))
        || new AttemptLog(table).isCommitted(attempt.number(), head.read());
  }

  private static void put(Puts puts, BundleKey key, long number, byte[] body) {
    List<Item> chunks = BundleItems.write(key, number, body);
    for (int i = 0; i < chunks.size(); i++) {
      puts.put(chunks.get(i), i < chunks.size() - 1 ? 0 : 1);
    }
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
