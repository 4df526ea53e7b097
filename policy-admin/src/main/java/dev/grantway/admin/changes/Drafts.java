package dev.grantway.admin.changes;

import dev.grantway.admin.security.Operator;
import dev.grantway.revision.Change;
import dev.grantway.revision.Dispute;
import dev.grantway.revision.Draft;
import dev.grantway.revision.DraftStep;
import dev.grantway.revision.Rebase;
import dev.grantway.revision.RowKey;
import dev.grantway.revision.StampedRow;
import dev.grantway.store.AsOf;
import dev.grantway.store.DraftRepository;
import dev.grantway.store.Head;
import dev.grantway.store.PolicyRepository;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Finds an operator's open draft, keeps it on head, and stores its steps. */
@Component
class Drafts {
  private static final int ATTEMPTS = 5;

  private final PolicyRepository repository;
  private final Clock clock;

  Drafts(PolicyRepository repository, Clock clock) {
    this.repository = repository;
    this.clock = clock;
  }

  /** The open draft that the operator edits: the one they chose, or else their latest. */
  Optional<Draft> open(Operator operator) {
    DraftRepository all = repository.drafts();
    return all.chosen(operator.name())
        .flatMap(all::find)
        .filter(draft -> draft.state() == Draft.State.OPEN)
        .filter(draft -> isOf(draft, operator))
        .or(() -> latest(operator));
  }

  private Optional<Draft> latest(Operator operator) {
    return all().stream()
        .filter(draft -> isOf(draft, operator))
        .findFirst()
        .flatMap(draft -> repository.drafts().find(draft.id()));
  }

  /** Every open draft, the latest first, without what was done to it. */
  List<Draft> all() {
    return repository.drafts().open();
  }

  /** Somebody's open draft. */
  Optional<Draft> find(String id) {
    return repository.drafts().find(id).filter(draft -> draft.state() == Draft.State.OPEN);
  }

  Draft create(String name, Operator owner) {
    Draft draft = repository.drafts().create(name, owner.name());
    repository.drafts().choose(owner.name(), draft.id());
    return draft;
  }

  static boolean isOf(Draft draft, Operator operator) {
    return draft.owner().equals(operator.name());
  }

  /** The draft on head where nothing is in dispute, and on its own base otherwise. */
  DraftState state(Operator operator) {
    return untilUndisturbed(() -> onHead(operator, () -> open(operator)));
  }

  /** The same of somebody's draft; nothing staged where there is none of that id. */
  DraftState state(Operator operator, String id) {
    return untilUndisturbed(() -> onHead(operator, () -> find(id)));
  }

  private Optional<DraftState> onHead(Operator operator, Supplier<Optional<Draft>> found) {
    Head head = repository.head();
    Optional<Draft> open = found.get();
    if (open.isEmpty()) {
      return Optional.of(new DraftState(null, List.of(), List.of(), head.revision()));
    }
    Draft draft = open.get();
    if (draft.baseHash().equals(head.hash())) {
      return Optional.of(new DraftState(draft, draft.changes(), List.of(), head.revision()));
    }
    AsOf live = repository.live();
    Rebase rebase = rebase(draft, live);
    if (!rebase.disputes().isEmpty()) {
      return Optional.of(
          new DraftState(draft, draft.changes(), rebase.disputes(), head.revision()));
    }
    return onto(operator, draft, rebased(operator, live.revision(), live.hash(), rebase.changes()))
        .map(moved -> new DraftState(moved, moved.changes(), List.of(), live.revision()));
  }

  /** Its owner's look stores where the draft stands now; that of others leaves it alone. */
  private Optional<Draft> onto(Operator operator, Draft draft, DraftStep step) {
    if (isOf(draft, operator)) {
      return stored(draft, step);
    }
    var steps = new ArrayList<>(draft.steps());
    steps.add(step);
    return Optional.of(draft.with(steps));
  }

  /** Decides a row in dispute; with the last one the draft can stand on head again. */
  void settle(Operator operator, RowKey key, boolean mine) {
    untilUndisturbed(
        () -> settled(operator, key, mine) ? Optional.of(key) : Optional.<RowKey>empty());
  }

  /** False if somebody edited the draft meanwhile. */
  private boolean settled(Operator operator, RowKey key, boolean mine) {
    Optional<Draft> open = open(operator);
    Optional<Dispute> dispute =
        open.stream()
            .flatMap(draft -> rebase(draft, repository.live()).disputes().stream())
            .filter(it -> it.key().equals(key))
            .findFirst();
    if (dispute.isEmpty()) {
      return true;
    }
    Draft draft = open.get();
    var changes = new ArrayList<>(draft.changes());
    changes.removeIf(change -> change.key().equals(key));
    if (mine) {
      Rebase.mineOver(dispute.get()).ifPresent(changes::add);
    }
    return stored(draft, rebased(operator, draft.base(), draft.baseHash(), changes)).isPresent();
  }

  /** A step made from the draft as it was read is stored on just that draft, or read anew. */
  private <T> T untilUndisturbed(Supplier<Optional<T>> attempt) {
    for (int i = 0; i < ATTEMPTS; i++) {
      Optional<T> done = attempt.get();
      if (done.isPresent()) {
        return done.get();
      }
    }
    throw new IllegalStateException("the draft is being edited elsewhere all the time");
  }

  private Optional<Draft> stored(Draft draft, DraftStep step) {
    return switch (repository.drafts().append(draft, step)) {
      case DraftRepository.Appended.Stored(Draft stored) -> Optional.of(stored);
      case DraftRepository.Appended.Stale stale -> Optional.empty();
    };
  }

  private DraftStep rebased(Operator operator, long base, String hash, List<Change> changes) {
    return new DraftStep.Rebase(now(), operator.name(), base, hash, changes);
  }

  private static Rebase rebase(Draft draft, AsOf live) {
    return Rebase.of(draft.changes(), key -> live.row(key).map(StampedRow::row));
  }

  /** Policy data with the draft over them. */
  WorkingCopy copy(DraftState state) {
    AsOf live = repository.live();
    AsOf base =
        state
            .draft()
            .filter(draft -> !draft.baseHash().equals(live.hash()))
            // Retention may have passed by the base of one that waits for its disputes.
            .filter(draft -> draft.base() >= repository.head().floor())
            .map(Draft::base)
            .flatMap(repository::asOf)
            .orElse(live);
    return new WorkingCopy(base, state.changes());
  }

  Draft openOrCreate(Operator operator) {
    return open(operator).orElseGet(() -> create("draft of " + operator.name(), operator));
  }

  /**
   * Stores a step; one that somebody stored in between, in another tab, stays before it.
   *
   * @return false if the draft was ended meanwhile
   */
  boolean append(Draft draft, DraftStep step) {
    Draft current = draft;
    for (int i = 0; i < ATTEMPTS && current.state() == Draft.State.OPEN; i++) {
      switch (repository.drafts().append(current, step)) {
        case DraftRepository.Appended.Stored stored -> {
          return true;
        }
        case DraftRepository.Appended.Stale(Draft other) -> current = other;
      }
    }
    if (current.state() == Draft.State.OPEN) {
      throw new IllegalStateException("draft `" + draft.id() + "` is being edited elsewhere");
    }
    return false;
  }

  /** Stores a step on just the draft that was read; false where it is another by now. */
  boolean appendTo(Draft read, DraftStep step) {
    return stored(read, step).isPresent();
  }

  /** Ends a draft unless it was edited since it was read; false where it is another by now. */
  boolean discard(Draft read) {
    return repository.drafts().discard(read);
  }

  /**
   * Ends a draft that is live now. What was edited while it was being published is not: then it
   * stays open, and on head nothing is left of it but those edits.
   */
  void published(Draft draft) {
    Draft ended = repository.drafts().setState(draft.id(), Draft.State.PUBLISHED);
    if (edits(ended) > edits(draft)) {
      repository.drafts().setState(draft.id(), Draft.State.OPEN);
    }
  }

  private static long edits(Draft draft) {
    return draft.steps().stream()
        .filter(
            step ->
                step instanceof DraftStep.Edit
                    || step instanceof DraftStep.Undo
                    || step instanceof DraftStep.Redo)
        .count();
  }

  void end(Draft draft, Draft.State state) {
    repository.drafts().setState(draft.id(), state);
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
