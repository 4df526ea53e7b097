package dev.grantway.store.dynamodb;

import dev.grantway.revision.Change;
import dev.grantway.revision.LoggedChange;
import dev.grantway.revision.RevisionJson;
import dev.grantway.revision.RowKey;
import dev.grantway.revision.Sha256;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * Changes as items of the log: in key order, up to 200 to a pack, each pack under its first key.
 */
final class Packs {
  private static final int MAX_CHANGES = 200;
  private static final int MAX_BYTES = 250_000;

  private final long number;
  private final Consumer<Item> sink;
  private final MessageDigest packs = Sha256.digest();
  private final RevisionJson.Root root = new RevisionJson.Root();
  private final List<byte[]> held = new ArrayList<>();
  private String firstKey = "";
  private int bytes;

  private Packs(long number, Consumer<Item> sink) {
    this.number = number;
    this.sink = sink;
  }

  /** The hashes over what was written. */
  record Hashes(String root, String packs) {}

  static Hashes write(
      long number, List<Change> changes, SortedMap<RowKey, Long> since, Consumer<Item> sink) {
    var packs = new Packs(number, sink);
    changes.forEach(change -> packs.add(change, since.getOrDefault(change.key(), 0L)));
    packs.flush();
    return new Hashes(packs.root.hex(), HexFormat.of().formatHex(packs.packs.digest()));
  }

  private void add(Change change, long since) {
    byte[] line = RevisionJson.write(change, since);
    if (held.size() == MAX_CHANGES || bytes + line.length > MAX_BYTES) {
      flush();
    }
    if (held.isEmpty()) {
      firstKey = change.key().text();
    }
    held.add(line);
    bytes += line.length;
    root.add(line);
  }

  private void flush() {
    if (held.isEmpty()) {
      return;
    }
    byte[] body = RevisionJson.writePack(held);
    packs.update(body);
    Item.Builder item = Item.of(Keys.log(number), firstKey).number("n", held.size());
    Body.put(item, body);
    sink.accept(item.build());
    held.clear();
    bytes = 0;
  }

  static List<LoggedChange> read(Item pack, long number) {
    return RevisionJson.readPack(Body.get(pack), number);
  }

  /** Packs stand between the attempt record and the key lists. */
  static Table.Range range(long number) {
    return new Table.Range(Keys.log(number), "C#", "D#" + Keys.END);
  }

  /** All packs of a number, one page after the other. */
  static void each(Table table, long number, Consumer<Item> visit) {
    table.each(range(number), visit);
  }
}
