package dev.grantway.imports;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.policyfile.Finding;
import dev.grantway.policyfile.Position;
import dev.grantway.revision.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a dry run has to say, as commands and the REST API say it: at most {@value #MOST} rows that
 * are not unchanged, and how many more there are.
 *
 * @param counts how many rows have each outcome, and how many errors there are
 * @param objections why the changes could not be published, by the store's checks
 */
public record Telling(
    Map<String, Integer> counts,
    List<Line> rows,
    List<Problem> problems,
    List<Lost> orphans,
    List<String> objections) {
  public static final int MOST = 1_000;
  private static final String ERRORS = "error";

  public Telling {
    counts = Map.copyOf(counts);
    rows = List.copyOf(rows);
    problems = List.copyOf(problems);
    orphans = List.copyOf(orphans);
    objections = List.copyOf(objections);
  }

  /**
   * One row.
   *
   * @param line 0 where the source says nothing of it, as column
   */
  public record Line(String outcome, String what, String name, int line, int column, String note) {}

  /** An error or a warning. */
  public record Problem(
      boolean error, String file, int line, int column, String code, String message, String next) {
    /** {@code FILE:LINE:COL: error CODE message; next step}. */
    public String text() {
      return "%s:%d:%d: %s %s %s; %s"
          .formatted(file, line, column, error ? "error" : "warning", code, message, next);
    }
  }

  /** A permission that is about no route that is served. */
  public record Lost(String permission, String role, String api, String resource, boolean now) {}

  public static Telling of(DryRun run, List<String> objections) {
    var counts = new LinkedHashMap<String, Integer>();
    run.counts().forEach((outcome, count) -> counts.put(outcome.text(), count));
    counts.put(ERRORS, Math.toIntExact(run.findings().stream().filter(Finding::isError).count()));
    return new Telling(
        counts,
        run.rows().stream()
            .filter(it -> it.outcome() != ImportRow.Outcome.UNCHANGED)
            .limit(MOST)
            .map(Telling::line)
            .toList(),
        run.findings().stream().map(Telling::problem).toList(),
        run.orphans().stream().limit(MOST).map(Telling::lost).toList(),
        objections);
  }

  private static Line line(ImportRow row) {
    Optional<Position> at = row.at();
    return new Line(
        row.outcome().text(),
        row.what().text(),
        row.name(),
        at.map(Position::line).orElse(0),
        at.map(Position::column).orElse(0),
        row.note());
  }

  private static Problem problem(Finding it) {
    return new Problem(
        it.isError(),
        it.file(),
        it.at().line(),
        it.at().column(),
        it.code().text(),
        it.message(),
        it.next());
  }

  private static Lost lost(Orphan it) {
    return new Lost(
        it.permission().id().value(),
        it.permission().role().value(),
        it.api(),
        it.permission().resource().toString(),
        it.now());
  }

  public int count(ImportRow.Outcome outcome) {
    return counts.getOrDefault(outcome.text(), 0);
  }

  public boolean isRefused() {
    return counts.getOrDefault(ERRORS, 0) > 0;
  }

  /** How many rows say that something is to be otherwise. */
  public int changing() {
    return count(ImportRow.Outcome.NEW)
        + count(ImportRow.Outcome.CHANGED)
        + count(ImportRow.Outcome.GONE);
  }

  /** How many rows that are not unchanged are not listed. */
  public int more() {
    return changing() - rows.size();
  }

  /** {@code 2 new, 1 changed, 0 gone, 40 unchanged, 0 errors}. */
  public String summary() {
    int errors = counts.getOrDefault(ERRORS, 0);
    return count(ImportRow.Outcome.NEW)
        + " new, "
        + count(ImportRow.Outcome.CHANGED)
        + " changed, "
        + count(ImportRow.Outcome.GONE)
        + " gone, "
        + count(ImportRow.Outcome.UNCHANGED)
        + " unchanged, "
        + errors
        + (errors == 1 ? " error" : " errors");
  }

  /** As commands print it, the summary last. */
  public List<String> lines() {
    var lines = new ArrayList<String>();
    problems.forEach(it -> lines.add(it.text()));
    rows.forEach(
        it ->
            lines.add(
                it.outcome()
                    + " "
                    + it.what()
                    + " "
                    + it.name()
                    + (it.line() > 0 ? " (" + it.line() + ":" + it.column() + ")" : "")
                    + (it.note().isEmpty() ? "" : ": " + it.note())));
    if (more() > 0) {
      lines.add("and " + more() + " more");
    }
    orphans.forEach(
        it ->
            lines.add(
                "orphan permission "
                    + it.permission()
                    + " of role "
                    + it.role()
                    + ": "
                    + it.resource()
                    + " of "
                    + it.api()
                    + " reaches only routes that are gone"
                    + (it.now() ? "" : ", as before")));
    objections.forEach(it -> lines.add("objection: " + it));
    lines.add(summary());
    return lines;
  }

  /** The members of a JSON object. */
  public void write(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("counts");
    for (ImportRow.Outcome outcome : ImportRow.Outcome.values()) {
      json.writeNumberField(outcome.text(), count(outcome));
    }
    json.writeNumberField(ERRORS, counts.getOrDefault(ERRORS, 0));
    json.writeEndObject();
    json.writeArrayFieldStart("rows");
    for (Line it : rows) {
      json.writeStartObject();
      json.writeStringField("outcome", it.outcome());
      json.writeStringField("what", it.what());
      json.writeStringField("name", it.name());
      json.writeNumberField("line", it.line());
      json.writeNumberField("column", it.column());
      json.writeStringField("note", it.note());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("more", more());
    json.writeArrayFieldStart("findings");
    for (Problem it : problems) {
      json.writeStartObject();
      json.writeStringField("file", it.file());
      json.writeNumberField("line", it.line());
      json.writeNumberField("column", it.column());
      json.writeStringField("severity", it.error() ? "error" : "warning");
      json.writeStringField("code", it.code());
      json.writeStringField("message", it.message());
      json.writeStringField("next", it.next());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("orphans");
    for (Lost it : orphans) {
      json.writeStartObject();
      json.writeStringField("permission", it.permission());
      json.writeStringField("role", it.role());
      json.writeStringField("api", it.api());
      json.writeStringField("resource", it.resource());
      json.writeBooleanField("now", it.now());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("objections");
    for (String it : objections) {
      json.writeString(it);
    }
    json.writeEndArray();
  }

  /** What {@link #write} wrote. */
  public static Telling read(JsonObject json) {
    var counts = new LinkedHashMap<String, Integer>();
    JsonObject counted =
        json.object("counts")
            .orElseThrow(() -> new IllegalArgumentException("member `counts` is missing"));
    for (ImportRow.Outcome outcome : ImportRow.Outcome.values()) {
      counts.put(outcome.text(), Math.toIntExact(counted.number(outcome.text())));
    }
    counts.put(ERRORS, Math.toIntExact(counted.number(ERRORS)));
    return new Telling(
        counts,
        json.objects(
            "rows",
            it ->
                new Line(
                    it.text("outcome"),
                    it.text("what"),
                    it.text("name"),
                    Math.toIntExact(it.number("line")),
                    Math.toIntExact(it.number("column")),
                    it.text("note"))),
        json.objects(
            "findings",
            it ->
                new Problem(
                    it.text("severity").equals("error"),
                    it.text("file"),
                    Math.toIntExact(it.number("line")),
                    Math.toIntExact(it.number("column")),
                    it.text("code"),
                    it.text("message"),
                    it.text("next"))),
        json.objects(
            "orphans",
            it ->
                new Lost(
                    it.text("permission"),
                    it.text("role"),
                    it.text("api"),
                    it.text("resource"),
                    it.flag("now"))),
        json.texts("objections"));
  }
}
