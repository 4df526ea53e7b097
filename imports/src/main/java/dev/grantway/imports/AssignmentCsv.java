package dev.grantway.imports;

import dev.grantway.policy.Assignment;
import java.io.Writer;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Assignments as a table, one row each: the columns {@code role,issuer,subject,client,group,until},
 * of which a row has one of {@code subject}, {@code client} and {@code group}.
 */
public final class AssignmentCsv {
  static final List<String> COLUMNS =
      List.of("role", "issuer", "subject", "client", "group", "until");
  static final List<String> REQUIRED = List.of("role", "issuer");

  private AssignmentCsv() {}

  /** Writes assignments by issuer, holder and role; importing them there changes nothing. */
  public static void write(Collection<Assignment> assignments, Writer out) {
    CsvText.write(
        out,
        COLUMNS,
        assignments.stream()
            .sorted(
                Comparator.comparing(Assignment::issuer)
                    .thenComparing(Assignment::kind)
                    .thenComparing(Assignment::value)
                    .thenComparing(Assignment::role))
            .map(AssignmentCsv::row));
  }

  private static List<String> row(Assignment it) {
    return List.of(
        it.role().value(),
        it.issuer(),
        of(it, Assignment.Kind.SUBJECT),
        of(it, Assignment.Kind.CLIENT),
        of(it, Assignment.Kind.GROUP),
        it.until().map(Object::toString).orElse(""));
  }

  private static String of(Assignment it, Assignment.Kind kind) {
    return it.kind() == kind ? it.value() : "";
  }
}
