package dev.grantway.authorizer.telemetry;

/** What is counted and measured; the names are stable, since alarms are set on them. */
public enum Metric {
  ALLOWED("Allowed"),
  DENIED("Denied"),
  UNAUTHORIZED("Unauthorized"),
  FAILED("Failed"),
  /** Answered from what was held while the table could not say that it is live. */
  STALE("Stale"),
  /** How long ago the table last said that the revision decided by is live. */
  HEAD_AGE("HeadAge", "Milliseconds"),
  /** A bug, or a document that was wider than the decision: a person should look. */
  ALARMS("Alarms"),
  /** A document that holds less than what is granted (COMP-03). */
  NARROWED("Narrowed"),
  /** What would have been refused, and was allowed while observing. */
  WOULD_REFUSE("WouldRefuse"),
  KEYS_SKIPPED("KeysSkipped"),
  KEY_SET_FAILURES("KeySetFailures"),
  HEARTBEAT_FAILURES("HeartbeatFailures"),
  LATENCY("Latency", "Microseconds");

  /** The namespace that CloudWatch shows them in. */
  public static final String NAMESPACE = "Grantway";

  private static final String COUNT = "Count";

  private final String word;
  private final String unit;

  Metric(String word) {
    this(word, COUNT);
  }

  Metric(String word, String unit) {
    this.word = word;
    this.unit = unit;
  }

  /** As CloudWatch shows it, and as the member of the line that holds the value. */
  public String word() {
    return word;
  }

  /** Whether it counts: then nothing of it is no value. */
  public boolean isCount() {
    return unit.equals(COUNT);
  }

  /** A unit of CloudWatch. */
  public String unit() {
    return unit;
  }
}
