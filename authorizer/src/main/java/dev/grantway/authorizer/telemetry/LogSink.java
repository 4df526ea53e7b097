package dev.grantway.authorizer.telemetry;

/** Takes finished log lines, one JSON object each, without a line end. */
@FunctionalInterface
public interface LogSink {
  /** Must not throw. */
  void line(String json);
}
