package dev.grantway.authorizer;

import static dev.grantway.authorizer.HandlerWorld.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.authorizer.keys.SkippedKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines about key sets, with their metrics by issuer. */
class KeySetLogTest {
  private static final String METRICS = "/_aws/CloudWatchMetrics/0";

  private final List<String> log = new ArrayList<>();
  private final KeySetLog events = new KeySetLog("corp", new TestClock(), log::add);

  private void assertMetric(String name, String value) {
    var line = log.getLast();
    assertThat(text(line, METRICS + "/Metrics/0/Name")).isEqualTo(name);
    assertThat(text(line, "/" + name)).isEqualTo(value);
    assertThat(text(line, METRICS + "/Dimensions/0/0")).isEqualTo("issuer");
    assertThat(text(line, "/issuer")).isEqualTo("corp");
  }

  @Test
  void skippedKeysAreCountedWithTheirReasons() {
    events.skipped(
        List.of(
            new SkippedKey(0, "unknown type"),
            new SkippedKey(3, "private or symmetric"),
            new SkippedKey(4, "unknown type")));
    assertMetric("KeysSkipped", "3");
    assertThat(log.getLast()).contains("\"reasons\":[\"private or symmetric\",\"unknown type\"]");
  }

  @Test
  void failedFetchesAreCounted() {
    events.failed("status 503");
    assertMetric("KeySetFailures", "1");
    assertThat(text(log.getLast(), "/reason")).isEqualTo("status 503");
  }
}
