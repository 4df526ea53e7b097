package dev.grantway.store;

import dev.grantway.revision.Draft;
import dev.grantway.revision.DraftStep;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Drafts, stored at every step; they survive any crash and are no part of any revision. */
public interface DraftRepository {

  /** Begins a draft on head. */
  default Draft create(String name, String owner) {
    return create(UUID.randomUUID().toString(), name, owner);
  }

  /** The same under that id; where there is one of it already, that one as it stands. */
  Draft create(String id, String name, String owner);

  Optional<Draft> find(String id);

  /** Drafts that are open, without their steps, the latest created first. */
  List<Draft> open();

  /**
   * Stores one more step.
   *
   * @return the draft with the step; or, where somebody else stored a step since the one given was
   *     read or the draft is no longer open, the draft as it stands ({@link Draft#steps} tells)
   */
  Appended append(Draft draft, DraftStep step);

  /** Gives a draft another name. */
  Draft rename(String id, String name);

  /** The id of the draft that its owner last chose to edit, whether or not it is still open. */
  Optional<String> chosen(String owner);

  void choose(String owner, String id);

  /**
   * A draft that is to be published by itself.
   *
   * @param when in whole milliseconds
   */
  record Due(Instant when, String id) {}

  /** Notes that a draft is due at a time; noting it twice changes nothing. */
  void schedule(Due due);

  void unschedule(Due due);

  /** Those due at or before that time, the earliest first. */
  List<Due> due(Instant until);

  /** Ends a draft, or opens it again. */
  Draft setState(String id, Draft.State state);

  /**
   * Ends an open draft without publishing it.
   *
   * @return false, and nothing is done, where somebody stored a step since the one given was read,
   *     or it is no longer open
   */
  boolean discard(Draft draft);

  /** What became of a step. */
  sealed interface Appended {
    Draft draft();

    /** It is stored. */
    record Stored(Draft draft) implements Appended {}

    /** It is not: show the draft as it stands and ask again. */
    record Stale(Draft draft) implements Appended {}
  }
}
