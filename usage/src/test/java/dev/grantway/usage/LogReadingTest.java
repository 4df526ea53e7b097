package dev.grantway.usage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.policy.RoleName;
import dev.grantway.store.UsageDay;
import dev.grantway.store.UsageRow;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LogReadingTest {
  private static final String DECISION =
      """
      {"at":"2026-11-20T10:00:00.5Z","event":"decision","kind":"REST_REQUEST","api":"a1b2c3d4e5",\
      "stage":"prod","method":"GET","route":"ANY /files/{path+}","issuer":"dev",\
      "who":"00112233445566aa","roles":["clerk","viewer"],"outcome":"answered","effect":"ALLOW",\
      "_aws":{"CloudWatchMetrics":[{"Namespace":"Grantway"}]}}
      """;

  private final LogReading log = new LogReading(plain -> "ffffffffffffffff");

  private static String access(String at, String route, String who, String response) {
    return """
        {"event":"access","at":"%s","api":"a1b2c3d4e5","stage":"prod","method":"POST",\
        "path":"%s","route":"-","status":"200","who":"%s","roles":"clerk","response":"%s"}
        """
        .formatted(at, route, who, response);
  }

  private void read(String text) {
    try {
      log.read(new ByteArrayInputStream(text.getBytes(UTF_8)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private UsageRow row() {
    return log.days("x").getFirst().rows().getFirst();
  }

  @Test
  void aDecisionLineIsACallOfTheMethodThatWasAsked() {
    read(DECISION);
    UsageDay day = log.days("lambda").getFirst();
    assertThat(day.kind()).isEqualTo(UsageDay.Kind.DECISIONS);
    assertThat(day.day()).isEqualTo(LocalDate.of(2026, 11, 20));
    assertThat(day.source()).isEqualTo("lambda");
    assertThat(row().route()).isEqualTo("GET /files/{path+}");
    assertThat(row().roles()).extracting(RoleName::value).containsExactly("clerk", "viewer");
    assertThat(row().callers()).containsExactly("00112233445566aa");
    assertThat(row().allowed()).isOne();
    assertThat(row().refused()).isZero();
  }

  @Test
  void accessLogsCountRefusalsOfPolicyDataAndNoOthers() {
    read(access("1763632800000", "/orders", "dev|alice", "-"));
    read(access("1763632801000", "/orders", "dev|alice", "ACCESS_DENIED"));
    read(access("1763632802000", "/orders", "dev|alice", "UNAUTHORIZED"));
    read(access("1763632803000", "/orders", "dev|alice", "AUTHORIZER_FAILURE"));
    assertThat(log.calls()).isEqualTo(2);
    assertThat(log.others()).isEqualTo(2);
    assertThat(row().route()).isEqualTo("POST /orders");
    assertThat(row().allowed()).isOne();
    assertThat(row().refused()).isOne();
    assertThat(row().last()).hasToString("2025-11-20T10:00:01Z");
    assertThat(row().callers()).as("no name is kept").containsExactly("ffffffffffffffff");
  }

  @Test
  void aWholePseudonymAndAShortOneAreTheSameCaller() {
    read(access("1763632800000", "/a", "ABEiM0RVZqq7zN3u_wAREiM0RVZqq7zN3u_wAREiM0Q", "-"));
    read(access("1763632800000", "/a", "00112233445566aa", "-"));
    assertThat(row().callers()).containsExactly("00112233445566aa");
  }

  @Test
  void theRouteKeyOfAnHttpApiNamesTheTemplate() {
    read(
        access("1763632800000", "-", "", "-")
            .replace("\"route\":\"-\"", "\"route\":\"ANY /v/{id}\""));
    assertThat(row().route()).isEqualTo("POST /v/{id}");
    assertThat(row().callers()).isEmpty();
  }

  @Test
  void whatIsNoCallIsCountedAsThat() {
    read("START RequestId: 1 Version: $LATEST\n");
    read("{\"event\":\"primed\",\"at\":\"2026-11-20T10:00:00Z\"}\n");
    read("{\"event\":\"decision\",\"outcome\":\"unauthorized\"}\n\n");
    read(DECISION.replace("\"api\":\"a1b2c3d4e5\",", ""));
    read(DECISION.replace("10:00:00.5Z", "noon"));
    read("{\"event\":\"access\",\"x\":\"" + "y".repeat(LogReading.MAX_LINE) + "\"}\n");
    assertThat(log.calls()).isZero();
    assertThat(log.others()).isEqualTo(2);
    assertThat(log.unreadable()).isEqualTo(4);
    assertThat(log.days("x")).isEmpty();
  }

  private Map<LocalDate, Long> unreadable() {
    return log.days("x").stream()
        .collect(Collectors.toMap(UsageDay::day, UsageDay::unreadable, (a, b) -> a));
  }

  @Test
  void whatCannotBeReadCountsOnTheDaysOfTheCallsAroundIt() {
    LocalDate day = LocalDate.of(2025, 11, 20);
    read("broken\n");
    read(access("1763632800000", "/orders", "", "-"));
    read("broken\n".repeat(99_999));
    read(access("1763632800000", "/orders", "", "-"));
    assertThat(unreadable()).isEqualTo(Map.of(day, 100_000L));
    read(access("1763719200000", "/orders", "", "-"));
    assertThat(unreadable()).isEqualTo(Map.of(day, 100_000L, day.plusDays(1), 0L));
    read("between two days\n");
    read(access("1763805600000", "/orders", "", "-"));
    assertThat(unreadable())
        .isEqualTo(Map.of(day, 100_000L, day.plusDays(1), 1L, day.plusDays(2), 1L));
  }

  @Test
  void aLogMayBeReadInAnyPortions() {
    var text = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      text.append(access("" + (1763632800000L + i * 600_000L), "/r" + i % 7, "c" + i, "-"));
    }
    var whole = new LogReading(plain -> "00000000000000" + plain.hashCode() % 10 + "a");
    var parts = new LogReading(plain -> "00000000000000" + plain.hashCode() % 10 + "a");
    byte[] bytes = (text + "{\"event\":").getBytes(UTF_8);
    long seed = System.nanoTime();
    System.out.println("LogReadingTest: seed " + seed);
    var random = new Random(seed);
    try {
      whole.read(new ByteArrayInputStream(bytes));
      for (int from = 0; from < bytes.length; ) {
        int count = Math.min(bytes.length - from, 1 + random.nextInt(900));
        parts.read(new ByteArrayInputStream(bytes, from, count));
        from += count;
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    assertThat(sorted(parts)).isEqualTo(sorted(whole));
    assertThat(parts.unreadable()).as("its last line is not there yet").isZero();
    parts.end();
    assertThat(parts.unreadable()).isOne();
  }

  private static List<UsageDay> sorted(LogReading log) {
    return log.days("x").stream()
        .sorted(Comparator.comparing(UsageDay::day))
        .map(
            it ->
                new UsageDay(
                    it.api(),
                    it.stage(),
                    it.day(),
                    it.source(),
                    it.kind(),
                    it.rows().stream().sorted(Comparator.comparing(UsageRow::route)).toList()))
        .toList();
  }

  @Test
  void callsOfAnotherTimeAreNoneOfALogOfATime() throws IOException {
    var day =
        new LogReading(
            plain -> "ffffffffffffffff",
            Instant.parse("2025-11-20T00:00:00Z"),
            Instant.parse("2025-11-21T00:00:00Z"));
    String all =
        access("1763596799999", "/before", "", "-")
            + access("1763596800000", "/first", "", "-")
            + access("1763683199999", "/last", "", "-")
            + access("1763683200000", "/after", "", "-");
    day.read(new ByteArrayInputStream(all.getBytes(UTF_8)));
    assertThat(day.calls()).isEqualTo(2);
    assertThat(day.others()).isEqualTo(2);
    assertThat(day.days("x")).hasSize(1);
    assertThat(day.days("x").getFirst().day()).isEqualTo(LocalDate.of(2025, 11, 20));
    assertThat(day.days("x").getFirst().rows())
        .extracting(UsageRow::route)
        .containsExactlyInAnyOrder("POST /first", "POST /last");
  }

  @Test
  void linesOfBothKindsInOneLogAreDaysOfTheirOwn() {
    read(access("1763632800000", "/orders", "", "-"));
    read(DECISION);
    assertThat(log.days("x")).hasSize(2);
    assertThat(log.days("x")).extracting(UsageDay::kind).doesNotHaveDuplicates();
  }

  @Test
  void aLineThatSaysSomethingTwiceIsNoCall() {
    String forged = "x\",\"roles\":\"admin\",\"y\":\"";
    read(access("1763632800000", "/orders", forged, "-"));
    read(access("1763632800000", "/orders", "x\"} {\"a\":\"", "-"));
    read(DECISION.replace("2026-11-20T10:00:00.5Z", "+1000000000-01-01T00:00:00Z"));
    assertThat(log.calls()).isZero();
    assertThat(log.unreadable()).isEqualTo(3);
  }

  @Test
  void aPlainNameInADecisionLineIsNotKeptEither() {
    read(DECISION.replace("00112233445566aa", "dev|alice"));
    read(access("1763632800000", "/orders", "", "INTEGRATION_FAILURE"));
    assertThat(log.calls()).isEqualTo(2);
    assertThat(log.days("x").stream().flatMap(it -> it.rows().stream()))
        .flatExtracting(UsageRow::callers)
        .containsExactly("ffffffffffffffff");
  }

  @Test
  void aStageThatNobodyCalledOnADayOfTheLogHasThatDayWithoutRows() {
    read(access("1763632800000", "/orders", "", "-"));
    read(access("1763719200000", "/orders", "", "-").replace("prod", "dev"));
    assertThat(log.days("x")).hasSize(4);
    assertThat(log.days("x").stream().filter(it -> it.rows().isEmpty())).hasSize(2);
  }
}
