package dev.grantway.audit;

import dev.grantway.revision.CanonicalJson;
import java.util.List;

/**
 * What a verification found.
 *
 * @param faults in the order in which records were read: the first names the first bad record; no
 *     more than 1,000
 * @param facts what was read, for people
 * @param unproved what could not be seen, and what would show it
 */
public record AuditReport(
    long revisions,
    long changes,
    long activities,
    long writers,
    long checkpoints,
    List<Fault> faults,
    List<String> facts,
    List<String> unproved) {

  public AuditReport {
    faults = List.copyOf(faults);
    facts = List.copyOf(facts);
    unproved = List.copyOf(unproved);
  }

  public boolean isGood() {
    return faults.isEmpty();
  }

  /**
   * One JSON object: {@code result} ({@code good} or {@code bad}), {@code faults} ({@code record},
   * {@code why}), the counts, {@code facts} and {@code unproved}.
   */
  public byte[] write() {
    return CanonicalJson.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("result", isGood() ? "good" : "bad");
          json.writeArrayFieldStart("faults");
          for (Fault fault : faults) {
            json.writeStartObject();
            json.writeStringField("record", fault.record());
            json.writeStringField("why", fault.why());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeNumberField("revisions", revisions);
          json.writeNumberField("changes", changes);
          json.writeNumberField("activities", activities);
          json.writeNumberField("writers", writers);
          json.writeNumberField("checkpoints", checkpoints);
          CanonicalJson.texts(json, "facts", facts);
          CanonicalJson.texts(json, "unproved", unproved);
          json.writeEndObject();
        });
  }
}
