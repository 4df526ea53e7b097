package dev.grantway.store;

import dev.grantway.revision.Draft;
import dev.grantway.revision.DraftStep;
import java.util.List;
import java.util.Optional;

/** Drafts, stored at every step; they survive any crash and are no part of any revision. */
public interface DraftRepository {

  /** Begins a draft on head. */
  Draft create(String name, String owner);

  Optional<Draft> find(String id);

  /** Drafts in that state without their steps, the latest created first. */
  List<Draft> list(Draft.State state);

  /**
   * Stores one more step.
   *
   * @return the draft with the step; or, where somebody else stored a step since the one given was
   *     read or the draft is no longer open, the draft as it stands ({@link Draft#steps} tells)
   */
  Appended append(Draft draft, DraftStep step);

  /** Ends a draft, or opens it again. */
  Draft setState(String id, Draft.State state);

  /** What became of a step. */
  sealed interface Appended {
    Draft draft();

    /** It is stored. */
    record Stored(Draft draft) implements Appended {}

    /** It is not: show the draft as it stands and ask again. */
    record Stale(Draft draft) implements Appended {}
  }
}
