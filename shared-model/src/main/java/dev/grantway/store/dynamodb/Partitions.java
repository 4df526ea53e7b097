package dev.grantway.store.dynamodb;

import java.util.List;
import java.util.stream.Stream;

/**
 * The partition keys that each part of the system reads and writes, as {@code dynamodb:LeadingKeys}
 * of an IAM policy names them: a star stands for any name.
 */
public final class Partitions {
  /** What an authorizer reads: head, revocations, slices, APIs, assignments. */
  public static final List<String> READ_BY_AUTHORIZERS =
      List.of(Keys.HEAD, Keys.REVOKED, Keys.ROLE + "*", Keys.API + "*", Keys.ASSIGNMENTS + "*");

  /** Where an authorizer reports itself, and all that it writes. */
  public static final List<String> WRITTEN_BY_AUTHORIZERS = List.of(Keys.BEAT);

  /**
   * What tells of the past: revision records, their instants, the activity log, checkpoints, access
   * reviews and membership lists. The admin app adds to them one item at a time; nothing changes
   * them. Upkeep deletes leftovers of publishes that never were, and lists that retention passed.
   */
  public static final List<String> RECORDS =
      List.of(
          Keys.REVISIONS,
          Keys.INSTANTS,
          Keys.ACTIVITY,
          Keys.DAY + "*",
          Keys.CHECKPOINTS,
          Keys.REVIEWS,
          Keys.REVIEW + "*",
          Keys.MEMBERS);

  /** The records that upkeep deletes some of. */
  public static final List<String> SWEPT_RECORDS =
      List.of(Keys.REVISIONS, Keys.INSTANTS, Keys.MEMBERS);

  /** What a publish writes many of at a time, each once and under a number of its own. */
  public static final List<String> BUNDLES =
      List.of(
          Keys.ROLE + "*",
          Keys.DIRECTORY + "*",
          Keys.API + "*",
          Keys.NAMES + "*",
          Keys.PERMISSION_IDS + "*",
          Keys.ASSIGNMENTS + "*",
          Keys.RULES + "*",
          Keys.LOG + "*");

  /** What operators keep for themselves or for a while, and delete: it is not part of history. */
  public static final List<String> WORK =
      List.of(Keys.OPEN_DRAFTS, Keys.DUE, Keys.SETS + "*", Keys.USE + "*", Keys.ONCE + "*");

  /** What is changed in place: head and counter, attempts, drafts, how far reviews are. */
  public static final List<String> CHANGED_IN_PLACE =
      List.of(Keys.HEAD, Keys.LOG + "*", Keys.DRAFTS, Keys.TALLY);

  /** What is never put as a whole once the table is prepared: who could, could name any head. */
  public static final List<String> ONLY_UPDATED = List.of(Keys.HEAD);

  private Partitions() {}

  /** All that the admin app puts or deletes in batches. */
  public static List<String> batchedByAdmin() {
    return Stream.concat(BUNDLES.stream(), WORK.stream()).toList();
  }
}
