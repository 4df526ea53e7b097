package dev.grantway.report.pack;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.policy.Permission;
import dev.grantway.policy.Policy;
import dev.grantway.policy.RoleName;
import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.PolicyRows;
import dev.grantway.revision.RowJson;
import dev.grantway.revision.RowKey;
import dev.grantway.revision.StampedRow;
import dev.grantway.store.AsOf;
import dev.grantway.store.StampedPermission;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All policy data as of one revision, one JSON object a line in the order of keys: {@code row}, and
 * of a permission {@code since}, the revision that last changed it. All of it is held in memory.
 */
final class Snapshot {
  private final SortedMap<RowKey, StampedRow> rows = new TreeMap<>();

  static Snapshot of(AsOf then) {
    var snapshot = new Snapshot();
    Policy policy = then.policy();
    PolicyRows.of(policy).values().forEach(row -> snapshot.add(new StampedRow(row, 0)));
    then.tests().forEach(it -> snapshot.add(new StampedRow(new PolicyRow.OfTest(it), 0)));
    var owners = new TreeSet<RoleName>();
    policy.permissions().stream().map(Permission::role).forEach(owners::add);
    for (RoleName owner : owners) {
      for (StampedPermission it : then.permissions(owner)) {
        snapshot.add(new StampedRow(new PolicyRow.OfPermission(it.permission()), it.since()));
      }
    }
    return snapshot;
  }

  private void add(StampedRow row) {
    rows.put(row.row().key(), row);
  }

  void write(OutputStream out) throws IOException {
    for (StampedRow row : rows.values()) {
      out.write(line(row));
      out.write('\n');
    }
  }

  private static byte[] line(StampedRow row) {
    return CanonicalJson.write(
        json -> {
          json.writeStartObject();
          if (row.since() > 0) {
            json.writeNumberField("since", row.since());
          }
          json.writeFieldName("row");
          RowJson.write(json, row.row());
          json.writeEndObject();
        });
  }

  /**
   * Takes a line that {@link #write} wrote; one that it did not, or not after the line before, is
   * an {@link IllegalArgumentException}.
   */
  void read(String line) {
    StampedRow row =
        CanonicalJson.read(line.getBytes(UTF_8))
            .as(
                json ->
                    new StampedRow(
                        RowJson.read(
                            json.object("row")
                                .orElseThrow(
                                    () -> new IllegalArgumentException("`row` is missing"))),
                        json.numberOr("since", 0)));
    RowKey key = row.row().key();
    if (!rows.isEmpty() && rows.lastKey().compareTo(key) >= 0) {
      throw new IllegalArgumentException("row `" + key.text() + "` is there twice or out of order");
    }
    if (!new String(line(row), UTF_8).equals(line)) {
      throw new IllegalArgumentException("row `" + key.text() + "` is not written as rows are");
    }
    add(row);
  }

  SortedMap<RowKey, StampedRow> rows() {
    return rows;
  }

  Collection<PolicyRow> plain() {
    return rows.values().stream().map(StampedRow::row).toList();
  }
}
