package dev.grantway.authorizer.telemetry;

import dev.grantway.authorizer.json.JsonWriter;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The {@code _aws} member by which CloudWatch takes metrics out of a line (Embedded Metric Format):
 * it names the members that hold values and those that tell series apart.
 */
final class EmbeddedMetrics {
  private static final List<List<String>> DIMENSIONS =
      List.of(List.of("api", "stage"), List.of("issuer"));

  private final Instant at;
  private final Set<Metric> metrics = EnumSet.noneOf(Metric.class);

  EmbeddedMetrics(Instant at) {
    this.at = at;
  }

  void add(Metric metric) {
    metrics.add(metric);
  }

  /** Nothing where nothing is measured. */
  void write(JsonWriter json, Set<String> members) {
    if (metrics.isEmpty()) {
      return;
    }
    json.name("_aws").beginObject();
    json.name("Timestamp").whole(at.toEpochMilli());
    json.name("CloudWatchMetrics").beginArray().beginObject();
    json.name("Namespace").text(Metric.NAMESPACE);
    json.name("Dimensions").beginArray().texts(dimensions(members)).endArray();
    json.name("Metrics").beginArray();
    for (Metric metric : metrics) {
      json.beginObject();
      json.name("Name").text(metric.word()).name("Unit").text(metric.unit());
      json.endObject();
    }
    json.endArray().endObject().endArray().endObject();
  }

  /** The first set that the line has all members of; a line about no API has none. */
  private static List<String> dimensions(Set<String> members) {
    for (var names : DIMENSIONS) {
      if (members.containsAll(names)) {
        return names;
      }
    }
    return List.of();
  }
}
