package dev.grantway.audit;

import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Records of the activity log in canonical form. */
public final class ActivityJson {
  private ActivityJson() {}

  public static byte[] write(ActivityRecord record) {
    ActivityEntry entry = record.entry();
    return CanonicalJson.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("writer", record.writer());
          json.writeNumberField("seq", record.seq());
          json.writeStringField("at", record.at().toString());
          json.writeStringField("operator", entry.operator());
          json.writeStringField("kind", entry.kind().code());
          json.writeStringField("subject", entry.subject());
          json.writeObjectFieldStart("details");
          for (Map.Entry<String, String> detail : entry.details().entrySet()) {
            json.writeStringField(detail.getKey(), detail.getValue());
          }
          json.writeEndObject();
          json.writeStringField("previous", record.previousHash());
          json.writeEndObject();
        });
  }

  /** Reads what {@link #write} wrote; anything else is an {@link IllegalArgumentException}. */
  public static ActivityRecord read(byte[] bytes) {
    return CanonicalJson.read(bytes)
        .as(
            json ->
                new ActivityRecord(
                    json.text("writer"),
                    json.number("seq"),
                    at(json),
                    new ActivityEntry(
                        json.text("operator"),
                        ActivityKind.of(json.text("kind")),
                        json.text("subject"),
                        details(json.object("details"))),
                    json.text("previous")));
  }

  private static SortedMap<String, String> details(Optional<JsonObject> object) {
    var details = new TreeMap<String, String>();
    object.ifPresent(json -> json.names().forEach(name -> details.put(name, json.text(name))));
    return details;
  }

  static Instant at(JsonObject json) {
    return json.requiredInstant("at");
  }
}
