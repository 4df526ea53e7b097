package dev.grantway.report.pack;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.audit.AuditLine;
import dev.grantway.revision.Change;
import dev.grantway.revision.LoggedChange;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.Revision;
import dev.grantway.revision.RevisionJson;
import dev.grantway.revision.RowKey;
import dev.grantway.revision.StampedRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes the policy data of a revision again from the changes of all revisions up to it. */
final class Replay {
  private final long upTo;
  private final SortedMap<RowKey, StampedRow> rows = new TreeMap<>();
  private final SortedMap<Long, Revision> records = new TreeMap<>();
  private boolean isWhole = true;

  Replay(long upTo) {
    this.upTo = upTo;
  }

  /** What cannot be read is named by the verification of the chain; here it ends the proof. */
  void take(AuditLine line) {
    try {
      switch (line) {
        case AuditLine.OfRevision it -> {
          Revision record = RevisionJson.read(it.body().getBytes(UTF_8));
          records.put(record.number(), record);
        }
        case AuditLine.OfPack it -> {
          if (it.revision() <= upTo) {
            RevisionJson.readPack(it.body().getBytes(UTF_8), it.revision()).forEach(this::apply);
          }
        }
        case AuditLine.Start it -> {}
        case AuditLine.OfCheckpoint it -> {}
        case AuditLine.OfActivity it -> {}
        case AuditLine.OfReview it -> {}
        case AuditLine.End it -> {}
      }
    } catch (IllegalArgumentException damaged) {
      isWhole = false;
    }
  }

  private void apply(LoggedChange logged) {
    Change change = logged.change();
    PolicyRow after = change.afterOrNull();
    if (after == null) {
      rows.remove(change.key());
    } else {
      rows.put(change.key(), new StampedRow(after, logged.revision()));
    }
  }

  void damaged() {
    isWhole = false;
  }

  /** Whether every change could be read. */
  boolean isWhole() {
    return isWhole;
  }

  Optional<Revision> record(long number) {
    return Optional.ofNullable(records.get(number));
  }

  /** The record of the first revision after a number; the log has none of what never was. */
  Optional<Revision> next(long number) {
    return records.tailMap(number + 1).values().stream().findFirst();
  }

  /** The rows that are others in a snapshot, or there alone, or here alone; by their keys. */
  List<RowKey> differences(SortedMap<RowKey, StampedRow> snapshot) {
    var keys = new TreeSet<>(rows.keySet());
    keys.addAll(snapshot.keySet());
    var differences = new ArrayList<RowKey>();
    for (RowKey key : keys) {
      if (!Optional.ofNullable(rows.get(key))
          .map(Replay::shown)
          .equals(Optional.ofNullable(snapshot.get(key)))) {
        differences.add(key);
      }
    }
    return differences;
  }

  /** Only permissions have in a snapshot who changed them last. */
  private static StampedRow shown(StampedRow row) {
    return row.row() instanceof PolicyRow.OfPermission ? row : new StampedRow(row.row(), 0);
  }
}
