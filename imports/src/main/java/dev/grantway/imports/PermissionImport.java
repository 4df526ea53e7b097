package dev.grantway.imports;

import dev.grantway.imports.ImportRow.Outcome;
import dev.grantway.imports.ImportRow.What;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policyfile.Findings;
import dev.grantway.policyfile.Position;
import dev.grantway.policyfile.RowReader;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A table of permissions. One whose id is there under another role or API moves; those that the
 * table lacks stay, unless it is complete.
 */
final class PermissionImport {
  private final ImportOrder order;
  private final ImportBase base;
  private final Findings findings;
  private final List<ImportRow> rows = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();

  PermissionImport(ImportOrder order, ImportBase base, Findings findings) {
    this.order = order;
    this.base = base;
    this.findings = findings;
  }

  private record Placed(Permission permission, Position at) {}

  DryRun dryRun(String text) {
    var reader = new RowReader(findings, base.view().apis(), base.roles());
    var read = new ArrayList<Placed>();
    CsvTable.read(
        text,
        PermissionCsv.REQUIRED,
        PermissionCsv.COLUMNS,
        findings,
        row -> {
          reader
              .permission(row.at(), row.cells())
              .ifPresent(it -> read.add(new Placed(it, row.at())));
          return true;
        });
    if (findings.hasErrors()) {
      return DryRun.refused(order, findings.sorted());
    }
    Map<PermissionId, Permission> left = known(read);
    for (Placed it : read) {
      Permission here = left.remove(it.permission().id());
      compare(it, here == null ? elsewhere(it.permission().id()) : here);
    }
    if (order.complete()) {
      left.values().stream().sorted(Comparator.comparing(Permission::id)).forEach(this::gone);
    }
    changes.sort(Comparator.naturalOrder());
    return new DryRun(order, rows, findings.sorted(), changes, List.of());
  }

  /** Those of the APIs that the table names. */
  private Map<PermissionId, Permission> known(List<Placed> read) {
    var apis = new TreeSet<ApiId>();
    read.forEach(it -> apis.add(it.permission().api()));
    var known = new HashMap<PermissionId, Permission>();
    for (ApiId api : apis) {
      base.permissions(api).forEach(it -> known.put(it.id(), it));
    }
    return known;
  }

  /** One that moves here out of an API which the table does not name. */
  private @Nullable Permission elsewhere(PermissionId id) {
    return base.view().permission(id).orElse(null);
  }

  private void compare(Placed read, @Nullable Permission before) {
    var after = new PolicyRow.OfPermission(read.permission());
    if (before == null) {
      changes.add(Change.add(after));
      row(Outcome.NEW, read, PermissionNote.of(read.permission(), this::name));
    } else if (before.equals(read.permission())) {
      row(Outcome.UNCHANGED, read, "");
    } else {
      var old = new PolicyRow.OfPermission(before);
      if (old.key().equals(after.key())) {
        changes.add(Change.alter(old, after));
      } else {
        changes.add(Change.remove(old));
        changes.add(Change.add(after));
      }
      row(Outcome.CHANGED, read, PermissionNote.of(before, read.permission(), this::name));
    }
  }

  private void row(Outcome outcome, Placed read, String note) {
    rows.add(
        new ImportRow(What.PERMISSION, outcome, read.permission().id().value(), read.at(), note));
  }

  private void gone(Permission permission) {
    var row = new PolicyRow.OfPermission(permission);
    changes.add(Change.remove(row));
    rows.add(
        new ImportRow(
            What.PERMISSION,
            Outcome.GONE,
            permission.id().value(),
            null,
            PermissionNote.of(permission, this::name)));
  }

  private String name(ApiId id) {
    return base.name(id);
  }
}
