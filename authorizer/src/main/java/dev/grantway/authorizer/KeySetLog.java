package dev.grantway.authorizer;

import dev.grantway.authorizer.keys.KeySetEvents;
import dev.grantway.authorizer.keys.SkippedKey;
import dev.grantway.authorizer.telemetry.LogLine;
import dev.grantway.authorizer.telemetry.LogSink;
import dev.grantway.authorizer.telemetry.Metric;
import java.time.Clock;
import java.util.List;

/** One line for each fetch that failed and each new set with keys that cannot be used. */
record KeySetLog(String alias, Clock clock, LogSink log) implements KeySetEvents {
  @Override
  public void failed(String reason) {
    log.line(
        line("key-set-not-fetched")
            .put("reason", reason)
            .measure(Metric.KEY_SET_FAILURES, 1)
            .toJson());
  }

  @Override
  public void skipped(List<SkippedKey> keys) {
    log.line(
        line("keys-skipped")
            .put("count", keys.size())
            .put("reasons", keys.stream().map(SkippedKey::reason).distinct().sorted().toList())
            .measure(Metric.KEYS_SKIPPED, keys.size())
            .toJson());
  }

  private LogLine line(String event) {
    return new LogLine(event, clock.instant()).put("issuer", alias);
  }
}
