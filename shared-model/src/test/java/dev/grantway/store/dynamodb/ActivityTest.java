package dev.grantway.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.audit.ActivityEntry;
import dev.grantway.audit.ActivityJson;
import dev.grantway.audit.ActivityKind;
import dev.grantway.audit.ActivityRecord;
import dev.grantway.audit.Tip;
import dev.grantway.revision.Revision;
import dev.grantway.store.ActivityLog;
import dev.grantway.store.InMemoryActivity;
import dev.grantway.store.Page;
import dev.grantway.store.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** The activity log in the table and in memory behave alike, and no chain ever forks. */
class ActivityTest {
  private final LocalTable table = new LocalTable();
  private final TestClock clock = new TestClock();

  @AfterEach
  void close() {
    table.close();
  }

  private List<ActivityLog> both() {
    return List.of(
        new DynamoActivity(table.client, table.name, clock), new InMemoryActivity(clock));
  }

  static ActivityEntry entry(String subject) {
    return ActivityEntry.clipped("ana", ActivityKind.EXPORT, subject, Map.of("rows", "7"));
  }

  @Test
  void recordsAreNumberedTimedAndLinked() {
    for (ActivityLog log : both()) {
      ActivityRecord first = log.append(entry("a"));
      clock.move(Duration.ofSeconds(-30));
      ActivityRecord second = log.append(entry("b"));
      assertThat(first.seq()).isEqualTo(1);
      assertThat(first.previousHash()).isEqualTo(Revision.NO_HASH);
      assertThat(second.seq()).isEqualTo(2);
      assertThat(second.previousHash()).isEqualTo(first.hash());
      assertThat(second.at()).as("also when the clock goes back").isAfter(first.at());
      assertThat(second.writer()).isEqualTo(first.writer());
      assertThat(ActivityJson.read(ActivityJson.write(second))).isEqualTo(second);
      assertThat(log.tips(first.at()))
          .containsExactly(Map.entry(first.writer(), new Tip(2, second.hash())));
      assertThat(log.tips(second.at().plusMillis(1))).isEmpty();
    }
  }

  @Test
  void daysAndPagesRunBackwards() {
    for (ActivityLog log : both()) {
      var texts = new ArrayList<String>();
      for (int i = 0; i < 5; i++) {
        log.append(entry("first day " + i));
      }
      clock.move(Duration.ofDays(3));
      log.append(entry("later"));
      clock.move(Duration.ofDays(-3));
      assertThat(log.days())
          .containsExactly(LocalDate.parse("2026-11-26"), LocalDate.parse("2026-11-23"));
      String after = "";
      do {
        Page<ActivityRecord> page = log.records(LocalDate.parse("2026-11-23"), after, 2);
        page.items().forEach(it -> texts.add(it.entry().subject()));
        after = page.next().orElse("");
      } while (!after.isEmpty());
      assertThat(texts)
          .containsExactly(
              "first day 4", "first day 3", "first day 2", "first day 1", "first day 0");
    }
  }

  /** The same table; while told to, a put arrives or not, and its answer is lost. */
  private DynamoDbClient flaky(AtomicBoolean fails, AtomicBoolean arrives) {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            DynamoDbClient.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (proxy, method, arguments) -> {
              try {
                boolean put =
                    arguments != null
                        && arguments[0] instanceof PutItemRequest request
                        && new Item(request.item()).pk().startsWith("ACT#");
                if (put && fails.get()) {
                  if (arrives.get()) {
                    method.invoke(table.client, arguments);
                  }
                  throw SdkClientException.create("connection reset");
                }
                return method.invoke(table.client, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void aRecordWhoseFateIsUnknownKeepsItsPlaceInTheChain() {
    for (boolean arrived : List.of(true, false)) {
      var fails = new AtomicBoolean();
      var log = new DynamoActivity(flaky(fails, new AtomicBoolean(arrived)), table.name, clock);
      ActivityRecord first = log.append(entry("first"));
      fails.set(true);
      assertThatThrownBy(() -> log.append(entry("lost")))
          .isInstanceOf(StoreException.Unavailable.class);
      fails.set(false);
      clock.move(Duration.ofSeconds(5));
      ActivityRecord third = log.append(entry("third"));
      assertThat(third.seq()).isEqualTo(3);
      List<ActivityRecord> chain =
          log.records(log.days().getFirst(), "", 100).items().reversed().stream()
              .filter(it -> it.writer().equals(first.writer()))
              .toList();
      assertThat(chain)
          .extracting(it -> it.entry().subject())
          .containsExactly("first", "lost", "third");
      assertThat(chain.get(2).previousHash()).isEqualTo(chain.get(1).hash());
    }
  }

  @Test
  void nothingIsEverOverwritten() {
    var log = new DynamoActivity(table.client, table.name, clock);
    ActivityRecord first = log.append(entry("a"));
    var next =
        new ActivityRecord(
            first.writer(), 2, first.at().plusMillis(1), entry("forged"), first.hash());
    table.put(DynamoActivity.item(next));
    assertThatThrownBy(() -> log.append(entry("b")))
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("holds another record");
    assertThat(log.records(log.days().getFirst(), "", 10).items())
        .extracting(it -> it.entry().subject())
        .containsExactly("forged", "a");
  }

  @Test
  void anAppendCostsOneWriteUnitOrTwo() {
    var log = new DynamoActivity(table.client, table.name, clock);
    log.append(entry("the day is listed too"));
    table.calls();
    log.append(entry("b"));
    assertThat(table.calls()).containsExactly(new LocalTable.Call("put", 1.0));
  }

  @Test
  void longTextsAreCutAndKeepWholeCharacters() {
    String text = "x".repeat(998) + "\uD83D\uDE00" + "more";
    ActivityEntry entry =
        ActivityEntry.clipped("ana", ActivityKind.EXPORT, "\uD83D", Map.of("why", text));
    assertThat(entry.details()).containsEntry("why", "x".repeat(998) + "…");
    assertThat(entry.subject()).isEqualTo("?");
  }
}
