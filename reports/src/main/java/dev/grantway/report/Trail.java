package dev.grantway.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.audit.ActivityKind;
import dev.grantway.audit.ActivityRecord;
import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.LoggedChange;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.Revision;
import dev.grantway.revision.RowJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What of the audit trail is exported as a table, a row for each record in its order. */
public enum Trail {
  /** What was published, by whom, with whose approval and why. */
  REVISIONS,
  /** What each revision changed, before and after. */
  CHANGES,
  /** What was decided about drafts: approved, rejected, published, with and without approvals. */
  APPROVALS,
  /** The whole activity log. */
  ACTIVITY,
  /** What became of every line of the access reviews that are closed. */
  REVIEWS;

  private static final Set<ActivityKind> DECISIONS =
      Set.of(
          ActivityKind.APPROVED,
          ActivityKind.APPROVAL_WITHDRAWN,
          ActivityKind.DRAFT_REJECTED,
          ActivityKind.BREAK_GLASS,
          ActivityKind.PUBLISHED);

  static final TableOf<Revision> REVISION_TABLE =
      new TableOf<>(
          "Revisions",
          List.of(
              number("revision", Revision::number),
              text("at", 26, Trail::published),
              text("operator", 22, Revision::operator),
              texts("approvers", 30, Revision::approvers),
              text("reason", 48, Revision::reason),
              text("draft", 24, Revision::draft),
              number("changes", Revision::changes),
              text("break_glass", 12, Trail::breakGlass),
              number("base", Revision::base),
              text("previous_hash", 66, Revision::previousHash),
              text("hash", 66, Revision::hash)),
          it -> "revision " + it.number());

  static final TableOf<Changed> CHANGE_TABLE =
      new TableOf<>(
          "Changes",
          List.of(
              number("revision", Changed::revision),
              text("at", 26, Changed::at),
              text("operator", 22, Changed::operator),
              text("change", 10, Changed::kind),
              text("row", 48, Changed::key),
              row("before", Changed::before),
              row("after", Changed::after),
              number("before_since", Changed::beforeSince)),
          it -> "row `" + it.key() + "` of revision " + it.revision());

  static final TableOf<ActivityRecord> ACTIVITY_TABLE =
      new TableOf<>(
          "Activity",
          List.of(
              text("at", 26, Trail::recorded),
              text("operator", 22, Trail::operator),
              text("kind", 20, Trail::kind),
              text("subject", 40, Trail::subject),
              details(),
              text("writer", 18, ActivityRecord::writer),
              number("seq", ActivityRecord::seq),
              text("hash", 66, ActivityRecord::hash)),
          it -> "activity " + it.writer() + " " + it.seq());

  /** A change with the record of the revision that made it. */
  record Changed(Revision by, LoggedChange change) {
    long revision() {
      return by.number();
    }

    String at() {
      return by.at().toString();
    }

    String operator() {
      return by.operator();
    }

    String kind() {
      if (before().isEmpty()) {
        return "added";
      }
      return after().isEmpty() ? "removed" : "changed";
    }

    String key() {
      return change.change().key().text();
    }

    Optional<PolicyRow> before() {
      return change.change().before();
    }

    Optional<PolicyRow> after() {
      return change.change().after();
    }

    long beforeSince() {
      return change.beforeSince();
    }
  }

  private static String published(Revision it) {
    return it.at().toString();
  }

  private static String breakGlass(Revision it) {
    return Boolean.toString(it.breakGlass());
  }

  private static String recorded(ActivityRecord it) {
    return it.at().toString();
  }

  private static String operator(ActivityRecord it) {
    return it.entry().operator();
  }

  private static String kind(ActivityRecord it) {
    return it.entry().kind().code();
  }

  private static String subject(ActivityRecord it) {
    return it.entry().subject();
  }

  /** What commands call it: {@code revisions}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean takes(ActivityRecord record) {
    return this == ACTIVITY || this == APPROVALS && DECISIONS.contains(record.entry().kind());
  }

  private record Plain<T>(
      String header, int width, boolean isNumber, Function<T, String> cell, Json<T> value)
      implements Column<T> {
    @Override
    public String text(T row) {
      return cell.apply(row);
    }

    @Override
    public void json(JsonGenerator json, T row) throws IOException {
      value.write(json, row);
    }
  }

  private interface Json<T> {
    void write(JsonGenerator json, T row) throws IOException;
  }

  static <T> Column<T> text(String header, int width, Function<T, String> cell) {
    return new Plain<>(
        header, width, false, cell, (json, row) -> json.writeString(cell.apply(row)));
  }

  static <T> Column<T> number(String header, Function<T, Long> cell) {
    return new Plain<>(
        header,
        10,
        true,
        row -> Long.toString(cell.apply(row)),
        (json, row) -> json.writeNumber(cell.apply(row)));
  }

  static <T> Column<T> texts(String header, int width, Function<T, List<String>> cell) {
    return new Plain<>(
        header,
        width,
        false,
        row -> String.join("\n", cell.apply(row)),
        (json, row) -> {
          json.writeStartArray();
          for (String text : cell.apply(row)) {
            json.writeString(text);
          }
          json.writeEndArray();
        });
  }

  /** A row of policy data as it is stored, in canonical JSON; empty where there is none. */
  private static <T> Column<T> row(String header, Function<T, Optional<PolicyRow>> cell) {
    return new Plain<>(
        header,
        60,
        false,
        row -> cell.apply(row).map(Trail::canonical).orElse(""),
        (json, row) -> {
          Optional<PolicyRow> value = cell.apply(row);
          if (value.isPresent()) {
            RowJson.write(json, value.get());
          } else {
            json.writeNull();
          }
        });
  }

  private static String canonical(PolicyRow row) {
    return new String(
        CanonicalJson.write(json -> RowJson.write(json, row)), StandardCharsets.UTF_8);
  }

  private static Column<ActivityRecord> details() {
    return new Plain<>(
        "details",
        60,
        false,
        it ->
            it.entry().details().entrySet().stream()
                .map(detail -> detail.getKey() + ": " + detail.getValue())
                .collect(Collectors.joining("\n")),
        (json, it) -> {
          json.writeStartObject();
          for (Map.Entry<String, String> detail : it.entry().details().entrySet()) {
            json.writeStringField(detail.getKey(), detail.getValue());
          }
          json.writeEndObject();
        });
  }
}
