package dev.grantway.authorizer.telemetry;

import dev.grantway.authorizer.json.JsonWriter;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One structured line: names in the order put, texts, whole numbers, flags and lists of texts. */
public final class LogLine {
  /** The value of one name. */
  private sealed interface Value {
    record Text(String text) implements Value {}

    record Whole(long number) implements Value {}

    record Flag(boolean flag) implements Value {}

    record Texts(Collection<String> texts) implements Value {}
  }

  private final Map<String, Value> values = new LinkedHashMap<>(64);
  private final EmbeddedMetrics metrics;
  private @Nullable Phase phase;
  private long phaseBegan;

  /** A line about that event, at that instant. */
  public LogLine(String event, Instant at) {
    metrics = new EmbeddedMetrics(at);
    put("at", text(at));
    put("event", event);
  }

  /** As {@link Instant#toString} writes it, at a quarter of the cost. */
  private static String text(Instant at) {
    var time = LocalDateTime.ofEpochSecond(at.getEpochSecond(), at.getNano(), ZoneOffset.UTC);
    return time.getSecond() == 0 && at.getNano() == 0 ? time + ":00Z" : time + "Z";
  }

  /** An empty text is left out. */
  public LogLine put(String name, String text) {
    if (!text.isEmpty()) {
      values.put(name, new Value.Text(text));
    }
    return this;
  }

  public LogLine put(String name, long number) {
    values.put(name, new Value.Whole(number));
    return this;
  }

  public LogLine put(String name, boolean flag) {
    values.put(name, new Value.Flag(flag));
    return this;
  }

  public LogLine put(String name, Collection<String> texts) {
    values.put(name, new Value.Texts(texts));
    return this;
  }

  /** A value that CloudWatch makes a metric of; a count of nothing is left out. */
  public LogLine measure(Metric metric, long value) {
    if (value != 0 || !metric.isCount()) {
      metrics.add(metric);
      put(metric.word(), value);
    }
    return this;
  }

  /** Marks the line as one that a person should look at. */
  public LogLine alarm() {
    return put("alarm", true).measure(Metric.ALARMS, 1);
  }

  /** Ends the phase before. */
  public LogLine begin(Phase next) {
    end();
    phase = next;
    return this;
  }

  /** Ends the last phase. */
  public LogLine end() {
    long now = System.nanoTime();
    if (phase != null) {
      put(phase.member(), (now - phaseBegan) / 1_000);
    }
    phase = null;
    phaseBegan = now;
    return this;
  }

  /** ASCII, so that nothing in it can break a line. */
  public String toJson() {
    var json = JsonWriter.ascii().beginObject();
    for (Map.Entry<String, Value> entry : values.entrySet()) {
      json.name(entry.getKey());
      switch (entry.getValue()) {
        case Value.Text(var text) -> json.text(text);
        case Value.Whole(var number) -> json.whole(number);
        case Value.Flag(var flag) -> json.flag(flag);
        case Value.Texts(var texts) -> json.texts(texts);
      }
    }
    metrics.write(json, values.keySet());
    return json.endObject().toString();
  }
}
