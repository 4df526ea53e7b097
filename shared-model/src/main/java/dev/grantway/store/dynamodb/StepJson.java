package dev.grantway.store.dynamodb;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.Change;
import dev.grantway.revision.DraftStep;
import dev.grantway.revision.JsonObject;
import dev.grantway.revision.Reviewed;
import dev.grantway.revision.RevisionJson;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Steps of drafts in canonical form. */
final class StepJson {
  private StepJson() {}

  static byte[] write(DraftStep step) {
    return CanonicalJson.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("at", step.at().toString());
          json.writeStringField("by", step.by());
          switch (step) {
            case DraftStep.Edit edit -> {
              json.writeStringField("step", "edit");
              json.writeStringField("label", edit.label());
              writeChanges(json, edit.changes());
            }
            case DraftStep.Undo undo -> json.writeStringField("step", "undo");
            case DraftStep.Redo redo -> json.writeStringField("step", "redo");
            case DraftStep.Rebase rebase -> {
              json.writeStringField("step", "rebase");
              json.writeNumberField("base", rebase.base());
              json.writeStringField("baseHash", rebase.baseHash());
              writeChanges(json, rebase.changes());
            }
            case DraftStep.Comment comment -> {
              json.writeStringField("step", "comment");
              json.writeStringField("text", comment.text());
            }
            case DraftStep.Approve approve -> {
              json.writeStringField("step", "approve");
              writeSeen(json, approve.seen());
            }
            case DraftStep.Reject reject -> {
              json.writeStringField("step", "reject");
              json.writeStringField("text", reject.comment());
              writeSeen(json, reject.seen());
            }
            case DraftStep.Schedule schedule -> {
              json.writeStringField("step", "schedule");
              json.writeStringField("when", schedule.when().toString());
              json.writeStringField("reason", schedule.reason());
              writeSeen(json, schedule.seen());
            }
            case DraftStep.Unschedule unschedule -> {
              json.writeStringField("step", "unschedule");
              json.writeStringField("text", unschedule.why());
            }
          }
          json.writeEndObject();
        });
  }

  static DraftStep read(JsonObject json) {
    Instant at = json.requiredInstant("at");
    String by = json.text("by");
    String step = json.text("step");
    return switch (step) {
      case "edit" -> new DraftStep.Edit(at, by, json.text("label"), readChanges(json));
      case "undo" -> new DraftStep.Undo(at, by);
      case "redo" -> new DraftStep.Redo(at, by);
      case "rebase" ->
          new DraftStep.Rebase(
              at, by, json.number("base"), json.text("baseHash"), readChanges(json));
      case "comment" -> new DraftStep.Comment(at, by, json.text("text"));
      case "approve" -> new DraftStep.Approve(at, by, readSeen(json));
      case "reject" -> new DraftStep.Reject(at, by, json.text("text"), readSeen(json));
      case "schedule" ->
          new DraftStep.Schedule(
              at, by, json.requiredInstant("when"), json.text("reason"), readSeen(json));
      case "unschedule" -> new DraftStep.Unschedule(at, by, json.text("text"));
      default -> throw new IllegalArgumentException("step `" + step + "` is not known");
    };
  }

  private static void writeSeen(JsonGenerator json, Reviewed seen) throws IOException {
    json.writeStringField("seenChanges", seen.changes());
    json.writeStringField("seenEffect", seen.effect());
  }

  private static Reviewed readSeen(JsonObject json) {
    return new Reviewed(json.text("seenChanges"), json.text("seenEffect"));
  }

  private static void writeChanges(JsonGenerator json, List<Change> changes) throws IOException {
    json.writeArrayFieldStart("changes");
    for (Change change : changes) {
      RevisionJson.writeChange(json, change, 0);
    }
    json.writeEndArray();
  }

  private static List<Change> readChanges(JsonObject json) {
    return json.objects("changes", change -> RevisionJson.readChange(change, 0).change());
  }
}
