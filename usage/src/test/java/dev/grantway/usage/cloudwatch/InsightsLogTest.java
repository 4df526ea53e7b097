package dev.grantway.usage.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Log groups behind the protocol itself: every record once, or an error that says why not. */
class InsightsLogTest {
  private static final Instant DAY = Instant.parse("2026-11-20T00:00:00Z");
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "AWS_REGION", "eu-central-1", "AWS_ACCESS_KEY_ID", "AKID", "AWS_SECRET_ACCESS_KEY", "s");

  private final FakeInsights aws = new FakeInsights();
  private final List<String> lines = new ArrayList<>();
  private Duration waited = Duration.ZERO;

  @AfterEach
  void close() {
    aws.close();
  }

  private InsightsLog.Whole read(Instant since, Instant until) {
    try (InsightsLog log =
        InsightsLog.at(aws.url(), ENVIRONMENT, time -> waited = waited.plus(time))) {
      return log.read("/aws/orders", since, until, lines::add);
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private InsightsLog.Whole readDay() {
    return read(DAY, DAY.plus(Duration.ofDays(1)));
  }

  /** Quiet hours, busy ones, and more than a query's records within a minute. */
  @Test
  void everyRecordIsReadOnceInItsOrderWhateverAWindowsEndMeans() {
    long seed = Long.getLong("grantway.seed", new Random().nextLong());
    System.out.println("insights, seed " + seed);
    var random = new Random(seed);
    for (int i = 0; i < 26_000; i++) {
      aws.log(DAY.plusMillis(random.nextLong(7_200_000)), "busy " + i);
    }
    for (int i = 0; i < 24_000; i++) {
      aws.log(DAY.plus(Duration.ofHours(9)).plusMillis(random.nextLong(60_000)), "burst " + i);
    }
    for (int i = 0; i < 500; i++) {
      aws.log(DAY.plusMillis(random.nextLong(86_400_000)), "all day " + i);
    }
    aws.log(DAY.minusMillis(1), "before");
    aws.log(DAY.plus(Duration.ofDays(1)), "after");
    Collections.shuffle(aws.events, random);
    List<String> expected =
        aws.events.stream()
            .filter(it -> !it.message().equals("before") && !it.message().equals("after"))
            .map(FakeInsights.Event::message)
            .sorted()
            .toList();
    for (boolean wholeSeconds : List.of(true, false)) {
      aws.wholeSeconds = wholeSeconds;
      aws.windows.clear();
      lines.clear();
      InsightsLog.Whole whole = readDay();
      assertThat(lines.stream().sorted().toList())
          .as("seed %s, whole seconds %s", seed, wholeSeconds)
          .isEqualTo(expected);
      assertThat(whole.records()).isEqualTo(expected.size());
      assertThat(whole.queries()).isEqualTo(aws.windows.size()).isBetween(8, 60);
      assertThat(whole.bytes()).isEqualTo(1000L * whole.queries());
    }
    assertThat(aws.signatures.getFirst())
        .startsWith("Logs_20140328.StartQuery application/x-amz-json-1.1 AWS4-HMAC-SHA256")
        .contains("Credential=AKID/", "/eu-central-1/logs/aws4_request");
  }

  @Test
  void theOldestComesFirst() {
    for (int i = 0; i < 100; i++) {
      aws.log(DAY.plusSeconds(86_399 - 600L * i), "r" + i);
    }
    readDay();
    assertThat(lines).hasSize(100).startsWith("r99", "r98").endsWith("r1", "r0");
  }

  @Test
  void twoSecondsThatNoQueryHoldsAreSaidAndNothingIsTakenForWhole() {
    for (int i = 0; i < Query.MOST; i++) {
      aws.log(DAY.plusSeconds(4711).plusMillis(i % 1000), "r" + i);
    }
    assertThatThrownBy(this::readDay)
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining(
            "has 10000 records or more in the two seconds from 2026-11-20T01:18:3")
        .hasMessageContaining("nothing was taken");
  }

  @Test
  void moreThanIsHandedOverIsSaid() {
    aws.log(DAY, "r");
    aws.matchedBeyond = 2;
    assertThatThrownBy(this::readDay)
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("counts 3 records in `/aws/orders` from 2026-11-20T00:00:00Z to")
        .hasMessageContaining("and handed over 1");
  }

  @Test
  void aRecordOfAnotherTimeIsSaid() {
    aws.astray = new FakeInsights.Event("p", DAY.plusSeconds(7_200), "r");
    assertThatThrownBy(this::readDay)
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("handed over a record of 2026-11-20T02:00:00Z where `/aws/orders`");
  }

  @Test
  void aQueryIsWaitedForAndHowItEndsIsSaid() {
    aws.log(DAY, "r");
    aws.states.addAll(List.of("Scheduled", "Running", "Running"));
    assertThat(readDay().records()).isEqualTo(1);
    assertThat(waited).isEqualTo(Duration.ofMillis(250 + 500 + 1000));
    for (String end : List.of("Failed", "Cancelled", "Timeout", "Unknown", "Odd")) {
      aws.states.clear();
      aws.end = end;
      assertThatThrownBy(this::readDay)
          .as(end)
          .isInstanceOf(StoreException.Unavailable.class)
          .hasMessageContaining(" as " + end + ": ask again");
    }
    assertThat(aws.stopped).isEmpty();
    aws.end = "Running";
    assertThatThrownBy(this::readDay)
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("for 15 minutes, and is told to stop it");
    assertThat(aws.stopped).hasSize(1);
  }

  @Test
  void aQueryThatIsNotWaitedForIsStoppedAndWhyIsSaid() {
    for (boolean unstoppable : List.of(false, true)) {
      aws.unstoppable = unstoppable;
      aws.stopped.clear();
      aws.resultErrors.add("AccessDeniedException");
      assertThatThrownBy(this::readDay)
          .as("unstoppable: %s", unstoppable)
          .isInstanceOf(StoreException.Unavailable.class)
          .hasMessageContaining("refused (AccessDeniedException)");
      assertThat(aws.stopped).hasSize(1);
    }
    aws.unstoppable = false;
    aws.stopped.clear();
    aws.states.add("Running");
    try (InsightsLog log =
        InsightsLog.at(
            aws.url(),
            ENVIRONMENT,
            time -> {
              throw new InterruptedException();
            })) {
      assertThatThrownBy(
              () -> log.read("/aws/orders", DAY, DAY.plus(Duration.ofDays(1)), lines::add))
          .isInstanceOf(StoreException.Unavailable.class)
          .hasMessageContaining("was not waited for");
      assertThat(Thread.interrupted()).as("whoever waits is told").isTrue();
    }
    assertThat(aws.stopped).hasSize(1);
  }

  @Test
  void whatIsThrottledIsAskedAgainAndOtherQueriesAreWaitedFor() {
    aws.log(DAY, "r");
    aws.errors.addAll(List.of("ThrottlingException", "ThrottlingException"));
    assertThat(readDay().records()).isEqualTo(1);
    aws.errors.addAll(Collections.nCopies(5, "LimitExceededException"));
    assertThat(readDay().records()).isEqualTo(1);
    assertThat(waited).isEqualTo(Duration.ofSeconds(10));
    aws.errors.addAll(Collections.nCopies(60, "LimitExceededException"));
    assertThatThrownBy(this::readDay)
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("runs as many queries in this account as it may");
  }

  @Test
  void whatIsRefusedSaysWhatToDo() {
    refused("ResourceNotFoundException", IllegalArgumentException.class, "there is no log group");
    refused(
        "MalformedQueryException",
        IllegalArgumentException.class,
        "that it keeps its logs so long");
    refused(
        "AccessDeniedException",
        StoreException.Unavailable.class,
        "refused (AccessDeniedException): see that these credentials may do logs:StartQuery");
    assertThatThrownBy(() -> read(DAY, DAY)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> read(DAY.plusMillis(1), DAY.plusSeconds(5)))
        .hasMessageContaining("in whole seconds");
    aws.close();
    assertThatThrownBy(this::readDay)
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("does not answer");
  }

  private void refused(String error, Class<? extends Exception> as, String why) {
    aws.errors.add(error);
    assertThatThrownBy(this::readDay).as(error).isInstanceOf(as).hasMessageContaining(why);
  }
}
