package dev.grantway.store;

import dev.grantway.revision.RowKey;
import dev.grantway.revision.StampedRow;
import java.util.SortedMap;

/** Policy data as of one revision, from its rows alone: without a table, and without a history. */
public final class SnapshotPolicy {
  private SnapshotPolicy() {}

  /** As of that revision. */
  public static AsOf of(long revision, String hash, SortedMap<RowKey, StampedRow> rows) {
    return new MemoryAsOf(revision, hash, rows);
  }
}
