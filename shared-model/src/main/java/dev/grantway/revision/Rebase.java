package dev.grantway.revision;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Changes put on another base, row by row: untouched rows go over as they are, rows that somebody
 * else changed alike are dropped, all others are in dispute (REV-03).
 *
 * @param changes those without dispute, with that base's rows as their before
 */
public record Rebase(List<Change> changes, List<Dispute> disputes) {
  public Rebase {
    changes = List.copyOf(changes);
    disputes = List.copyOf(disputes);
  }

  /**
   * What of these changes still applies at a new base, and what is disputed.
   *
   * @param row finds the row under a key at the new base
   */
  public static Rebase of(List<Change> changes, Function<RowKey, Optional<PolicyRow>> row) {
    var clean = new ArrayList<Change>();
    var disputes = new ArrayList<Dispute>();
    for (Change change : changes) {
      Optional<PolicyRow> theirs = row.apply(change.key());
      if (theirs.equals(change.before())) {
        clean.add(change);
      } else if (!theirs.equals(change.after())) {
        disputes.add(new Dispute(change, theirs.orElse(null)));
      }
    }
    return new Rebase(clean, disputes);
  }

  /**
   * The dispute settled for the draft: its change on top of theirs; none if nothing differs then.
   */
  public static Optional<Change> mineOver(Dispute dispute) {
    PolicyRow theirs = dispute.theirsOrNull();
    PolicyRow mine = dispute.mine().afterOrNull();
    if (theirs == null && mine == null) {
      return Optional.empty();
    }
    Change change = new Change(dispute.key(), theirs, mine);
    return change.isEmpty() ? Optional.empty() : Optional.of(change);
  }
}
