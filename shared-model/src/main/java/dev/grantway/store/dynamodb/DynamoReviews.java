package dev.grantway.store.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.review.Answer;
import dev.grantway.review.Campaign;
import dev.grantway.review.Closed;
import dev.grantway.review.Closing;
import dev.grantway.review.LineAnswer;
import dev.grantway.review.ReviewJson;
import dev.grantway.review.ReviewLine;
import dev.grantway.store.AccessReviews;
import dev.grantway.store.Page;
import dev.grantway.store.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Access reviews: one item each under {@code REVIEWS}, which is put last, and under {@code
 * REVIEW#id} lines in parts, an item for each answer, the two marks of closing and the report in
 * parts. Items are put where nothing is and never changed, but for one under {@code TALLY}, which
 * counts the answers and moves with them.
 */
final class DynamoReviews implements AccessReviews {
  private static final String LINES = "L#";
  private static final String ANSWERS = "D#";
  private static final String REPORT = "R#";
  private static final String BEGUN = "C#1";
  private static final String ENDED = "C#2";

  /** Characters of a part before it is deflated; the longest line has some 40,000. */
  private static final int PART = 200_000;

  private static final int MOST_LINES = 200;

  /** Others who answer at the same moment get into each other's way, not for long. */
  private static final int ATTEMPTS = 24;

  private final Table table;

  DynamoReviews(Table table) {
    this.table = table;
  }

  private static String pk(String id) {
    return Keys.review(id);
  }

  private static String line(int number) {
    return Keys.digits(number);
  }

  @Override
  public void addLines(String id, List<ReviewLine> lines) {
    var part = new ArrayList<String>();
    int length = 0;
    for (ReviewLine line : lines) {
      String text = ReviewJson.text(line);
      if (!part.isEmpty() && (length + text.length() > PART || part.size() == MOST_LINES)) {
        addPart(id, LINES, line.number() - part.size(), part);
        part.clear();
        length = 0;
      }
      part.add(text);
      length += text.length();
    }
    if (!part.isEmpty()) {
      addPart(id, LINES, lines.getLast().number() - part.size() + 1, part);
    }
  }

  private void addPart(String id, String kind, int first, List<String> part) {
    Item.Builder item = Item.of(pk(id), kind + line(first));
    Body.put(item, String.join("\n", part).getBytes(UTF_8));
    putOnce(item.build());
  }

  /** Again the same is no other, however another release deflates it. */
  private void putOnce(Item item) {
    if (!table.putNew(item)
        && table.get(item.pk(), item.sk()).filter(it -> saysTheSame(it, item)).isEmpty()) {
      throw new StoreException.Unavailable(
          "the table holds another record where `"
              + item.pk()
              + "`, `"
              + item.sk()
              + "` belongs: run `./grantway verify`",
          null);
    }
  }

  private static boolean saysTheSame(Item there, Item item) {
    try {
      return there.has("last") == item.has("last")
          && Arrays.equals(Body.get(there), Body.get(item));
    } catch (IllegalArgumentException damaged) {
      return false;
    }
  }

  private static List<String> texts(Item part) {
    return new String(Body.get(part), UTF_8).lines().toList();
  }

  @Override
  public void create(Campaign campaign) {
    var _ = table.putNew(item(campaign.id(), new Tally(0, 0, 0)));
    putOnce(Item.of(Keys.REVIEWS, campaign.id()).text("body", ReviewJson.text(campaign)).build());
  }

  @Override
  public Optional<Campaign> find(String id) {
    return table.get(Keys.REVIEWS, id).map(item -> read(item, ReviewJson::campaign));
  }

  /** What was damaged is named, and nothing of it is shown. */
  private static <T> T read(Item item, Function<String, T> reading) {
    return read(item, item.text("body"), reading);
  }

  private static <T> T read(Item item, String text, Function<String, T> reading) {
    try {
      return reading.apply(text);
    } catch (IllegalArgumentException damaged) {
      throw new StoreException.Unavailable(
          "the access review record `"
              + item.pk()
              + "`, `"
              + item.sk()
              + "` is damaged: "
              + damaged.getMessage(),
          damaged);
    }
  }

  @Override
  public Page<Campaign> campaigns(String after, int limit) {
    Table.Range range = new Table.Range(Keys.REVIEWS, "0", after.isEmpty() ? Keys.END : after);
    int most = after.isEmpty() ? limit + 1 : limit + 2;
    var items = new ArrayList<Item>();
    Table.Found found = table.query(range.last(most), Map.of());
    items.addAll(found.items());
    while (found.more() && items.size() < most) {
      found = table.query(range.last(most), found.next());
      items.addAll(found.items());
    }
    items.removeIf(item -> item.sk().equals(after));
    List<Item> some = items.subList(0, Math.min(limit, items.size()));
    return new Page<>(
        some.stream().map(item -> read(item, ReviewJson::campaign)).toList(),
        items.size() > some.size() ? some.getLast().sk() : null);
  }

  @Override
  public List<ReviewLine> lines(String id, int from, int limit) {
    var lines = new ArrayList<ReviewLine>();
    Table.Range before = new Table.Range(pk(id), LINES, LINES + line(from));
    table.query(before.last(1), Map.of()).items().forEach(part -> add(part, from, limit, lines));
    if (lines.size() < limit) {
      var rest = new Table.Range(pk(id), LINES + line(from + 1), LINES + Keys.END);
      Table.Found found = table.query(rest.first(parts(limit)), Map.of());
      found.items().forEach(part -> add(part, from, limit, lines));
      while (found.more() && lines.size() < limit) {
        found = table.query(rest.first(parts(limit)), found.next());
        found.items().forEach(part -> add(part, from, limit, lines));
      }
    }
    return lines;
  }

  private static int parts(int limit) {
    return Math.max(1, limit / MOST_LINES);
  }

  private static void add(Item part, int from, int limit, List<ReviewLine> lines) {
    for (String text : texts(part)) {
      if (lines.size() < limit) {
        ReviewLine line = read(part, text, ReviewJson::line);
        if (line.number() >= from) {
          lines.add(line);
        }
      }
    }
  }

  @Override
  public List<LineAnswer> answers(String id, int from, int to) {
    var range = new Table.Range(pk(id), ANSWERS + line(from), ANSWERS + line(to) + Keys.END);
    return table.all(range).stream().map(item -> read(item, ReviewJson::answer)).toList();
  }

  @Override
  public Answered answer(String id, List<LineAnswer> answers) {
    var writes = new ArrayList<TransactWriteItem>();
    writes.add(isNotBegun(id));
    answers.stream().map(it -> putNew(item(id, it))).forEach(writes::add);
    writes.add(count(id, answers));
    for (int i = 0; i < ATTEMPTS; i++) {
      if (table.transact(pk(id), sk(answers.getFirst()), writes)) {
        return Answered.STORED;
      }
      if (closing(id).isPresent()) {
        return Answered.CLOSING;
      }
      if (answers.stream().anyMatch(it -> table.get(pk(id), sk(it)).isPresent())) {
        return Answered.OVERTAKEN;
      }
      var _ = tally(id);
      pause();
    }
    throw busy();
  }

  /** What the answers change, which follows from what they come after: that never changes. */
  private TransactWriteItem count(String id, List<LineAnswer> answers) {
    List<LineAnswer> before =
        answers.stream().filter(it -> it.seq() > 1).flatMap(it -> before(id, it).stream()).toList();
    int kept = Tally.count(answers, Answer.KEEP) - Tally.count(before, Answer.KEEP);
    int revoked = Tally.count(answers, Answer.REVOKE) - Tally.count(before, Answer.REVOKE);
    return TransactWriteItem.builder()
        .update(
            b ->
                b.tableName(table.name())
                    .key(Table.key(Keys.TALLY, id))
                    .updateExpression("ADD kept :k, revoked :r, said :n")
                    .conditionExpression("attribute_exists(pk)")
                    .expressionAttributeValues(
                        Map.of(
                            ":k", number(kept),
                            ":r", number(revoked),
                            ":n", number(answers.size()))))
        .build();
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  private Optional<LineAnswer> before(String id, LineAnswer it) {
    return table
        .get(pk(id), sk(it.line(), it.seq() - 1))
        .map(item -> read(item, ReviewJson::answer));
  }

  @Override
  public Tally tally(String id) {
    return table
        .get(Keys.TALLY, id)
        .or(
            () -> {
              // Of a campaign from before answers were counted: without it none is stored.
              var _ = table.putNew(item(id, Tally.of(answers(id, 1, Integer.MAX_VALUE))));
              return table.get(Keys.TALLY, id);
            })
        .map(
            it -> new Tally((int) it.number("kept"), (int) it.number("revoked"), it.number("said")))
        .orElseThrow(DynamoReviews::busy);
  }

  private static Item item(String id, Tally it) {
    return Item.of(Keys.TALLY, id)
        .number("kept", it.kept())
        .number("revoked", it.revoked())
        .number("said", it.said())
        .build();
  }

  private static StoreException busy() {
    return new StoreException.Unavailable(
        "the access review is written to all the time: try again in a moment", null);
  }

  private static void pause() {
    LockSupport.parkNanos(1_000_000L * ThreadLocalRandom.current().nextLong(5, 60));
  }

  private static String sk(LineAnswer it) {
    return sk(it.line(), it.seq());
  }

  private static String sk(int number, int seq) {
    return ANSWERS + line(number) + "#" + Keys.digits(seq);
  }

  private static Item item(String id, LineAnswer it) {
    return Item.of(pk(id), sk(it)).text("body", ReviewJson.text(it)).build();
  }

  private TransactWriteItem isNotBegun(String id) {
    return TransactWriteItem.builder()
        .conditionCheck(
            b ->
                b.tableName(table.name())
                    .key(Table.key(pk(id), BEGUN))
                    .conditionExpression("attribute_not_exists(pk)"))
        .build();
  }

  private TransactWriteItem putNew(Item item) {
    return TransactWriteItem.builder()
        .put(
            b ->
                b.tableName(table.name())
                    .item(item.attributes())
                    .conditionExpression("attribute_not_exists(pk)"))
        .build();
  }

  @Override
  public Optional<Closing> begin(String id, Closing closing, Tally seen) {
    Item item = Item.of(pk(id), BEGUN).text("body", ReviewJson.text(closing)).build();
    for (int i = 0; i < ATTEMPTS; i++) {
      if (table.transact(item.pk(), item.sk(), List.of(putNew(item), isStill(id, seen)))) {
        return Optional.of(closing);
      }
      Optional<Closing> before = closing(id);
      if (before.isPresent() || tally(id).said() != seen.said()) {
        return before;
      }
      pause();
    }
    throw busy();
  }

  private TransactWriteItem isStill(String id, Tally seen) {
    return TransactWriteItem.builder()
        .conditionCheck(
            b ->
                b.tableName(table.name())
                    .key(Table.key(Keys.TALLY, id))
                    .conditionExpression("said = :n")
                    .expressionAttributeValues(Map.of(":n", number(seen.said()))))
        .build();
  }

  @Override
  public Optional<Closing> closing(String id) {
    return table.get(pk(id), BEGUN).map(item -> read(item, ReviewJson::closing));
  }

  @Override
  public void addReport(String id, int first, List<String> lines, boolean isLast) {
    Item.Builder item = Item.of(pk(id), REPORT + line(first));
    Body.put(item, String.join("\n", lines).getBytes(UTF_8));
    if (isLast) {
      item.flag("last");
    }
    putOnce(item.build());
  }

  @Override
  public void end(String id, Closed closed) {
    Item item = Item.of(pk(id), ENDED).text("body", ReviewJson.text(closed)).build();
    var _ = table.putNew(item);
  }

  @Override
  public Optional<Closed> closed(String id) {
    return table.get(pk(id), ENDED).map(item -> read(item, ReviewJson::closed));
  }

  /** The same of one whose record cannot be read. */
  boolean hasEnded(String id) {
    return table.get(pk(id), ENDED).isPresent();
  }

  /** A part that was damaged is shown as one empty line, which no report has. */
  @Override
  public void report(String id, Consumer<String> visit) {
    table.each(
        new Table.Range(pk(id), REPORT, REPORT + Keys.END),
        part -> textsAsFound(part).forEach(visit));
  }

  private static List<String> textsAsFound(Item part) {
    try {
      return texts(part);
    } catch (IllegalArgumentException damaged) {
      return List.of("");
    }
  }

  @Override
  public boolean isReported(String id) {
    return table
        .query(new Table.Range(pk(id), REPORT, REPORT + Keys.END).last(1), Map.of())
        .items()
        .stream()
        .anyMatch(part -> part.has("last"));
  }
}
