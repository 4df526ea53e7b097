package dev.grantway.revision;

import java.time.Instant;
import java.util.List;

/** One thing done to a draft; stored when it is done and never altered. */
public sealed interface DraftStep {

  /** An edit of some rows, described for people by its label. */
  record Edit(Instant at, String by, String label, List<Change> changes) implements DraftStep {
    public Edit {
      changes = List.copyOf(changes);
    }
  }

  /** Takes the last edit back. */
  record Undo(Instant at, String by) implements DraftStep {}

  /** Does the last undone edit again. */
  record Redo(Instant at, String by) implements DraftStep {}

  /** Puts the draft on another base with these changes; what came before cannot be undone. */
  record Rebase(Instant at, String by, long base, String baseHash, List<Change> changes)
      implements DraftStep {
    public Rebase {
      changes = List.copyOf(changes);
    }
  }

  /** Somebody's words about the draft. */
  record Comment(Instant at, String by, String text) implements DraftStep {}

  /** Somebody but its author agrees to the draft as it was seen. */
  record Approve(Instant at, String by, Reviewed seen) implements DraftStep {}

  /** Somebody but its author does not agree, and says why; it ends all approvals before it. */
  record Reject(Instant at, String by, String comment, Reviewed seen) implements DraftStep {}

  /** The draft as it was seen is to be published at a time to come. */
  record Schedule(Instant at, String by, Instant when, String reason, Reviewed seen)
      implements DraftStep {}

  /** It is not to be published by itself any more; why is empty where somebody took it back. */
  record Unschedule(Instant at, String by, String why) implements DraftStep {}

  Instant at();

  String by();
}
