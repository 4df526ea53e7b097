package dev.grantway.imports;

import dev.grantway.analysis.Severity;
import dev.grantway.imports.ImportRow.Outcome;
import dev.grantway.imports.ImportRow.What;
import dev.grantway.policyfile.Cell;
import dev.grantway.policyfile.FindingCode;
import dev.grantway.policyfile.Findings;
import dev.grantway.policyfile.Position;
import dev.grantway.store.Membership;
import dev.grantway.store.MembershipList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A table of who is in which group, with the columns {@code issuer,subject,group}. It is always
 * whole: what it lacks is gone. A row that is there twice counts once, with a warning.
 */
final class MembershipImport {
  static final List<String> COLUMNS = List.of("issuer", "subject", "group");
  static final int MOST_CHARACTERS = 8_000_000;
  private static final String SOME = "x";

  private final ImportOrder order;
  private final LastList last;
  private final Findings findings;
  private final Map<Membership, Position> read = new LinkedHashMap<>();

  /** The first row that says again what another says. */
  private @Nullable Position repeated;

  private int repeats;

  MembershipImport(ImportOrder order, LastList last, Findings findings) {
    this.order = order;
    this.last = last;
    this.findings = findings;
  }

  DryRun dryRun(String text) {
    if (text.length() > MOST_CHARACTERS) {
      tooBig(Position.START, "there are more than " + MOST_CHARACTERS + " characters");
      return DryRun.refused(order, findings.sorted());
    }
    CsvTable.read(text, COLUMNS, COLUMNS, findings, this::take);
    sayRepeated();
    if (findings.hasErrors()) {
      return DryRun.refused(order, findings.sorted());
    }
    if (last.isDamaged()) {
      findings.add(
          Severity.WARNING,
          Position.START,
          ImportCode.LIST_DAMAGED,
          "the last list is damaged and cannot be compared: every row is shown as new",
          "take a whole list, which mends answers from now on");
    }
    return new DryRun(
        order,
        compared(),
        findings.sorted(),
        List.of(),
        List.of(),
        new NewList(List.copyOf(read.keySet()), last.atOrNull()));
  }

  private void tooBig(Position at, String message) {
    findings.add(
        Severity.ERROR,
        at,
        ImportCode.IMPORT_TOO_BIG,
        message,
        "leave out groups that no role is assigned to");
  }

  private boolean take(CsvTable.Row row) {
    Optional<Membership> membership = membership(row);
    if (membership.isPresent() && read.putIfAbsent(membership.get(), row.at()) != null) {
      repeated = repeated == null ? row.at() : repeated;
      repeats++;
    } else if (read.size() > MembershipList.MOST_ROWS) {
      tooBig(row.at(), "there are more than " + MembershipList.MOST_ROWS + " rows");
      return false;
    }
    return true;
  }

  private void sayRepeated() {
    if (repeated != null) {
      findings.add(
          Severity.WARNING,
          repeated,
          ImportCode.REPEATED_ROW,
          repeats == 1
              ? "one row says again what another says"
              : repeats + " rows say again what others say",
          "each counts once");
    }
  }

  /** Of a wrong row the first cell that is wrong is said. */
  private Optional<Membership> membership(CsvTable.Row row) {
    return fits(row, "issuer", it -> new Membership(it, SOME, SOME))
            && fits(row, "subject", it -> new Membership(SOME, it, SOME))
            && fits(row, "group", it -> new Membership(SOME, SOME, it))
        ? Optional.of(new Membership(text(row, "issuer"), text(row, "subject"), text(row, "group")))
        : Optional.empty();
  }

  private static String text(CsvTable.Row row, String column) {
    return row.cell(column).text();
  }

  /** Says at the cell what is wrong with it. */
  private boolean fits(CsvTable.Row row, String column, Function<String, Membership> with) {
    Cell cell = row.cell(column);
    if (cell.text().isEmpty()) {
      findings.error(
          cell.at(),
          FindingCode.MISSING_KEY,
          "the row has no " + column,
          "write an issuer, a subject and a group");
      return false;
    }
    return findings
        .guard(cell.at(), FindingCode.BAD_VALUE, "correct it", () -> with.apply(cell.text()))
        .isPresent();
  }

  /** What the file says in its order, then what it lacks in that of the last list. */
  private List<ImportRow> compared() {
    Set<Membership> left =
        new LinkedHashSet<>(
            last.listOrNull() == null ? List.<Membership>of() : last.listOrNull().rows());
    var rows = new ArrayList<ImportRow>();
    read.forEach(
        (it, at) -> rows.add(row(left.remove(it) ? Outcome.UNCHANGED : Outcome.NEW, it, at)));
    left.forEach(it -> rows.add(row(Outcome.GONE, it, null)));
    return rows;
  }

  private static ImportRow row(Outcome outcome, Membership it, @Nullable Position at) {
    String name = it.issuer() + " subject " + it.subject() + " in group " + it.group();
    return new ImportRow(What.MEMBERSHIP, outcome, name, at, "");
  }
}
