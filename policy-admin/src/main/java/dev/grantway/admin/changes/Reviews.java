package dev.grantway.admin.changes;

import dev.grantway.admin.common.FoundAside;
import dev.grantway.admin.common.Latest;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.security.Operator;
import dev.grantway.analysis.DocumentChange;
import dev.grantway.analysis.DocumentChanges;
import dev.grantway.analysis.DocumentPage;
import dev.grantway.analysis.Finding;
import dev.grantway.analysis.PolicySide;
import dev.grantway.compile.KeepingCompiler;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.RoleName;
import dev.grantway.revision.Change;
import dev.grantway.revision.Draft;
import dev.grantway.revision.DraftStep;
import dev.grantway.revision.Reviewed;
import dev.grantway.revision.RowKey;
import dev.grantway.store.Heartbeat;
import dev.grantway.store.PolicyRepository;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Computes reviews. What a draft does on its base never changes, and is computed once. */
@Component
class Reviews {
  private static final int KEPT = 50;

  private static final Duration PATIENCE = Duration.ofMillis(300);

  /** Documents, of both sides; those of a review that is looked at again are most often here. */
  private static final int DOCUMENTS = 2_000;

  private final PolicyRepository repository;
  private final Drafts drafts;
  private final KeepingCompiler compiler = new KeepingCompiler(DOCUMENTS);
  private final Latest<String, Effect> effects = new Latest<>(KEPT);
  private final FoundAside<LookedAt, FindingChanges> findings = new FoundAside<>(LookedAt::draft);
  private final Latest<String, List<Risk>> again = new Latest<>(KEPT);

  /**
   * A state of a draft whose findings are looked for.
   *
   * @param hash of the state
   */
  private record LookedAt(String draft, String hash) {
    static LookedAt of(DraftState state) {
      return new LookedAt(state.draft().map(Draft::id).orElse(""), state.hash());
    }
  }

  Reviews(PolicyRepository repository, Drafts drafts) {
    this.repository = repository;
    this.drafts = drafts;
  }

  /** For a page, which does not wait for findings. */
  Review of(Operator operator, DraftState state) {
    return of(operator, state, PATIENCE);
  }

  /**
   * The same.
   *
   * @param patience how long to wait for findings
   */
  Review of(Operator operator, DraftState state, Duration patience) {
    if (state.draft().isEmpty()) {
      return Review.nothing(state);
    }
    Draft draft = state.draft().get();
    WorkingCopy copy = drafts.copy(state);
    Effect effect = effect(copy, state);
    DraftRules rules = rules(copy);
    boolean settled = state.disputes().isEmpty();
    List<DocumentChange> misfits = settled ? misfits(copy, state) : List.of();
    return new Review(
        state,
        ChangeLines.of(state.changes(), copy::apiName),
        effect,
        rules.agreement(copy, draft, effect),
        draft.rejection(),
        draft.schedule(),
        risks(copy, state, effect, misfits),
        settled ? findings(state, effect, patience) : FindingChanges.NONE,
        settled ? broken(copy, state) : List.of(),
        misfits,
        settled ? copy.tests().size() : 0,
        settled ? TestGate.failing(copy, state.changes(), drafts.now()) : List.of(),
        settled && !state.changes().isEmpty() && !draft.authors().contains(operator.name()));
  }

  DraftSummary summary(DraftState state) {
    Effect effect = state.draft().isEmpty() ? Effect.NOTHING : effect(drafts.copy(state), state);
    return new DraftSummary(
        state, effect.count(GrantChange.Kind.GAINED), effect.count(GrantChange.Kind.LOST));
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
    return effects.get(state.hash(), () -> EffectiveReview.of(copy, state.changes()));
  }

  private List<Risk> risks(
      WorkingCopy copy, DraftState state, Effect effect, List<DocumentChange> misfits) {
    var risks = new ArrayList<>(effect.risks());
    risks.addAll(again(copy, state));
    misfits.forEach(it -> risks.add(Risk.of(it.misfit())));
    return risks.stream().sorted().toList();
  }

  /** The names that come again; asked of the table once for each state of a draft. */
  private List<Risk> again(WorkingCopy copy, DraftState state) {
    return again.get(state.hash(), () -> namesAgain(copy, state));
  }

  private List<Risk> namesAgain(WorkingCopy copy, DraftState state) {
    List<RowKey> added =
        state.changes().stream()
            .filter(change -> change.beforeOrNull() == null)
            .map(Change::key)
            .toList();
    Set<RowKey> were = repository.wereThere(added);
    return added.stream()
        .filter(were::contains)
        .flatMap(key -> again(copy, key).stream())
        .map(it -> new Risk(Risk.Kind.AGAIN, it))
        .toList();
  }

  private static Optional<Sentence> again(WorkingCopy copy, RowKey key) {
    return switch (key) {
      case RowKey.OfPermission it ->
          Optional.of(Sentence.of("risk.AGAIN.permission", it.id().value()));
      case RowKey.OfApi it -> Optional.of(Sentence.of("risk.AGAIN.api", copy.apiName(it.id())));
      case RowKey.OfRole it -> Optional.of(Sentence.of("risk.AGAIN.role", it.name().value()));
      case RowKey.OfAssignment it -> Optional.empty();
      case RowKey.OfRule it -> Optional.empty();
    };
  }

  /** They are advice: one that cannot be looked for holds nothing up. */
  private FindingChanges findings(DraftState state, Effect effect, Duration patience) {
    Set<ApiId> concerned = effect.concerned().keySet();
    if (concerned.isEmpty()) {
      return FindingChanges.NONE;
    }
    return FindingChanges.of(
        findings.of(
            LookedAt.of(state),
            patience,
            () -> FindingChanges.of(drafts.copy(state), concerned, drafts.now())));
  }

  /** The findings of a state of a draft whose review was looked at, as known; for polls. */
  FindingChanges knownFindings(DraftState state) {
    return FindingChanges.of(findings.known(LookedAt.of(state)));
  }

  /** The invariants that keep the draft from being published. */
  List<Finding> broken(WorkingCopy copy, DraftState state) {
    Set<Set<RoleName>> seen =
        repository.heartbeats().stream()
            .flatMap(beat -> beat.roleSets().stream())
            .collect(Collectors.toSet());
    return InvariantGate.broken(copy, state.changes(), seen, drafts.now());
  }

  /** The documents that keep it from being published. */
  List<DocumentChange> misfits(WorkingCopy copy, DraftState state) {
    return documents(copy, state).misfits(copy.base().rules());
  }

  private DocumentChanges documents(WorkingCopy copy, DraftState state) {
    var before = new PolicySide(copy.withoutChanges());
    return new DocumentChanges(
        new DocumentChanges.Compiling(before, compiler, copy.base().hash()),
        new DocumentChanges.Compiling(new PolicySide(copy), compiler, state.hash()),
        effect(copy, state).concerned(),
        Heartbeat.stages(repository.heartbeats()),
        drafts.now());
  }

  /** The documents that the draft makes others, from one on. */
  DocumentPage documents(DraftState state, int from) {
    return state.draft().isEmpty() || !state.disputes().isEmpty()
        ? DocumentPage.NONE
        : documents(drafts.copy(state), state).page(from);
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
