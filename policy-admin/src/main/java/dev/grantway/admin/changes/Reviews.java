package dev.grantway.admin.changes;

import dev.grantway.admin.security.Operator;
import dev.grantway.revision.Draft;
import dev.grantway.revision.DraftStep;
import dev.grantway.revision.Reviewed;
import dev.grantway.store.PolicyRepository;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Computes reviews. What a draft does on its base never changes, and is computed once. */
@Component
class Reviews {
  private static final int KEPT = 50;

  private final PolicyRepository repository;
  private final Drafts drafts;
  private final Map<String, Effect> effects =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Effect> eldest) {
              return size() > KEPT;
            }
          });

  Reviews(PolicyRepository repository, Drafts drafts) {
    this.repository = repository;
    this.drafts = drafts;
  }

  Review of(Operator operator, DraftState state) {
    if (state.draft().isEmpty()) {
      return Review.nothing(state);
    }
    Draft draft = state.draft().get();
    WorkingCopy copy = drafts.copy(state);
    Effect effect = effect(copy, state);
    DraftRules rules = rules(copy);
    boolean settled = state.disputes().isEmpty();
    return new Review(
        state,
        ChangeLines.of(state.changes(), copy::apiName),
        effect,
        rules.agreement(copy, draft, effect),
        draft.rejection(),
        draft.schedule(),
        settled ? InvariantGate.broken(copy, state.changes(), drafts.now()) : List.of(),
        settled ? TestGate.failing(copy, state.changes(), drafts.now()) : List.of(),
        settled && !state.changes().isEmpty() && !draft.authors().contains(operator.name()));
  }

  /** Stores what somebody says of an open draft, whatever happened to its edits meanwhile. */
  Voiced said(Operator operator, String id, DraftStep step) {
    Optional<Draft> stored = drafts.find(id);
    stored.ifPresent(draft -> drafts.append(draft, step));
    DraftState now = drafts.state(operator, id);
    return stored.isEmpty() ? new Voiced.Moved(now) : new Voiced.Done(of(operator, now));
  }

  /** What an approval of the draft as it stands binds to. */
  Reviewed reviewed(WorkingCopy copy, DraftState state) {
    return new Reviewed(
        state.draft().map(Draft::changesHash).orElse(""), effect(copy, state).hash());
  }

  Effect effect(WorkingCopy copy, DraftState state) {
    Effect known = effects.get(state.hash());
    if (known == null) {
      known = EffectiveReview.of(copy, state.changes());
      effects.put(state.hash(), known);
    }
    return known;
  }

  /** The tests that keep the draft from being approved, or published with its approvals. */
  List<FailedTest> failing(WorkingCopy copy, DraftState state) {
    return TestGate.failing(copy, state.changes(), drafts.now()).stream()
        .filter(test -> !test.before())
        .toList();
  }

  /** The rules in force on the draft's base, with today's operators. */
  DraftRules rules(WorkingCopy copy) {
    return new DraftRules(copy.base().rules(), new Known(repository.operators()));
  }
}
