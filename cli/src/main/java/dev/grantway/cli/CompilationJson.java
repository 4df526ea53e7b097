package dev.grantway.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.compile.Compilation;
import java.io.IOException;
import java.util.List;

/** What stands in place of a document that there is not (CONTRACT). */
final class CompilationJson {
  private CompilationJson() {}

  static String of(Compilation.NotRepresentable not) {
    return AnswerJson.object(
        json -> {
          json.writeStringField("result", "NotRepresentable");
          json.writeArrayFieldStart("conflicts");
          for (Compilation.Conflict conflict : not.conflicts()) {
            json.writeStartObject();
            json.writeStringField("route", conflict.route());
            json.writeStringField("with", conflict.with());
            json.writeStringField("path", conflict.path());
            json.writeEndObject();
          }
          json.writeEndArray();
          writeLost(json, not.lost());
        });
  }

  static String of(Compilation.TooLarge large) {
    return AnswerJson.object(
        json -> {
          json.writeStringField("result", "TooLarge");
          json.writeNumberField("bytes", large.bytes());
          json.writeNumberField("limit", large.limit());
          writeLost(json, large.lost());
        });
  }

  /** What the authorizer's document would not allow although it is granted (COMP-03). */
  private static void writeLost(JsonGenerator json, List<String> lost) throws IOException {
    json.writeArrayFieldStart("lost");
    for (String each : lost) {
      json.writeString(each);
    }
    json.writeEndArray();
  }
}
