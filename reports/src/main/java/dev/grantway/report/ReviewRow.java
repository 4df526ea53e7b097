package dev.grantway.report;

import dev.grantway.policy.Assignment;
import dev.grantway.policy.Permission;
import dev.grantway.resource.Action;
import dev.grantway.review.LineAnswer;
import dev.grantway.review.Outcome;
import dev.grantway.review.ReportLine;
import dev.grantway.review.ReviewJson;
import dev.grantway.review.ReviewLine;
import dev.grantway.revision.PolicyRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** One line of an access review, of which review it is, and what became of it. */
record ReviewRow(ReportLine.Begin of, ReportLine.Of report) {
  static final TableOf<ReviewRow> TABLE =
      new TableOf<>(
          "Access reviews",
          List.of(
              Trail.text("review", 38, it -> it.of().campaign().id()),
              Trail.text("name", 30, it -> it.of().campaign().name()),
              Trail.number("revision", it -> it.of().campaign().revision()),
              Trail.text("closed_by", 22, it -> it.of().closing().by()),
              Trail.text("closed_at", 26, it -> it.of().closing().at().toString()),
              Trail.number("line", it -> (long) it.line().number()),
              Trail.text(
                  "kind", 12, it -> it.permission().isPresent() ? "permission" : "assignment"),
              Trail.text("role", 22, it -> it.line().role().value()),
              Trail.text("permission", 22, it -> it.ofPermission(of -> of.id().value())),
              Trail.text("effect", 8, it -> it.ofPermission(of -> of.effect().name())),
              Trail.text("api", 14, it -> it.ofPermission(of -> of.api().value())),
              Trail.text("stage", 10, it -> it.ofPermission(of -> of.stage().text())),
              Trail.texts("methods", 14, ReviewRow::methods),
              Trail.text("resource", 36, it -> it.ofPermission(of -> of.resource().toString())),
              Trail.text("issuer", 14, it -> it.ofAssignment(Assignment::issuer)),
              Trail.text("given_to", 10, it -> it.ofAssignment(of -> ReviewJson.code(of.kind()))),
              Trail.text("principal", 30, it -> it.ofAssignment(Assignment::value)),
              Trail.number("since_revision", it -> it.line().since()),
              Trail.texts("granted_by", 22, it -> List.copyOf(it.line().grantedBy())),
              Trail.text(
                  "granted_at", 26, it -> it.line().grantedAt().map(Instant::toString).orElse("")),
              Trail.text(
                  "last_use", 26, it -> it.line().use().last().map(Instant::toString).orElse("")),
              Trail.number("calls", it -> it.line().use().calls()),
              Trail.number("days", it -> (long) it.line().use().days()),
              Trail.number("days_logged", it -> (long) it.line().use().told()),
              Trail.texts(
                  "flags", 26, it -> it.line().flags().stream().map(ReviewJson::code).toList()),
              Trail.text("answer", 10, ReviewRow::answered),
              Trail.text("reviewer", 22, it -> it.said(LineAnswer::by)),
              Trail.text("answered_at", 26, it -> it.said(of -> of.at().toString())),
              Trail.text("seconds", 10, ReviewRow::seconds),
              Trail.text("together", 10, ReviewRow::together),
              Trail.text("comment", 40, it -> it.said(LineAnswer::comment)),
              Trail.text("defaulted", 10, it -> Boolean.toString(it.report().isDefaulted())),
              Trail.text("outcome", 14, it -> ReviewJson.code(it.report().outcome())),
              Trail.text("draft", 38, ReviewRow::draft),
              Trail.text("use_of", 10, it -> ReviewJson.code(it.line().use().of())),
              Trail.text("every_call", 10, it -> Boolean.toString(it.line().use().everyCall()))),
          it -> "line " + it.line().number() + " of access review " + it.of().campaign().id());

  private ReviewLine line() {
    return report.line();
  }

  private Optional<Permission> permission() {
    return line().row() instanceof PolicyRow.OfPermission(var permission)
        ? Optional.of(permission)
        : Optional.empty();
  }

  private String ofPermission(Function<Permission, String> cell) {
    return permission().map(cell).orElse("");
  }

  private String ofAssignment(Function<Assignment, String> cell) {
    return line().row() instanceof PolicyRow.OfAssignment(var assignment)
        ? cell.apply(assignment)
        : "";
  }

  private List<String> methods() {
    return permission().stream()
        .flatMap(it -> it.actions().stream())
        .map(Action::name)
        .sorted()
        .toList();
  }

  private String said(Function<LineAnswer, String> cell) {
    return Optional.ofNullable(report.answerOrNull()).map(cell).orElse("");
  }

  private String answered() {
    return said(it -> it.answer().map(ReviewJson::code).orElse(""));
  }

  /** How long it was looked at, with milliseconds. */
  private String seconds() {
    return said(
        it ->
            it.taken()
                .map(Duration::toMillis)
                .map(ms -> String.format(Locale.ROOT, "%d.%03d", ms / 1000, ms % 1000))
                .orElse(""));
  }

  private String together() {
    return said(it -> it.together() == 0 ? "" : Integer.toString(it.together()));
  }

  private String draft() {
    return report.outcome() == Outcome.REVOKED ? of.closing().draft() : "";
  }
}
