package dev.grantway.store.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.Change;
import dev.grantway.revision.LoggedChange;
import dev.grantway.revision.RowKey;
import dev.grantway.revision.Sha256;
import dev.grantway.store.Attempt;
import dev.grantway.store.BundleKey;
import dev.grantway.store.Head;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The log partition of each number: the attempt record, packs and key lists. The record is never
 * deleted: it explains a gap for ever, and keeps a publisher that took the number and slept from
 * beginning (decisions/0010).
 */
final class AttemptLog {
  private static final int INLINE_KEYS = 20;
  private static final int KEYS_A_LIST = 5_000;

  private final Table table;

  AttemptLog(Table table) {
    this.table = table;
  }

  /**
   * An attempt record as it stands.
   *
   * @param recordOrNull null for a number whose publisher left no record before it was declared
   *     void
   * @param swept true once its leftovers were deleted for the first time
   */
  record Entry(
      Attempt.State state, Instant deadline, @Nullable AttemptRecord recordOrNull, boolean swept) {

    Optional<AttemptRecord> record() {
      return Optional.ofNullable(recordOrNull);
    }
  }

  /** Step 2; false if the number was declared void before. */
  boolean begin(AttemptRecord record, Instant deadline) {
    return table.putNew(item(record, Attempt.State.WRITING, deadline));
  }

  /** Step 4: from here on every bundle that will ever carry the number follows from the log. */
  boolean seal(AttemptRecord record, Instant deadline) {
    return table.putIf(
        item(record, Attempt.State.SEALED, deadline),
        "#s = :writing",
        Map.of(":writing", state(Attempt.State.WRITING)));
  }

  /** Gives whoever completes a sealed attempt time of its own; false if it is void by now. */
  boolean extend(long number, Instant deadline) {
    return table.updateIf(
        Keys.log(number),
        Keys.ATTEMPT,
        "SET deadline = :d",
        "#s = :sealed",
        Map.of(
            ":d", AttributeValue.fromS(deadline.toString()),
            ":sealed", state(Attempt.State.SEALED)));
  }

  /** Marks a number that head has declared void. */
  void markVoid(long number) {
    table.updateIf(
        Keys.log(number),
        Keys.ATTEMPT,
        "SET #s = :void",
        "attribute_exists(pk)",
        Map.of(":void", state(Attempt.State.VOID)));
  }

  /** Leaves a record where there is none, so that whoever took the number cannot begin any more. */
  void occupy(long number, Instant deadline) {
    table.putNew(
        Item.of(Keys.log(number), Keys.ATTEMPT)
            .text("state", Attempt.State.VOID.name())
            .text("deadline", deadline.toString())
            .build());
  }

  void markSwept(long number) {
    table.updateIf(
        Keys.log(number),
        Keys.ATTEMPT,
        "SET swept = :yes",
        "attribute_exists(pk)",
        Map.of(":yes", AttributeValue.fromBool(true)));
  }

  Optional<Entry> find(long number) {
    return table.get(Keys.log(number), Keys.ATTEMPT).map(item -> entry(number, item));
  }

  /**
   * True if the number committed. A gap may have been swept and forgotten since, so that head alone
   * cannot tell; its record stays void for ever.
   */
  boolean isCommitted(long number, Head head) {
    return head.isVisible(number)
        && find(number).filter(entry -> entry.state() == Attempt.State.SEALED).isPresent();
  }

  private static Entry entry(long number, Item item) {
    return new Entry(
        Attempt.State.valueOf(item.text("state")),
        Instant.parse(item.text("deadline")),
        item.has("body")
            ? CanonicalJson.read(item.text("body").getBytes(UTF_8))
                .as(json -> AttemptRecord.read(number, json))
            : null,
        item.has("swept"));
  }

  /** Writes the keys where they are many, and gives the seal that knows of them. */
  AttemptRecord.Seal writeKeys(long number, Packs.Hashes hashes, Collection<BundleKey> keys) {
    if (keys.size() <= INLINE_KEYS) {
      return new AttemptRecord.Seal(hashes.root(), hashes.packs(), List.copyOf(keys), 0);
    }
    var all = new ArrayList<>(keys);
    int lists = 0;
    for (int start = 0; start < all.size(); start += KEYS_A_LIST) {
      List<BundleKey> some = all.subList(start, Math.min(all.size(), start + KEYS_A_LIST));
      byte[] body =
          String.join("\n", some.stream().map(BundleKey::toString).toList()).getBytes(UTF_8);
      Item.Builder item = Item.of(Keys.log(number), keyList(lists));
      Body.put(item, body);
      table.put(item.build());
      lists++;
    }
    return new AttemptRecord.Seal(hashes.root(), hashes.packs(), List.of(), lists);
  }

  /** Every bundle that a sealed attempt writes. */
  List<BundleKey> keys(AttemptRecord record) {
    AttemptRecord.Seal seal = record.seal().orElseThrow();
    if (seal.keyLists() == 0) {
      return seal.keys();
    }
    var keys = new ArrayList<BundleKey>();
    for (Item item : keyLists(record.number())) {
      for (String line : new String(Body.get(item), UTF_8).split("\n", -1)) {
        keys.add(AttemptRecord.key(line));
      }
    }
    return keys;
  }

  List<Item> keyLists(long number) {
    return table.all(new Table.Range(Keys.log(number), "K#", "K#" + Keys.END));
  }

  private static String keyList(int index) {
    return "K#" + String.format("%04d", index);
  }

  /** All changes of a sealed attempt; none if its packs are not what the seal says. */
  Optional<List<Change>> changes(AttemptRecord record) {
    var changes = new ArrayList<Change>();
    MessageDigest digest = Sha256.digest();
    Packs.each(
        table,
        record.number(),
        pack -> {
          digest.update(Body.get(pack));
          Packs.read(pack, record.number()).forEach(it -> changes.add(it.change()));
        });
    String hash = HexFormat.of().formatHex(digest.digest());
    return hash.equals(record.seal().orElseThrow().packsHash())
        ? Optional.of(changes)
        : Optional.empty();
  }

  /** The change of one row in one revision: the pack whose first key is the last not after it. */
  Optional<LoggedChange> change(long number, RowKey key) {
    var range = new Table.Range(Keys.log(number), "C#", key.text());
    return table.query(range.last(1), Map.of()).items().stream()
        .flatMap(pack -> Packs.read(pack, number).stream())
        .filter(it -> it.change().key().equals(key))
        .findFirst();
  }

  private static Item item(AttemptRecord record, Attempt.State state, Instant deadline) {
    return Item.of(Keys.log(record.number()), Keys.ATTEMPT)
        .text("state", state.name())
        .text("deadline", deadline.toString())
        .text("body", new String(record.write(), UTF_8))
        .build();
  }

  private static AttributeValue state(Attempt.State state) {
    return AttributeValue.fromS(state.name());
  }
}
