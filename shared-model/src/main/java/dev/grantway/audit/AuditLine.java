package dev.grantway.audit;

import java.time.Instant;

/**
 * One line of an audit bundle: a record just as the table holds it, so that its hash can be taken
 * over what was stored. They come in this order: start, checkpoints, revisions each with its packs,
 * activity day by day, reports of access reviews, end; all of a kind by their keys.
 */
public sealed interface AuditLine {

  /**
   * What was live when reading began.
   *
   * @param at when that was
   * @param table its name
   * @param head the number of the live revision; 0 before the first
   * @param headHash the hash of its record, as head names it
   */
  record Start(Instant at, String table, long head, String headHash) implements AuditLine {}

  /**
   * A checkpoint.
   *
   * @param key its number, ten digits
   */
  record OfCheckpoint(String key, SignedCheckpoint signed) implements AuditLine {}

  /**
   * The record of one revision.
   *
   * @param key its number, ten digits
   */
  record OfRevision(String key, String body) implements AuditLine {}

  /**
   * Some changes of a revision.
   *
   * @param revision its number
   * @param key the row of the first change
   */
  record OfPack(long revision, String key, String body) implements AuditLine {}

  /**
   * A record of the activity log.
   *
   * @param day under which it stands
   * @param key its place in that day
   * @param hash stored beside it
   */
  record OfActivity(String day, String key, String body, String hash) implements AuditLine {}

  /**
   * A line of the close-out report of an access review; those of a report stand together.
   *
   * @param review the id of the review
   * @param settled the table says that the closing has ended
   */
  record OfReview(String review, boolean settled, String body) implements AuditLine {}

  /**
   * The end: what lacks it was cut off.
   *
   * @param lines how many came before
   */
  record End(long lines) implements AuditLine {}
}
