package dev.grantway.admin.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class TraceTest {
  private final List<Optional<String>> seen = new ArrayList<>();

  @AfterEach
  void forget() {
    MDC.clear();
  }

  @Test
  void workOnAnotherThreadIsOfTheTraceThatHandedItOnAndLeavesNoneBehind() throws Exception {
    MDC.put("traceId", "a");
    Runnable carried = Trace.carried(() -> seen.add(Trace.id()));
    MDC.clear();
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  carried.run();
                  seen.add(Trace.id());
                });
    thread.join();
    assertThat(seen).containsExactly(Optional.of("a"), Optional.empty());
  }

  @Test
  void theThreadThatRunsItKeepsItsOwnAfterwards() {
    MDC.put("traceId", "a");
    Runnable carried = Trace.carried(() -> seen.add(Trace.id()));
    MDC.put("traceId", "b");
    carried.run();
    assertThat(seen).containsExactly(Optional.of("a"));
    assertThat(Trace.id()).contains("b");
  }

  @Test
  void workThatBeginsByItselfIsOfAnotherTraceEachTime() {
    Runnable begun = Trace.begun(() -> seen.add(Trace.id()));
    begun.run();
    begun.run();
    assertThat(Trace.id()).isEmpty();
    assertThat(seen).hasSize(2).doesNotHaveDuplicates();
    assertThat(seen).allSatisfy(it -> assertThat(it.orElse("")).matches("[0-9a-f]{32}"));
  }

  @Test
  void workThatFollowsIsOfTheTraceThatBeganItOrOfItsOwn() {
    Runnable own = Trace.followed(() -> seen.add(Trace.id()));
    MDC.put("traceId", "a");
    Runnable followed = Trace.followed(() -> seen.add(Trace.id()));
    MDC.clear();
    followed.run();
    own.run();
    assertThat(seen.getFirst()).contains("a");
    assertThat(seen.getLast().orElse("")).matches("[0-9a-f]{32}");
  }

  @Test
  void aCallToSomebodyElseSaysOfWhichTraceItIs() {
    assertThat(Trace.parent()).as("outside traces").isEmpty();
    MDC.put("traceId", "4bf92f3577b34da6a3ce929d0e0e4736");
    String one = Trace.parent().orElse("");
    assertThat(one).matches("00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-00");
    assertThat(Trace.parent()).as("each is a span of its own").isNotEqualTo(Optional.of(one));
    MDC.put("traceId", "a\nb");
    assertThat(Trace.parent()).isEmpty();
  }

  @Test
  void everyRoundIsOfATraceOfItsOwn() throws Exception {
    var rounds = new LinkedBlockingQueue<String>();
    try (var thread = Executors.newSingleThreadScheduledExecutor()) {
      Rounds.of(
          () -> rounds.add(Trace.id().orElse("")), thread, Duration.ZERO, Duration.ofMillis(1));
      String first = rounds.poll(20, TimeUnit.SECONDS);
      String second = rounds.poll(20, TimeUnit.SECONDS);
      thread.shutdownNow();
      assertThat(first).matches("[0-9a-f]{32}");
      assertThat(second).matches("[0-9a-f]{32}").isNotEqualTo(first);
    }
  }
}
