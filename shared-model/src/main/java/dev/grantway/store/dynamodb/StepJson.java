package dev.grantway.store.dynamodb;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.Change;
import dev.grantway.revision.DraftStep;
import dev.grantway.revision.JsonObject;
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
          }
          json.writeEndObject();
        });
  }

  static DraftStep read(JsonObject json) {
    Instant at = json.instant("at").orElseThrow(() -> new IllegalArgumentException("lacks `at`"));
    String by = json.text("by");
    String step = json.text("step");
    return switch (step) {
      case "edit" -> new DraftStep.Edit(at, by, json.text("label"), readChanges(json));
      case "undo" -> new DraftStep.Undo(at, by);
      case "redo" -> new DraftStep.Redo(at, by);
      case "rebase" ->
          new DraftStep.Rebase(
              at, by, json.number("base"), json.text("baseHash"), readChanges(json));
      default -> throw new IllegalArgumentException("step `" + step + "` is not known");
    };
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
