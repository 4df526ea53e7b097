package dev.grantway.cli;

import dev.grantway.compile.Compilation;

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
        });
  }

  static String of(Compilation.TooLarge large) {
    return AnswerJson.object(
        json -> {
          json.writeStringField("result", "TooLarge");
          json.writeNumberField("bytes", large.bytes());
          json.writeNumberField("limit", large.limit());
        });
  }
}
