package dev.grantway.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.analysis.Grant;
import dev.grantway.analysis.GrantDiff;
import dev.grantway.policy.PermissionId;
import dev.grantway.revision.Change;
import dev.grantway.revision.RevisionJson;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Changes of rows, and what roles gain and lose by them, as commands tell it. */
record PlanText(List<Change> changes, List<GrantDiff.Line> grants) {

  /** {@code +}, {@code ~} or {@code -} and the key of the row. */
  static String line(Change change) {
    String sign = change.before().isEmpty() ? "+" : change.after().isEmpty() ? "-" : "~";
    return sign + " " + change.key().text();
  }

  /** One line for each row, then one for each grant. */
  Stream<String> lines() {
    return Stream.concat(changes.stream().map(PlanText::line), grants.stream().map(PlanText::line));
  }

  private static String line(GrantDiff.Line line) {
    Grant grant = line.grant();
    return word(line.kind())
        + " "
        + grant.role()
        + " "
        + grant.route().text(grant.action())
        + " ("
        + line.api()
        + "/"
        + line.stage()
        + ")"
        + (grant.conditional() ? " on conditions" : "")
        + (grant.by().isEmpty()
            ? ""
            : ", by "
                + grant.by().stream().map(PermissionId::value).collect(Collectors.joining(" ")));
  }

  private static String word(GrantDiff.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** {@code 2 changes; 3 grants gained, 0 lost, 1 changed}. */
  String summary() {
    return Counted.of(changes.size(), "change")
        + "; "
        + Counted.of(count(GrantDiff.Kind.GAINED), "grant")
        + " gained, "
        + count(GrantDiff.Kind.LOST)
        + " lost, "
        + count(GrantDiff.Kind.CHANGED)
        + " changed";
  }

  private long count(GrantDiff.Kind kind) {
    return grants.stream().filter(line -> line.kind() == kind).count();
  }

  /** The members {@code changes}, as the REST API has them, and {@code gained} and so on. */
  void write(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("changes");
    for (Change change : changes) {
      RevisionJson.writeChange(json, change, 0);
    }
    json.writeEndArray();
    for (GrantDiff.Kind kind : GrantDiff.Kind.values()) {
      json.writeArrayFieldStart(word(kind));
      for (GrantDiff.Line line : grants) {
        if (line.kind() == kind) {
          write(json, line);
        }
      }
      json.writeEndArray();
    }
  }

  private static void write(JsonGenerator json, GrantDiff.Line line) throws IOException {
    Grant grant = line.grant();
    json.writeStartObject();
    json.writeStringField("api", line.api());
    json.writeStringField("stage", line.stage());
    json.writeStringField("role", grant.role().value());
    json.writeStringField("method", grant.action().name());
    json.writeStringField("route", grant.route().template().toString());
    json.writeBooleanField("conditional", grant.conditional());
    json.writeArrayFieldStart("by");
    for (PermissionId id : grant.by()) {
      json.writeString(id.value());
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
