package dev.grantway.revision;

import java.time.Instant;
import java.util.List;

/**
 * The record of one revision (REV-06). Its hash is taken over its canonical form, which holds the
 * hash of the record before: records form a chain that an export alone can verify.
 *
 * @param base the revision before it; numbers may skip after a lost attempt
 * @param at later than its base's by at least 1 ms, in whole milliseconds
 * @param operator who published it
 * @param draft the id of the draft it came from, or empty
 * @param changes how many rows it changed
 * @param previousHash the hash of the base's record; {@link #NO_HASH} for the first
 * @param root SHA-256 over its changes in canonical form, in key order
 * @param packsHash SHA-256 over its packs as the log holds them
 * @param breakGlass an owner published it without the approvals that the rules asked for
 */
public record Revision(
    long number,
    long base,
    Instant at,
    String operator,
    List<String> approvers,
    String reason,
    String draft,
    long changes,
    String previousHash,
    String root,
    String packsHash,
    boolean breakGlass) {

  /** Stands for "no record before". */
  public static final String NO_HASH = "0".repeat(64);

  public Revision {
    approvers = List.copyOf(approvers);
    if (number <= base || base < 0) {
      throw new IllegalArgumentException("revision " + number + " cannot follow " + base);
    }
  }

  /** The hash of this record's canonical form, in lower-case hexadecimal. */
  public String hash() {
    return Sha256.hex(RevisionJson.write(this));
  }
}
