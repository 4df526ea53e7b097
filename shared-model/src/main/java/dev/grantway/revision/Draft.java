package dev.grantway.revision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
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

  /** The same draft under another name. */
  public Draft named(String other) {
    return new Draft(id, other, owner, createdAt, state, firstBase, firstBaseHash, steps);
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

  /** SHA-256 over base and changes: what a page that is shown binds to. */
  public String hash() {
    return hash(baseHash(), changes());
  }

  /**
   * The same of a draft that there is not yet.
   *
   * @param changes net, as {@link #changes()} has them
   */
  public static String hash(String baseHash, List<Change> changes) {
    return RevisionJson.draftHash(baseHash, changes);
  }

  /** SHA-256 over the net changes alone, whatever they are based on. */
  public String changesHash() {
    return RevisionJson.draftHash("", changes());
  }

  /** Whoever edited it, its owner first: none of them may approve it. */
  public Set<String> authors() {
    var authors = new LinkedHashSet<String>();
    authors.add(owner);
    for (DraftStep step : steps) {
      if (step instanceof DraftStep.Edit edit) {
        authors.add(edit.by());
      }
    }
    return authors;
  }

  /**
   * Who agrees to the draft as it is now, each once: what they saw is what there is, nobody
   * rejected it since, and they did not edit it.
   */
  public Set<String> approvers(Reviewed now) {
    var approvers = new LinkedHashSet<String>();
    for (DraftStep step : steps) {
      if (step instanceof DraftStep.Approve approve && approve.seen().equals(now)) {
        approvers.add(approve.by());
      } else if (step instanceof DraftStep.Reject) {
        approvers.clear();
      }
    }
    approvers.removeAll(authors());
    return approvers;
  }

  /** Who agreed to it as it was, and not as it is now. */
  public Set<String> staleApprovers(Reviewed now) {
    var stale = new LinkedHashSet<String>();
    for (DraftStep step : steps) {
      if (step instanceof DraftStep.Approve approve) {
        stale.add(approve.by());
      } else if (step instanceof DraftStep.Reject) {
        stale.clear();
      }
    }
    stale.removeAll(approvers(now));
    return stale;
  }

  /** The rejection that stands: until the changes are others, or whoever it is from approves. */
  public Optional<DraftStep.Reject> rejection() {
    String changes = changesHash();
    DraftStep.@Nullable Reject standing = null;
    for (DraftStep step : steps) {
      if (step instanceof DraftStep.Reject reject && reject.seen().changes().equals(changes)) {
        standing = reject;
      } else if (step instanceof DraftStep.Approve approve
          && standing != null
          && approve.by().equals(standing.by())) {
        standing = null;
      }
    }
    return Optional.ofNullable(standing);
  }

  /** When it is to be published by itself, if so. */
  public Optional<DraftStep.Schedule> schedule() {
    DraftStep.@Nullable Schedule scheduled = null;
    for (DraftStep step : steps) {
      if (step instanceof DraftStep.Schedule schedule) {
        scheduled = schedule;
      } else if (step instanceof DraftStep.Unschedule || step instanceof DraftStep.Reject) {
        scheduled = null;
      }
    }
    return Optional.ofNullable(scheduled);
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
        case DraftStep.Comment said -> {}
        case DraftStep.Approve said -> {}
        case DraftStep.Reject said -> {}
        case DraftStep.Schedule said -> {}
        case DraftStep.Unschedule said -> {}
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
