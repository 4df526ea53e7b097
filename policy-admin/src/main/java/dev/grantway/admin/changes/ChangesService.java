package dev.grantway.admin.changes;

import dev.grantway.admin.activity.Activity;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.security.Operator;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.analysis.DocumentPage;
import dev.grantway.audit.ActivityKind;
import dev.grantway.policy.ApiId;
import dev.grantway.revision.Change;
import dev.grantway.revision.Draft;
import dev.grantway.revision.DraftStep;
import dev.grantway.revision.RowKey;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.StoreException;
import java.time.Duration;
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
  private static final Duration WHOLE = Duration.ofMinutes(2);

  private final PolicyRepository repository;
  private final Operators operators;
  private final Drafts drafts;
  private final Reviews reviews;
  private final RollBack rollBack;
  private final Lookout lookout;
  private final Activity activity;

  ChangesService(
      PolicyRepository repository,
      Operators operators,
      Drafts drafts,
      Reviews reviews,
      Lookout lookout,
      Activity activity) {
    this.reviews = reviews;
    this.rollBack = new RollBack(repository);
    this.repository = repository;
    this.operators = operators;
    this.drafts = drafts;
    this.lookout = lookout;
    this.activity = activity;
  }

  /** The draft that the operator edits. */
  public DraftState draft() {
    return drafts.state(operators.require(Task.SEE));
  }

  /** Somebody's open draft; nothing staged where there is none of that id. */
  public DraftState draft(String id) {
    return drafts.state(operators.require(Task.SEE), id);
  }

  /** Every open draft, the latest first. */
  public List<DraftEntry> drafts() {
    Operator operator = operators.require(Task.SEE);
    String edited = drafts.open(operator).map(Draft::id).orElse("");
    return drafts.all().stream()
        .map(
            it ->
                new DraftEntry(
                    it.id(),
                    it.name(),
                    it.owner(),
                    it.createdAt(),
                    Drafts.isOf(it, operator),
                    it.id().equals(edited)))
        .toList();
  }

  /** Begins another draft, which the operator's edits go to from now on. */
  public Draft begin(String name) {
    Operator operator = operators.require(Task.DRAFT);
    return drafts.create(DraftEntry.checked(name), operator);
  }

  /** Edits go to this draft of the operator from now on; others' drafts are left alone. */
  public DraftState choose(String id) {
    Operator operator = operators.require(Task.DRAFT);
    own(operator, id).ifPresent(draft -> repository.drafts().choose(operator.name(), id));
    return drafts.state(operator);
  }

  public DraftState rename(String id, String name) {
    Operator operator = operators.require(Task.DRAFT);
    String checked = DraftEntry.checked(name);
    own(operator, id).ifPresent(draft -> repository.drafts().rename(id, checked));
    return drafts.state(operator, id);
  }

  private Optional<Draft> own(Operator operator, String id) {
    return drafts.find(id).filter(draft -> Drafts.isOf(draft, operator));
  }

  /** Policy data with the operator's draft over them: what views show and edit. */
  public WorkingCopy workingCopy() {
    return drafts.copy(drafts.state(operators.require(Task.SEE)));
  }

  /** The same with somebody's open draft over them; with none of that id as they are live. */
  public WorkingCopy workingCopy(String id) {
    return drafts.copy(drafts.state(operators.require(Task.SEE), id));
  }

  /** The operators who signed in and may approve what concerns an API, by name. */
  public List<String> approvers(ApiId api) {
    operators.require(Task.SEE);
    return new DraftRules(repository.live().rules(), new Known(repository.operators()))
        .approvers(api);
  }

  /**
   * Adds an edit to the draft.
   *
   * @param label says what it does; kept with the draft, in English
   */
  public Staged stage(Sentence label, List<Change> changes) {
    Operator operator = operators.require(Task.DRAFT);
    return stage(operator, label, changes, Optional.empty(), AsSeen.WHATEVER);
  }

  /** The same in one of the operator's drafts, whichever other edits go to. */
  public Staged stage(String id, Sentence label, List<Change> changes) {
    return stage(id, AsSeen.WHATEVER, label, changes);
  }

  /**
   * The same, unless the draft is another than the caller saw: {@code draft-moved}. That is asked
   * in the very write that stores the edit.
   */
  public Staged stage(String id, AsSeen seen, Sentence label, List<Change> changes) {
    Operator operator = operators.require(Task.DRAFT);
    Optional<Draft> draft = own(operator, id);
    return draft.isEmpty() ? refused("no-draft") : stage(operator, label, changes, draft, seen);
  }

  private static Staged refused(String code) {
    return new Staged.Refused(List.of(Objection.of(code)));
  }

  /**
   * Begins a draft of that id with one edit; other edits go where they went before. One of that id
   * that holds the edit stays as it is, whatever became of it; one that was begun without it, by
   * somebody who did not come so far, is opened again and gets it.
   *
   * @param name as {@link #begin(String)}
   * @param label which tells the edit from what its owner did to the draft besides
   */
  public Staged begin(String id, String name, Sentence label, List<Change> changes) {
    Operator operator = operators.require(Task.DRAFT);
    String checked = DraftEntry.checked(name);
    List<Objection> outdated = outdated(new WorkingCopy(repository.live(), List.of()), changes);
    if (!outdated.isEmpty()) {
      return new Staged.Refused(outdated);
    }
    var rules = new DraftRules(repository.live().rules(), new Known(repository.operators()));
    var objections = new ArrayList<>(rules.toEdit(operator, changes));
    objections.addAll(Objection.of(repository.check(changes)));
    if (!objections.isEmpty()) {
      return new Staged.Refused(objections);
    }
    Draft draft = repository.drafts().create(id, checked, operator.name());
    if (editOf(draft, label).isEmpty()) {
      Draft open =
          draft.state() == Draft.State.OPEN
              ? draft
              : repository.drafts().setState(id, Draft.State.OPEN);
      // Of two who are at it the first one's edit counts.
      var _ =
          repository
              .drafts()
              .append(
                  open,
                  new DraftStep.Edit(
                      drafts.now(), operator.name(), label.in(Locale.ENGLISH), changes));
    }
    return new Staged.Done(drafts.state(operator, id));
  }

  /** The edit by which a draft was begun, {@link #begin(String, String, Sentence, List)}. */
  public Optional<DraftStep.Edit> begun(String id, Sentence label) {
    operators.require(Task.SEE);
    return repository.drafts().find(id).flatMap(draft -> editOf(draft, label));
  }

  private static Optional<DraftStep.Edit> editOf(Draft draft, Sentence label) {
    String text = label.in(Locale.ENGLISH);
    return draft.steps().stream()
        .filter(DraftStep.Edit.class::isInstance)
        .map(DraftStep.Edit.class::cast)
        .filter(edit -> edit.label().equals(text))
        .findFirst();
  }

  private Staged stage(
      Operator operator, Sentence label, List<Change> changes, Optional<Draft> into, AsSeen seen) {
    DraftState state =
        into.map(draft -> drafts.state(operator, draft.id()))
            .orElseGet(() -> drafts.state(operator));
    if (!seen.takes(state)) {
      return refused("draft-moved");
    }
    List<Objection> outdated = outdated(drafts.copy(state), changes);
    if (!outdated.isEmpty()) {
      return new Staged.Refused(outdated);
    }
    List<Change> after = Draft.net(List.of(state.changes(), changes));
    var rules = new DraftRules(repository.live().rules(), new Known(repository.operators()));
    List<Objection> objections = new ArrayList<>(rules.toEdit(operator, left(changes, after)));
    if (state.disputes().isEmpty()) {
      objections.addAll(Objection.of(repository.check(after)));
    }
    if (!objections.isEmpty()) {
      return new Staged.Refused(objections);
    }
    Draft draft = state.draft().orElseGet(() -> drafts.openOrCreate(operator));
    var edit = new DraftStep.Edit(drafts.now(), operator.name(), label.in(Locale.ENGLISH), changes);
    if (seen.isAnything() ? drafts.append(draft, edit) : drafts.appendTo(draft, edit)) {
      return new Staged.Done(drafts.state(operator, draft.id()));
    }
    return refused(seen.isAnything() ? "no-draft" : "draft-moved");
  }

  /** Rows that an edit found otherwise than they are: nothing could ever publish it. */
  private static List<Objection> outdated(WorkingCopy copy, List<Change> edit) {
    return edit.stream()
        .filter(change -> !copy.row(change.key()).equals(change.before()))
        .map(change -> Objection.of("outdated", change.key().text()))
        .toList();
  }

  /** What of an edit the draft still holds: rows that it puts back as they were are always free. */
  private static List<Change> left(List<Change> edit, List<Change> after) {
    Set<RowKey> keys = edit.stream().map(Change::key).collect(Collectors.toSet());
    return after.stream().filter(change -> keys.contains(change.key())).toList();
  }

  /**
   * What an edit would do to a draft; nothing is staged.
   *
   * @param copy policy data with that draft over them
   */
  public Effect effectOf(WorkingCopy copy, List<Change> edit) {
    operators.require(Task.SEE);
    return EffectiveReview.of(copy, copy.with(edit), edit);
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

  /**
   * Ends one of the operator's drafts without publishing it.
   *
   * @return {@code draft-moved} where it is another than the caller saw, {@code no-draft} where the
   *     operator has none of that id; then nothing is done
   */
  public Optional<Objection> discard(String id, AsSeen seen) {
    Operator operator = operators.require(Task.DRAFT);
    Optional<Draft> draft = own(operator, id);
    if (draft.isEmpty()) {
      return Optional.of(Objection.of("no-draft"));
    }
    if (seen.isAnything()) {
      discard(draft.get());
      return Optional.empty();
    }
    DraftState state = drafts.state(operator, id);
    return seen.takes(state) && state.draft().filter(this::discardAsRead).isPresent()
        ? Optional.empty()
        : Optional.of(Objection.of("draft-moved"));
  }

  private boolean discardAsRead(Draft draft) {
    activity.record(ActivityKind.DRAFT_DISCARDED, "draft " + draft.id());
    boolean done = drafts.discard(draft);
    if (!done) {
      activity.record(
          ActivityKind.DRAFT_DISCARDED,
          "draft " + draft.id() + ", which was edited meanwhile: it was not discarded");
    }
    return done;
  }

  /** Ends the draft that the operator edits without publishing it. */
  public DraftState discard() {
    Operator operator = operators.require(Task.DRAFT);
    drafts.open(operator).ifPresent(this::discard);
    return drafts.state(operator);
  }

  private void discard(Draft draft) {
    activity.record(ActivityKind.DRAFT_DISCARDED, "draft " + draft.id());
    drafts.end(draft, Draft.State.DISCARDED);
  }

  /** The draft that the operator edits, in numbers: what every view shows of it. */
  public DraftSummary summary() {
    Operator operator = operators.require(Task.SEE);
    return reviews.summary(drafts.state(operator));
  }

  /** The draft that the operator edits before and after, and what it means. */
  public Review review() {
    Operator operator = operators.require(Task.SEE);
    return reviews.of(operator, drafts.state(operator));
  }

  /** The same of somebody's open draft. */
  public Review review(String id) {
    Operator operator = operators.require(Task.SEE);
    return reviews.of(operator, drafts.state(operator, id));
  }

  /** The same with everything in it, however long that takes (two minutes at most). */
  public Review wholeReview(String id) {
    Operator operator = operators.require(Task.SEE);
    return reviews.of(operator, drafts.state(operator, id), WHOLE);
  }

  /** What a review was still looking for, as known, without waiting; for polls. */
  public FindingChanges knownFindings(DraftState state) {
    operators.require(Task.SEE);
    return reviews.knownFindings(state);
  }

  /**
   * The policy documents that somebody's open draft makes others.
   *
   * @param from 0, or {@code next} of the page before
   */
  public DocumentPage documents(String id, int from) {
    Operator operator = operators.require(Task.SEE);
    return reviews.documents(drafts.state(operator, id), Math.max(0, from));
  }

  /**
   * Begins a draft that makes everything as it was in an older revision (REV-05), to be reviewed
   * like any other.
   */
  public Staged rollBack(long revision) {
    Operator operator = operators.require(Task.CHANGE_RULES);
    List<Change> changes;
    try {
      Optional<List<Change>> back = rollBack.to(revision);
      if (back.isEmpty()) {
        return refused("roll-back-unknown", revision);
      }
      changes = back.get();
    } catch (StoreException.NotKept gone) {
      return refused("roll-back-not-kept", revision);
    }
    if (changes.isEmpty()) {
      return refused("roll-back-same", revision);
    }
    activity.record(ActivityKind.ROLL_BACK, "revision " + revision);
    Sentence name = Sentence.of("label.roll-back", Long.toString(revision));
    Draft draft = drafts.create(name.in(Locale.ENGLISH), operator);
    drafts.append(
        draft, new DraftStep.Edit(drafts.now(), operator.name(), name.in(Locale.ENGLISH), changes));
    return new Staged.Done(drafts.state(operator));
  }

  private static Staged refused(String code, long revision) {
    return new Staged.Refused(List.of(Objection.of(code, Long.toString(revision))));
  }

  /** Settles a dispute for the draft or for what is live. */
  public DraftState settle(RowKey key, boolean mine) {
    Operator operator = operators.require(Task.DRAFT);
    drafts.settle(operator, key, mine);
    return drafts.state(operator);
  }

  /** Where the live revision is, as known, without waiting for the table; for polls. */
  public InForce knownInForce() {
    operators.require(Task.SEE);
    return lookout.known();
  }

  /** How often an open draft was edited or spoken of, as known, without waiting; 0: not yet. */
  public int knownSteps(String draft) {
    operators.require(Task.SEE);
    return lookout.knownSteps(draft);
  }

  /**
   * Where the live revision is on its way to the callers. Never fails: without a table, as known.
   */
  public InForce inForce() {
    operators.require(Task.SEE);
    return lookout.look();
  }
}
