package dev.grantway.admin.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
}
