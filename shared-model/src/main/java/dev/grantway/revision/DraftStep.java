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

  Instant at();

  String by();
}
