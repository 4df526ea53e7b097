package dev.grantway.admin.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.admin.changes.World.TestClock;
import dev.grantway.admin.common.Trace;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** What a publish leaves to be done later is found in the log by the trace of the publish. */
class LaterConfigurationTest {
  @Test
  void whatIsDoneLaterIsOfTheTraceThatAskedForItOrOfItsOwn() throws Exception {
    var clock = new TestClock();
    var traces = new LinkedBlockingQueue<String>();
    try (var thread = Executors.newScheduledThreadPool(1)) {
      Later later = new LaterConfiguration().later(thread, clock);
      MDC.put("traceId", "a");
      later.at(clock.instant(), () -> traces.add(Trace.id().orElse("")));
      MDC.clear();
      assertThat(traces.poll(20, TimeUnit.SECONDS)).isEqualTo("a");
      later.at(clock.instant(), () -> traces.add(Trace.id().orElse("")));
      assertThat(traces.poll(20, TimeUnit.SECONDS)).matches("[0-9a-f]{32}");
    } finally {
      MDC.clear();
    }
  }
}
