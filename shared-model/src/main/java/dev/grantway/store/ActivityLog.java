package dev.grantway.store;

import dev.grantway.audit.ActivityEntry;
import dev.grantway.audit.ActivityRecord;
import dev.grantway.audit.SignedCheckpoint;
import dev.grantway.audit.Tip;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The activity log: records are added and never changed. Whoever is about to do something appends
 * first, and does it only if that returned: every method throws {@link StoreException.Unavailable}
 * where the log cannot be reached. Safe for use by many threads; what one of these appends is one
 * chain.
 */
public interface ActivityLog {

  /**
   * Appends to this writer's chain.
   *
   * @throws StoreException.Unavailable if it is not certain that the record is stored. It may yet
   *     turn up: what it announces was then not done
   */
  ActivityRecord append(ActivityEntry entry);

  /** The days (UTC) of which there are records, the latest first. */
  List<LocalDate> days();

  /**
   * The records of one day, newest first. One that was damaged is left out: {@code verify} names
   * it.
   *
   * @param after the cursor of the page before; empty: from the day's last record
   */
  Page<ActivityRecord> records(LocalDate day, String after, int limit);

  /** The last record of every chain that has one at or after that instant, by writer. */
  SortedMap<String, Tip> tips(Instant since);

  /** The checkpoint of the highest number. */
  Optional<SignedCheckpoint> lastCheckpoint();

  /** The checkpoints from that number on, in their order. */
  List<SignedCheckpoint> checkpoints(long from);

  /** False if there is another of that number: somebody else took one meanwhile. */
  boolean add(SignedCheckpoint checkpoint);
}
