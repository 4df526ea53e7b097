package dev.grantway.authorizer.telemetry;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The {@code _aws} member by which CloudWatch takes metrics out of a line (Embedded Metric Format):
 * it names the members that hold values and those that tell series apart.
 */
final class EmbeddedMetrics {
  private static final String NAMESPACE = "Grantway";
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
  void write(JsonGenerator json, Set<String> members) throws IOException {
    if (metrics.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("_aws");
    json.writeNumberField("Timestamp", at.toEpochMilli());
    json.writeArrayFieldStart("CloudWatchMetrics");
    json.writeStartObject();
    json.writeStringField("Namespace", NAMESPACE);
    json.writeArrayFieldStart("Dimensions");
    json.writeStartArray();
    for (String name : dimensions(members)) {
      json.writeString(name);
    }
    json.writeEndArray();
    json.writeEndArray();
    json.writeArrayFieldStart("Metrics");
    for (Metric metric : metrics) {
      json.writeStartObject();
      json.writeStringField("Name", metric.word());
      json.writeStringField("Unit", metric.unit());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
  }

  /** The first set that the line has all members of; a line about no API has none. */
  private static List<String> dimensions(Set<String> members) {
    return DIMENSIONS.stream().filter(members::containsAll).findFirst().orElse(List.of());
  }
}
