package dev.grantway.store.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.audit.AuditLine;
import dev.grantway.audit.AuditSource;
import dev.grantway.audit.SignedCheckpoint;
import dev.grantway.store.Head;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Everything in the table that is chained, just as it is stored: also what was damaged. Holds one
 * page of a query at a time.
 */
public final class DynamoAudit implements AuditSource {
  private final Table table;
  private final Clock clock;
  private final DynamoReviews reviews;

  public DynamoAudit(DynamoDbClient client, String table, Clock clock) {
    this.table = Table.of(client, table);
    this.clock = clock;
    this.reviews = new DynamoReviews(this.table);
  }

  @Override
  public void each(Consumer<AuditLine> visit) {
    var counted = new Counted(visit);
    // Checkpoints first: what head and the log hold by then, they hold when they are read.
    long last =
        table.query(DynamoActivity.checkpointsFrom(1).last(1), Map.of()).items().stream()
            .mapToLong(item -> number(item.sk()))
            .findFirst()
            .orElse(0);
    Head head = new HeadItem(table).read();
    counted.accept(
        new AuditLine.Start(clock.instant(), table.name(), head.revision(), head.hash()));
    // So too the reviews whose reports are whole by now: their records are in the log read later.
    List<Reported> reported = reported();
    if (last > 0) {
      var upTo = new Table.Range(Keys.CHECKPOINTS, "0", Keys.digits(last));
      table.each(upTo, item -> counted.accept(checkpoint(item)));
    }
    if (head.revision() > 0) {
      var records = new Table.Range(Keys.REVISIONS, "0", Keys.END);
      table.each(records, item -> revision(item, head, counted));
    }
    table.each(
        DynamoActivity.DAYS,
        day ->
            table.each(
                new Table.Range(Keys.activity(day.sk()), "0", Keys.END),
                item -> counted.accept(activity(day.sk(), item))));
    reported.forEach(
        it ->
            reviews.report(
                it.id(),
                line -> counted.accept(new AuditLine.OfReview(it.id(), it.settled(), line))));
    counted.end();
  }

  /** A review whose report is stored; whether its closing has ended. */
  private record Reported(String id, boolean settled) {}

  private List<Reported> reported() {
    var found = new ArrayList<Reported>();
    table.each(
        new Table.Range(Keys.REVIEWS, "0", Keys.END),
        item -> {
          boolean settled = reviews.hasEnded(item.sk());
          if (settled || reviews.isReported(item.sk())) {
            found.add(new Reported(item.sk(), settled));
          }
        });
    return found;
  }

  private void revision(Item item, Head head, Counted visit) {
    long number = number(item.sk());
    // Above head there is what a publish under way has written, at gaps what a dead one left.
    if (number > head.revision() || head.gaps().contains(number)) {
      return;
    }
    visit.accept(new AuditLine.OfRevision(item.sk(), text(item, "body")));
    Packs.each(
        table, number, pack -> visit.accept(new AuditLine.OfPack(number, pack.sk(), body(pack))));
  }

  private static AuditLine checkpoint(Item item) {
    return new AuditLine.OfCheckpoint(
        item.sk(),
        new SignedCheckpoint(text(item, "body"), text(item, "key"), text(item, "signature")));
  }

  private static AuditLine activity(String day, Item item) {
    return new AuditLine.OfActivity(day, item.sk(), text(item, "body"), text(item, "hash"));
  }

  private static String body(Item pack) {
    try {
      return new String(Body.get(pack), UTF_8);
    } catch (IllegalArgumentException damaged) {
      return "";
    }
  }

  private static String text(Item item, String name) {
    try {
      return item.text(name);
    } catch (IllegalArgumentException lacking) {
      return "";
    }
  }

  /** A key that is no number is that of no revision: it is shown and found to be damaged. */
  private static long number(String key) {
    return key.matches("[0-9]{10}") ? Long.parseLong(key) : 0;
  }

  /** Passes lines on and ends them with their number. */
  private static final class Counted implements Consumer<AuditLine> {
    private final Consumer<AuditLine> visit;
    private long lines;

    Counted(Consumer<AuditLine> visit) {
      this.visit = visit;
    }

    @Override
    public void accept(AuditLine line) {
      visit.accept(line);
      lines++;
    }

    void end() {
      visit.accept(new AuditLine.End(lines));
    }
  }
}
