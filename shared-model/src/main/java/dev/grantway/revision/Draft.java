package dev.grantway.revision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Staged changes, named and owned, seen by nobody outside the admin app until published.
 *
 * @param firstBase the revision it was begun on
 * @param steps everything done to it, oldest first
 */
public record Draft(
    String id,
    String name,
    String owner,
    Instant createdAt,
    State state,
    long firstBase,
    String firstBaseHash,
    List<DraftStep> steps) {

  /** Where a draft is in its life. */
  public enum State {
    OPEN,
    PUBLISHED,
    DISCARDED
  }

  public Draft {
    steps = List.copyOf(steps);
  }

  /** The same draft with these steps. */
  public Draft with(List<DraftStep> others) {
    return new Draft(id, name, owner, createdAt, state, firstBase, firstBaseHash, others);
  }

  /** The same draft in that state. */
  public Draft in(State other) {
    return new Draft(id, name, owner, createdAt, other, firstBase, firstBaseHash, steps);
  }

  /** The revision its changes are based on. */
  public long base() {
    return Folded.of(this).base();
  }

  public String baseHash() {
    return Folded.of(this).baseHash();
  }

  /** The edits in force, oldest first. */
  public List<DraftStep.Edit> edits() {
    return Folded.of(this).done();
  }

  public boolean canUndo() {
    return !Folded.of(this).done().isEmpty();
  }

  public boolean canRedo() {
    return !Folded.of(this).undone().isEmpty();
  }

  /** The net changes, one for each row, in key order; rows that end as they began are left out. */
  public List<Change> changes() {
    Folded folded = Folded.of(this);
    var lists = new ArrayList<List<Change>>();
    lists.add(folded.rebased());
    folded.done().forEach(edit -> lists.add(edit.changes()));
    return net(lists);
  }

  /** SHA-256 over base and changes: what an approval binds to. */
  public String hash() {
    return RevisionJson.draftHash(baseHash(), changes());
  }

  /** Several edits of the same row become one: the first before and the last after. */
  public static List<Change> net(List<List<Change>> edits) {
    SequencedMap<RowKey, Change> byKey = new LinkedHashMap<>();
    for (List<Change> edit : edits) {
      for (Change change : edit) {
        Change earlier = byKey.get(change.key());
        Change merged = earlier == null ? change : merge(earlier, change);
        if (merged == null || merged.isEmpty()) {
          byKey.remove(change.key());
        } else {
          byKey.put(change.key(), merged);
        }
      }
    }
    return byKey.values().stream().sorted().toList();
  }

  private static @Nullable Change merge(Change earlier, Change later) {
    if (earlier.beforeOrNull() == null && later.afterOrNull() == null) {
      return null;
    }
    return new Change(earlier.key(), earlier.beforeOrNull(), later.afterOrNull());
  }

  private record Folded(
      long base,
      String baseHash,
      List<Change> rebased,
      List<DraftStep.Edit> done,
      List<DraftStep.Edit> undone) {

    static Folded of(Draft draft) {
      var folded =
          new Folded(
              draft.firstBase,
              draft.firstBaseHash,
              List.of(),
              new ArrayList<>(),
              new ArrayList<>());
      for (DraftStep step : draft.steps) {
        folded = folded.after(step);
      }
      return folded;
    }

    private Folded after(DraftStep step) {
      switch (step) {
        case DraftStep.Edit edit -> {
          done.add(edit);
          undone.clear();
        }
        case DraftStep.Undo undo -> move(done, undone);
        case DraftStep.Redo redo -> move(undone, done);
        case DraftStep.Rebase rebase -> {
          return new Folded(
              rebase.base(),
              rebase.baseHash(),
              rebase.changes(),
              new ArrayList<>(),
              new ArrayList<>());
        }
      }
      return this;
    }

    private static void move(List<DraftStep.Edit> from, List<DraftStep.Edit> to) {
      if (!from.isEmpty()) {
        to.add(from.removeLast());
      }
    }
  }
}
