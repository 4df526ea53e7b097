package dev.grantway.admin.changes;

import dev.grantway.admin.activity.Activity;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.security.Operator;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.audit.ActivityKind;
import dev.grantway.revision.Change;
import dev.grantway.revision.Draft;
import dev.grantway.revision.DraftStep;
import dev.grantway.revision.Publication;
import dev.grantway.revision.PublishResult;
import dev.grantway.revision.Refusal;
import dev.grantway.revision.Revision;
import dev.grantway.revision.RowKey;
import dev.grantway.store.Head;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/**
 * The operator's draft: edits are stored in it at once, and nothing of it is live until published.
 */
@Service
public class ChangesService {
  private final PolicyRepository repository;
  private final Operators operators;
  private final Drafts drafts;
  private final Propagation propagation;
  private final Activity activity;

  ChangesService(
      PolicyRepository repository,
      Operators operators,
      Drafts drafts,
      Propagation propagation,
      Activity activity) {
    this.repository = repository;
    this.operators = operators;
    this.drafts = drafts;
    this.propagation = propagation;
    this.activity = activity;
  }

  public DraftState draft() {
    return drafts.state(operators.require(Task.SEE));
  }

  /** Policy data with the operator's draft over them: what views show and edit. */
  public WorkingCopy workingCopy() {
    return drafts.copy(drafts.state(operators.require(Task.SEE)));
  }

  /**
   * Adds an edit to the draft.
   *
   * @param label says what it does; kept with the draft, in English
   */
  public Staged stage(Sentence label, List<Change> changes) {
    Operator operator = operators.require(Task.DRAFT);
    DraftState state = drafts.state(operator);
    List<Change> after = Draft.net(List.of(state.changes(), changes));
    var rules = new DraftRules(repository.live().rules());
    List<Objection> objections = new ArrayList<>(rules.toEdit(operator, left(changes, after)));
    if (state.disputes().isEmpty()) {
      objections.addAll(Objection.of(repository.check(after)));
    }
    if (!objections.isEmpty()) {
      return new Staged.Refused(objections);
    }
    drafts.append(
        drafts.openOrCreate(operator),
        new DraftStep.Edit(drafts.now(), operator.name(), label.in(Locale.ENGLISH), changes));
    return new Staged.Done(drafts.state(operator));
  }

  /** What of an edit the draft still holds: rows that it puts back as they were are always free. */
  private static List<Change> left(List<Change> edit, List<Change> after) {
    Set<RowKey> keys = edit.stream().map(Change::key).collect(Collectors.toSet());
    return after.stream().filter(change -> keys.contains(change.key())).toList();
  }

  /** Takes the last edit back. */
  public DraftState undo() {
    Operator operator = operators.require(Task.DRAFT);
    drafts
        .open(operator)
        .ifPresent(
            draft -> drafts.append(draft, new DraftStep.Undo(drafts.now(), operator.name())));
    return drafts.state(operator);
  }

  public DraftState redo() {
    Operator operator = operators.require(Task.DRAFT);
    drafts
        .open(operator)
        .ifPresent(
            draft -> drafts.append(draft, new DraftStep.Redo(drafts.now(), operator.name())));
    return drafts.state(operator);
  }

  /** Takes one row out of the draft, which is then as at the base. */
  @SuppressWarnings("ArgumentSelectionDefectChecker") // what was before comes after
  public Staged restore(RowKey key) {
    Operator operator = operators.require(Task.DRAFT);
    Optional<Change> change =
        drafts.state(operator).changes().stream().filter(it -> it.key().equals(key)).findFirst();
    if (change.isEmpty()) {
      return new Staged.Done(drafts.state(operator));
    }
    Change staged = change.get();
    return stage(
        Sentence.of("label.restore", key.text()),
        List.of(new Change(key, staged.afterOrNull(), staged.beforeOrNull())));
  }

  /** Ends the draft without publishing it. */
  public DraftState discard() {
    Operator operator = operators.require(Task.DRAFT);
    drafts.open(operator).ifPresent(this::discard);
    return drafts.state(operator);
  }

  private void discard(Draft draft) {
    activity.record(ActivityKind.DRAFT_DISCARDED, "draft " + draft.id());
    drafts.end(draft, Draft.State.DISCARDED);
  }

  /** The draft before and after, and what it means. */
  public Review review() {
    Operator operator = operators.require(Task.SEE);
    DraftState state = drafts.state(operator);
    if (state.changes().isEmpty()) {
      return new Review(state, List.of(), List.of(), 0, List.of());
    }
    WorkingCopy copy = drafts.copy(state);
    return new Review(
        state,
        ChangeLines.of(state.changes(), copy::apiName),
        EffectiveReview.of(copy, state.changes()),
        DraftRules.approvals(copy, state.changes()),
        state.disputes().isEmpty()
            ? InvariantGate.broken(copy, state.changes(), drafts.now())
            : List.of());
  }

  /** Settles a dispute for the draft or for what is live. */
  public DraftState settle(RowKey key, boolean mine) {
    Operator operator = operators.require(Task.DRAFT);
    drafts.settle(operator, key, mine);
    return drafts.state(operator);
  }

  /**
   * Makes the draft the next revision.
   *
   * @param hash of the draft that was reviewed; another is not published
   * @param reason why, in the operator's words
   */
  public Outcome publish(String hash, String reason) {
    Operator operator = operators.require(Task.PUBLISH);
    try {
      return publishReviewed(operator, hash, reason);
    } catch (StoreException.OutcomeUnknown unknown) {
      return new Outcome.Unknown(unknown.number(), propagation.last());
    } catch (StoreException.Unavailable down) {
      return new Outcome.TableDown(propagation.last());
    }
  }

  private Outcome publishReviewed(Operator operator, String hash, String reason) {
    if (reason.isBlank()) {
      return new Outcome.Refused(List.of(Objection.of("no-reason")));
    }
    DraftState state = drafts.state(operator);
    Optional<Draft> draft = state.draft();
    if (draft.isEmpty() || !state.hash().equals(hash) || !state.disputes().isEmpty()) {
      return new Outcome.Moved(state);
    }
    WorkingCopy copy = drafts.copy(state);
    // The store publishes on this base or not at all: no rule can have changed meanwhile.
    List<Objection> objections =
        new ArrayList<>(
            new DraftRules(copy.base().rules()).toPublish(operator, copy, state.changes()));
    InvariantGate.broken(copy, state.changes(), drafts.now())
        .forEach(it -> objections.add(Objection.of(it)));
    if (!objections.isEmpty()) {
      return new Outcome.Refused(objections);
    }
    var publication =
        new Publication(
            state.changes(),
            draft.get().base(),
            draft.get().baseHash(),
            operator.name(),
            List.of(),
            reason.strip(),
            draft.get().id());
    Set<Propagation.Stage> stages = Stages.touched(repository.live(), state.changes());
    var publishing = new Publishing(activity, publication);
    return switch (publishing.by(repository)) {
      case PublishResult.Published(Revision revision) -> published(draft.get(), revision, stages);
      case PublishResult.Conflict conflict -> new Outcome.Moved(drafts.state(operator));
      case PublishResult.Refused(List<Refusal> why) -> new Outcome.Refused(Objection.of(why));
    };
  }

  private Outcome published(Draft draft, Revision revision, Set<Propagation.Stage> stages) {
    propagation.published(revision.number(), revision.hash(), revision.at(), stages);
    try {
      drafts.end(draft, Draft.State.PUBLISHED);
    } catch (StoreException stillOpen) {
      // The revision is live all the same; on head, the draft is found to change nothing more.
      return new Outcome.Published(revision);
    }
    return new Outcome.Published(revision);
  }

  /**
   * Where the live revision is on its way to the callers. Never fails: without a table, as known.
   */
  public InForce inForce() {
    operators.require(Task.SEE);
    try {
      InForce last = propagation.last();
      Head head = repository.head();
      boolean known = head.revision() == last.revision() && head.revision() != 0;
      return known ? last : propagation.seen(head, last, Stages.every(repository.live()));
    } catch (StoreException down) {
      return propagation.last();
    }
  }
}
