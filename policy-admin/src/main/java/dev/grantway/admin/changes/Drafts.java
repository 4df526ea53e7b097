package dev.grantway.admin.changes;

import dev.grantway.admin.security.Operator;
import dev.grantway.revision.Change;
import dev.grantway.revision.Draft;
import dev.grantway.revision.DraftStep;
import dev.grantway.revision.Rebase;
import dev.grantway.revision.StampedRow;
import dev.grantway.store.AsOf;
import dev.grantway.store.DraftRepository;
import dev.grantway.store.Head;
import dev.grantway.store.PolicyRepository;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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

  Optional<Draft> open(Operator operator) {
    return repository.drafts().list(Draft.State.OPEN).stream()
        .filter(draft -> draft.owner().equals(operator.name()))
        .findFirst()
        .flatMap(draft -> repository.drafts().find(draft.id()));
  }

  /** The draft on head where nothing is in dispute, and on its own base otherwise. */
  DraftState state(Operator operator) {
    Head head = repository.head();
    Optional<Draft> open = open(operator);
    if (open.isEmpty()) {
      return new DraftState(null, List.of(), List.of(), head.revision());
    }
    Draft draft = open.get();
    if (draft.baseHash().equals(head.hash())) {
      return new DraftState(draft, draft.changes(), List.of(), head.revision());
    }
    AsOf live = repository.live();
    Rebase rebase = rebase(draft, live);
    if (!rebase.disputes().isEmpty()) {
      return new DraftState(draft, draft.changes(), rebase.disputes(), head.revision());
    }
    Draft moved = append(draft, moved(operator, live, rebase.changes()));
    return new DraftState(moved, moved.changes(), List.of(), live.revision());
  }

  Rebase rebase(Draft draft, AsOf live) {
    return Rebase.of(draft.changes(), key -> live.row(key).map(StampedRow::row));
  }

  /** The step that puts a draft on the live revision with these changes. */
  DraftStep moved(Operator operator, AsOf live, List<Change> changes) {
    return new DraftStep.Rebase(now(), operator.name(), live.revision(), live.hash(), changes);
  }

  /** Policy data with the draft over them. */
  WorkingCopy copy(DraftState state) {
    AsOf base =
        state.draft().map(Draft::base).flatMap(repository::asOf).orElseGet(() -> repository.live());
    return new WorkingCopy(base, state.changes());
  }

  Draft openOrCreate(Operator operator) {
    return open(operator)
        .orElseGet(
            () -> repository.drafts().create("draft of " + operator.name(), operator.name()));
  }

  /** Stores a step; one that somebody stored in between, in another tab, stays before it. */
  Draft append(Draft draft, DraftStep step) {
    return append(draft, current -> step);
  }

  Draft append(Draft draft, Function<Draft, DraftStep> step) {
    Draft current = draft;
    for (int i = 0; i < ATTEMPTS; i++) {
      switch (repository.drafts().append(current, step.apply(current))) {
        case DraftRepository.Appended.Stored(Draft stored) -> {
          return stored;
        }
        case DraftRepository.Appended.Stale(Draft other) -> current = other;
      }
    }
    throw new IllegalStateException("draft `" + draft.id() + "` is being edited elsewhere");
  }

  void end(Draft draft, Draft.State state) {
    repository.drafts().setState(draft.id(), state);
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
