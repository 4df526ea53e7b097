package dev.grantway.imports;

import dev.grantway.imports.ImportRow.Outcome;
import dev.grantway.imports.ImportRow.What;
import dev.grantway.policy.Assignment;
import dev.grantway.policyfile.Findings;
import dev.grantway.policyfile.Position;
import dev.grantway.policyfile.RowReader;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.RowKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table of assignments; those that it lacks stay, unless it is complete. */
final class AssignmentImport {
  private final ImportOrder order;
  private final ImportBase base;
  private final Findings findings;
  private final List<ImportRow> rows = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();

  AssignmentImport(ImportOrder order, ImportBase base, Findings findings) {
    this.order = order;
    this.base = base;
    this.findings = findings;
  }

  private record Placed(Assignment assignment, Position at) {}

  DryRun dryRun(String text) {
    var reader = new RowReader(findings, List.of(), base.roles());
    var read = new ArrayList<Placed>();
    CsvTable.read(
        text,
        AssignmentCsv.REQUIRED,
        AssignmentCsv.COLUMNS,
        findings,
        row -> {
          reader
              .assignment(row.at(), row.cells())
              .ifPresent(it -> read.add(new Placed(it, row.at())));
          return true;
        });
    if (findings.hasErrors()) {
      return DryRun.refused(order, findings.sorted());
    }
    Map<RowKey, PolicyRow.OfAssignment> left = new TreeMap<>();
    base.view().assignments().stream()
        .map(PolicyRow.OfAssignment::new)
        .forEach(it -> left.put(it.key(), it));
    for (Placed it : read) {
      var after = new PolicyRow.OfAssignment(it.assignment());
      compare(it.at(), left.remove(after.key()), after);
    }
    if (order.complete()) {
      Set<String> issuers =
          read.stream().map(it -> it.assignment().issuer()).collect(Collectors.toSet());
      left.values().stream()
          .filter(it -> issuers.contains(it.assignment().issuer()))
          .forEach(this::gone);
    }
    changes.sort(Comparator.naturalOrder());
    return new DryRun(order, rows, findings.sorted(), changes, List.of());
  }

  private void compare(
      Position at, PolicyRow.@Nullable OfAssignment before, PolicyRow.OfAssignment after) {
    if (before == null) {
      changes.add(Change.add(after));
      row(Outcome.NEW, after, at, until(after.assignment()));
    } else if (before.equals(after)) {
      row(Outcome.UNCHANGED, after, at, "");
    } else {
      changes.add(Change.alter(before, after));
      row(
          Outcome.CHANGED,
          after,
          at,
          "`" + until(before.assignment()) + "` → `" + until(after.assignment()) + "`");
    }
  }

  private static String until(Assignment it) {
    return it.until().map(at -> "until " + at).orElse("for good");
  }

  private void gone(PolicyRow.OfAssignment before) {
    changes.add(Change.remove(before));
    row(Outcome.GONE, before, null, "");
  }

  private void row(
      Outcome outcome, PolicyRow.OfAssignment row, @Nullable Position at, String note) {
    rows.add(new ImportRow(What.ASSIGNMENT, outcome, name(row.assignment()), at, note));
  }

  static String name(Assignment it) {
    return it.role()
        + " for "
        + it.issuer()
        + " "
        + it.kind().name().toLowerCase(Locale.ROOT)
        + " "
        + it.value();
  }
}
