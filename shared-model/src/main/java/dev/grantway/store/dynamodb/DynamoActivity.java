package dev.grantway.store.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.audit.ActivityEntry;
import dev.grantway.audit.ActivityJson;
import dev.grantway.audit.ActivityRecord;
import dev.grantway.audit.SignedCheckpoint;
import dev.grantway.audit.Tip;
import dev.grantway.store.ActivityChain;
import dev.grantway.store.ActivityLog;
import dev.grantway.store.Page;
import dev.grantway.store.StoreException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The activity log in the table: {@code ACT#day}, one item a record, under its time, writer and
 * number. {@code ACT} lists the days, {@code CHECKS} the checkpoints. One of these is one writer.
 */
public final class DynamoActivity implements ActivityLog {
  private final Table table;
  private final ActivityChain chain;
  private final Set<String> daysListed = ConcurrentHashMap.newKeySet();

  public DynamoActivity(DynamoDbClient client, String table, Clock clock) {
    this(Table.of(client, table), clock);
  }

  DynamoActivity(Table table, Clock clock) {
    this.table = table;
    this.chain = new ActivityChain(clock, this::store);
  }

  @Override
  public ActivityRecord append(ActivityEntry entry) {
    return chain.append(entry);
  }

  private void store(ActivityRecord record) {
    Item item = item(record);
    String day = Keys.day(record.at());
    if (!daysListed.contains(day)) {
      // Listed first: a record of an unlisted day would be found by nobody.
      table.put(Item.of(Keys.ACTIVITY, day).build());
      daysListed.clear();
      daysListed.add(day);
    }
    if (!table.putNew(item)) {
      throw new StoreException.Unavailable(
          "the activity log holds another record where `"
              + item.sk()
              + "` belongs: run `./grantway verify`, and start the app anew",
          null);
    }
  }

  static Item item(ActivityRecord record) {
    return Item.of(Keys.activity(Keys.day(record.at())), Keys.activityRecord(record))
        .text("body", new String(ActivityJson.write(record), UTF_8))
        .text("hash", record.hash())
        .build();
  }

  @Override
  public List<LocalDate> days() {
    return table.all(DAYS).stream().map(item -> LocalDate.parse(item.sk())).toList().reversed();
  }

  static final Table.Range DAYS = new Table.Range(Keys.ACTIVITY, "0", Keys.END);

  @Override
  public Page<ActivityRecord> records(LocalDate day, String after, int limit) {
    String pk = Keys.activity(day.toString());
    String to = after.isEmpty() ? Keys.END : after;
    int most = after.isEmpty() ? limit + 1 : limit + 2;
    var items = new ArrayList<Item>();
    Table.Range range = new Table.Range(pk, "0", to).last(most);
    Table.Found found = table.query(range, Map.of());
    items.addAll(found.items());
    while (found.more() && items.size() < most) {
      found = table.query(range, found.next());
      items.addAll(found.items());
    }
    items.removeIf(item -> item.sk().equals(after));
    List<Item> some = items.subList(0, Math.min(limit, items.size()));
    return new Page<>(
        some.stream().flatMap(item -> read(item).stream()).toList(),
        items.size() > limit ? some.getLast().sk() : null);
  }

  /** Empty for one that was damaged: neither lists nor checkpoints may end at it. */
  private static Optional<ActivityRecord> read(Item item) {
    try {
      return Optional.of(ActivityJson.read(item.text("body").getBytes(UTF_8)));
    } catch (IllegalArgumentException damaged) {
      return Optional.empty();
    }
  }

  @Override
  public SortedMap<String, Tip> tips(Instant since) {
    var tips = new TreeMap<String, Tip>();
    String first = Keys.day(since);
    for (Item day : table.all(new Table.Range(Keys.ACTIVITY, first, Keys.END))) {
      String from = day.sk().equals(first) ? Keys.instant(since) : "0";
      for (Item item : table.all(new Table.Range(Keys.activity(day.sk()), from, Keys.END))) {
        read(item)
            .ifPresent(
                record ->
                    tips.merge(
                        record.writer(),
                        new Tip(record.seq(), record.hash()),
                        (one, other) -> one.seq() > other.seq() ? one : other));
      }
    }
    return tips;
  }

  @Override
  public Optional<SignedCheckpoint> lastCheckpoint() {
    return table.query(checkpointsFrom(1).last(1), Map.of()).items().stream()
        .map(DynamoActivity::checkpoint)
        .findFirst();
  }

  @Override
  public List<SignedCheckpoint> checkpoints(long from) {
    return table.all(checkpointsFrom(from)).stream().map(DynamoActivity::checkpoint).toList();
  }

  static Table.Range checkpointsFrom(long number) {
    return new Table.Range(Keys.CHECKPOINTS, Keys.digits(number), Keys.END);
  }

  @Override
  public boolean add(SignedCheckpoint it) {
    return table.putNew(
        Item.of(Keys.CHECKPOINTS, Keys.digits(it.checkpoint().number()))
            .text("body", it.body())
            .text("key", it.key())
            .text("signature", it.signature())
            .build());
  }

  private static SignedCheckpoint checkpoint(Item item) {
    try {
      return new SignedCheckpoint(item.text("body"), item.text("key"), item.text("signature"));
    } catch (IllegalArgumentException e) {
      throw new StoreException.Unavailable(
          "checkpoint `" + item.sk() + "` is damaged: " + e.getMessage(), e);
    }
  }
}
