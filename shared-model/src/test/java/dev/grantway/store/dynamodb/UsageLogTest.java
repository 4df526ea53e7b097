package dev.grantway.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.policy.ApiId;
import dev.grantway.policy.Policy;
import dev.grantway.policy.RoleName;
import dev.grantway.store.InMemoryPolicy;
import dev.grantway.store.UsageDay;
import dev.grantway.store.UsageLog;
import dev.grantway.store.UsageRow;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Days of calls in the table and in memory behave alike. */
class UsageLogTest {
  static final LocalDate DAY = LocalDate.of(2026, 11, 20);
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final ApiId API = new ApiId("a1b2c3d4e5");

  private final LocalTable table = new LocalTable();
  private final TestClock clock = new TestClock();

  @AfterEach
  void close() {
    table.close();
  }

  private List<UsageLog> both() {
    return List.of(table.repository(clock).usage(), InMemoryPolicy.of(Policy.EMPTY, clock).usage());
  }

  static UsageDay day(LocalDate day, String source, int rows) {
    return new UsageDay(
        API,
        "prod",
        day,
        source,
        UsageDay.Kind.ACCESS,
        IntStream.range(0, rows).mapToObj(UsageLogTest::row).toList());
  }

  private static UsageRow row(int n) {
    return new UsageRow(
        "GET /r" + n + "/{id}",
        n % 3 == 0
            ? new TreeSet<>()
            : new TreeSet<>(Set.of(new RoleName("clerk"), new RoleName("r" + n))),
        n,
        2L * n,
        NOON,
        n % 2 == 0 ? new TreeSet<>() : new TreeSet<>(Set.of("0123456789abcdef")),
        n % 5 == 0);
  }

  @Test
  void whatCouldNotBeReadIsKeptWithTheDay() {
    UsageDay whole = day(DAY, "a.jsonl", 1);
    var broken =
        new UsageDay(
            API, "prod", DAY, "a.jsonl", UsageDay.Kind.ACCESS, whole.rows(), 99_999_999_999L);
    for (UsageLog log : both()) {
      log.put(whole);
      log.put(broken);
      assertThat(log.days(API, "prod", DAY, DAY)).containsExactly(broken);
      log.put(whole);
      assertThat(log.days(API, "prod", DAY, DAY)).containsExactly(whole);
    }
  }

  @Test
  void whatIsPutIsThereByDayAndSource() {
    for (UsageLog log : both()) {
      log.put(day(DAY, "a.jsonl", 1_000));
      log.put(day(DAY, "b.jsonl", 1));
      log.put(day(DAY.plusDays(1), "a.jsonl", 0));
      log.put(day(DAY.plusDays(2), "a.jsonl", 3));
      assertThat(log.days(API, "prod", DAY, DAY.plusDays(1)))
          .containsExactly(
              day(DAY, "a.jsonl", 1_000),
              day(DAY, "b.jsonl", 1),
              day(DAY.plusDays(1), "a.jsonl", 0));
      assertThat(log.days(API, "dev", DAY, DAY.plusDays(1))).isEmpty();
      assertThat(log.days(API, "prod", DAY.plusDays(2), DAY.plusDays(9))).hasSize(1);
    }
  }

  @Test
  void whatASourceSaysAnewTakesThePlaceOfWhatItSaidBefore() {
    for (UsageLog log : both()) {
      log.put(day(DAY, "a.jsonl", 400));
      log.put(day(DAY, "a.jsonl", 7));
      assertThat(log.days(API, "prod", DAY, DAY)).containsExactly(day(DAY, "a.jsonl", 7));
    }
    assertThat(table.everything().stream().filter(it -> it.pk().startsWith("USE#")))
        .as("parts of before are gone")
        .hasSize(2);
  }

  /** Two apps that read the same folder put the same at the same time. */
  @Test
  void twoWhoPutAtTheSameTimeLeaveADayThatIsWhole() throws Exception {
    for (int round = 0; round < 10; round++) {
      int rows = 200 + round;
      try (var threads = Executors.newFixedThreadPool(4)) {
        var puts =
            IntStream.range(0, 4)
                .mapToObj(
                    i ->
                        threads.submit(
                            () -> table.repository(clock).usage().put(day(DAY, "a.jsonl", rows))))
                .toList();
        for (var put : puts) {
          put.get();
        }
      }
      assertThat(table.repository(clock).usage().days(API, "prod", DAY, DAY))
          .containsExactly(day(DAY, "a.jsonl", rows));
    }
  }

  @Test
  void bothKindsOfOneLogAreKept() {
    for (UsageLog log : both()) {
      UsageDay access = day(DAY, "a.jsonl", 2);
      var decisions =
          new UsageDay(API, "prod", DAY, "a.jsonl", UsageDay.Kind.DECISIONS, List.of(row(5)));
      log.put(access);
      log.put(decisions);
      assertThat(log.days(API, "prod", DAY, DAY)).containsExactlyInAnyOrder(access, decisions);
    }
  }

  @Test
  void aNameThatKeysCannotHoldIsRefused() {
    assertThatThrownBy(() -> day(DAY, "a#b", 0)).hasMessageContaining("without `#`");
    assertThatThrownBy(() -> day(DAY, "", 0)).hasMessageContaining("1 to 100");
  }
}
