package dev.grantway.audit;

import dev.grantway.revision.Sha256;
import java.time.Instant;

/**
 * One record of the activity log. Each writer, which is one start of the admin app or of a command,
 * has a chain of its own: its records are numbered from 1, and each holds the hash of the one
 * before.
 *
 * @param writer drawn at random when it started: 16 hexadecimal digits
 * @param seq its place in the writer's chain, from 1
 * @param at in whole milliseconds, later than the record before
 * @param previousHash the hash of the record before; {@code Revision.NO_HASH} for the first
 */
public record ActivityRecord(
    String writer, long seq, Instant at, ActivityEntry entry, String previousHash) {

  public ActivityRecord {
    if (!writer.matches("[0-9a-f]{16}")) {
      throw new IllegalArgumentException("writer `" + writer + "` needs 16 hexadecimal digits");
    }
    if (seq < 1) {
      throw new IllegalArgumentException("records are numbered from 1, got " + seq);
    }
  }

  /** The hash of its canonical form, in lower-case hexadecimal. */
  public String hash() {
    return Sha256.hex(ActivityJson.write(this));
  }
}
