package dev.grantway.imports;

import dev.grantway.policyfile.Finding;
import dev.grantway.revision.Change;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an import would do; nothing is done. With one error there are no rows and no changes, and
 * every error is there.
 *
 * @param rows everything that the source says, in its order, then what it lacks
 * @param findings errors and warnings with their places
 * @param changes that make policy data so, in key order
 * @param listOrNull of a membership list, which is no policy data, what would be taken; else null
 */
public record DryRun(
    ImportOrder order,
    List<ImportRow> rows,
    List<Finding> findings,
    List<Change> changes,
    List<Orphan> orphans,
    @Nullable NewList listOrNull) {
  public DryRun {
    rows = List.copyOf(rows);
    findings = List.copyOf(findings);
    changes = List.copyOf(changes);
    orphans = List.copyOf(orphans);
  }

  DryRun(
      ImportOrder order,
      List<ImportRow> rows,
      List<Finding> findings,
      List<Change> changes,
      List<Orphan> orphans) {
    this(order, rows, findings, changes, orphans, null);
  }

  /** The membership list that a file holds, where it is one and can be taken. */
  public Optional<NewList> list() {
    return Optional.ofNullable(listOrNull);
  }

  static DryRun refused(ImportOrder order, List<Finding> findings) {
    return new DryRun(order, List.of(), findings, List.of(), List.of());
  }

  public boolean isRefused() {
    return findings.stream().anyMatch(Finding::isError);
  }

  /** How many rows have each outcome, all of them. */
  public Map<ImportRow.Outcome, Integer> counts() {
    var counts = new EnumMap<ImportRow.Outcome, Integer>(ImportRow.Outcome.class);
    for (ImportRow.Outcome outcome : ImportRow.Outcome.values()) {
      counts.put(outcome, 0);
    }
    rows.forEach(row -> counts.merge(row.outcome(), 1, Integer::sum));
    return counts;
  }
}
