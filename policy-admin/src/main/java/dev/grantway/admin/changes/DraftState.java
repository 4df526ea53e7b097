package dev.grantway.admin.changes;

import dev.grantway.revision.Change;
import dev.grantway.revision.Dispute;
import dev.grantway.revision.Draft;
import dev.grantway.revision.DraftStep;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The operator's draft as it stands.
 *
 * @param draftOrNull null: nothing is staged
 * @param changes its net changes, one for each row
 * @param disputes rows that somebody else changed since its base; it must be settled first
 * @param head the live revision; 0 before the first
 */
public record DraftState(
    @Nullable Draft draftOrNull, List<Change> changes, List<Dispute> disputes, long head) {

  public DraftState {
    changes = List.copyOf(changes);
    disputes = List.copyOf(disputes);
  }

  public Optional<Draft> draft() {
    return Optional.ofNullable(draftOrNull);
  }

  public int count() {
    return changes.size();
  }

  /** How often somebody edited or spoke of a draft; where it stands is not counted. */
  public static int said(Draft draft) {
    return (int) draft.steps().stream().filter(step -> !(step instanceof DraftStep.Rebase)).count();
  }

  public boolean canUndo() {
    return draft().map(Draft::canUndo).orElse(false);
  }

  public boolean canRedo() {
    return draft().map(Draft::canRedo).orElse(false);
  }

  /** True if this is what was looked at under that hash, and something to agree to or publish. */
  boolean isAsSeen(String seen) {
    return draft().isPresent() && !changes.isEmpty() && disputes.isEmpty() && hash().equals(seen);
  }

  /** What a review, and so a publish, binds to. */
  public String hash() {
    return draft().map(Draft::hash).orElse("");
  }
}
