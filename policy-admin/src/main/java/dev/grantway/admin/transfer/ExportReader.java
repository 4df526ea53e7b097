package dev.grantway.admin.transfer;

import dev.grantway.admin.common.FormProblems;
import dev.grantway.admin.common.Moment;
import dev.grantway.admin.transfer.ExportInput.Field;
import dev.grantway.policy.RoleName;
import dev.grantway.report.GrantFilter;
import dev.grantway.store.StoreException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads what is typed to ask for an export. */
final class ExportReader {
  private final ExportInput input;
  private final FormProblems<Field> problems;

  ExportReader(ExportInput input, FormProblems<Field> problems) {
    this.input = input;
    this.problems = problems;
  }

  Optional<ExportKind> kind() {
    Optional<ExportKind> kind = ExportKind.named(input.kind());
    return kind.isPresent()
        ? kind
        : problems.refuse(
            Field.KIND,
            "problem.export.kind",
            input.kind(),
            Arrays.stream(ExportKind.values())
                .map(ExportKind::text)
                .collect(Collectors.joining(", ")));
  }

  Optional<ExportFormat> format() {
    Optional<ExportFormat> format = ExportFormat.named(input.format());
    return format.isPresent()
        ? format
        : problems.refuse(
            Field.FORMAT,
            "problem.export.format",
            input.format(),
            Arrays.stream(ExportFormat.values())
                .map(ExportFormat::text)
                .collect(Collectors.joining(", ")));
  }

  /** Whether nothing is asked that a trail does not have; what is is said at its field. */
  boolean isWholeTrail(ExportKind kind, ExportFormat format) {
    if (!kind.takes(format)) {
      problems.refuse(Field.FORMAT, "problem.export.table", format.text());
    }
    whole(Field.API, input.api());
    whole(Field.STAGE, input.stage());
    whole(Field.ROLES, input.roles());
    whole(Field.ROUTE, input.route());
    whole(Field.TAGS, input.tags());
    whole(Field.OWNER, input.owner());
    whole(Field.METHODS, input.methods());
    whole(Field.EFFECT, input.effect());
    whole(Field.AS_OF, input.asOf());
    whole(Field.AT, input.at());
    return problems.isEmpty();
  }

  private void whole(Field field, String text) {
    if (!text.isBlank()) {
      problems.refuse(field, "problem.export.whole");
    }
  }

  Optional<Moment> moment() {
    return problems.model(Field.AS_OF, () -> Moment.parse(input.asOf().strip()));
  }

  /**
   * At which instant grants are judged.
   *
   * @param now where nobody says
   */
  Optional<Instant> at(Moment moment, Instant now) {
    if (input.at().isBlank()) {
      return Optional.of(moment instanceof Moment.OfInstant(Instant instant) ? instant : now);
    }
    Optional<Instant> said = problems.instant(Field.AT, input.at());
    try {
      said.ifPresent(it -> StoreException.NotYet.check(it, now));
      return said;
    } catch (StoreException.NotYet ahead) {
      return problems.say(Field.AT, String.valueOf(ahead.getMessage()));
    }
  }

  Optional<GrantFilter> filter(GrantFilter.By rowsBy) {
    Optional<List<RoleName>> roles =
        problems.model(Field.ROLES, () -> list(input.roles()).stream().map(RoleName::new).toList());
    return roles
        .flatMap(
            names ->
                problems.model(
                    Field.ROUTE,
                    () ->
                        new GrantFilter(
                                input.api().strip(),
                                input.stage().strip(),
                                names,
                                input.route().strip())
                            .by(rowsBy)))
        .flatMap(it -> problems.model(Field.TAGS, () -> it.tagged(list(input.tags()))))
        .flatMap(it -> problems.model(Field.OWNER, () -> it.ownedBy(input.owner().strip())))
        .flatMap(it -> problems.model(Field.METHODS, () -> it.calledBy(list(input.methods()))))
        .flatMap(it -> problems.model(Field.EFFECT, () -> it.having(list(input.effect()))));
  }

  private static List<String> list(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).filter(it -> !it.isEmpty()).toList();
  }
}
