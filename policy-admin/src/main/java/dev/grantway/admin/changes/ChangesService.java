package dev.grantway.admin.changes;

import dev.grantway.admin.security.Operator;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Rules;
import dev.grantway.revision.Change;
import dev.grantway.revision.Dispute;
import dev.grantway.revision.Draft;
import dev.grantway.revision.DraftStep;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.Publication;
import dev.grantway.revision.PublishResult;
import dev.grantway.revision.Rebase;
import dev.grantway.revision.Refusal;
import dev.grantway.revision.Revision;
import dev.grantway.revision.RowKey;
import dev.grantway.revision.RuleKind;
import dev.grantway.store.AsOf;
import dev.grantway.store.Head;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  ChangesService(
      PolicyRepository repository, Operators operators, Drafts drafts, Propagation propagation) {
    this.repository = repository;
    this.operators = operators;
    this.drafts = drafts;
    this.propagation = propagation;
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
   * @param label says for people what it does
   */
  public Staged stage(String label, List<Change> changes) {
    Operator operator = operators.require(Task.DRAFT);
    if (changes.stream().anyMatch(change -> isOwnersRule(change.key()))) {
      operators.require(Task.CHANGE_RULES);
    }
    DraftState state = drafts.state(operator);
    List<Change> after = Draft.net(List.of(state.changes(), changes));
    List<Refusal> refusals = new ArrayList<>(outsideLimits(operator, changes));
    if (state.disputes().isEmpty()) {
      refusals.addAll(repository.check(after));
    }
    if (!refusals.isEmpty()) {
      return new Staged.Refused(refusals);
    }
    drafts.append(
        drafts.openOrCreate(operator),
        new DraftStep.Edit(drafts.now(), operator.name(), label, changes));
    return new Staged.Done(drafts.state(operator));
  }

  /** Invariants are for whoever drafts; the other rules are an owner's (CONTRACT). */
  private static boolean isOwnersRule(RowKey key) {
    return key instanceof RowKey.OfRule rule && rule.kind() != RuleKind.INVARIANT;
  }

  private List<Refusal> outsideLimits(Operator operator, List<Change> changes) {
    Optional<Rules.OperatorLimit> limit = limit(operator);
    if (limit.isEmpty()) {
      return List.of();
    }
    return changes.stream()
        .map(Change::key)
        .filter(RowKey.OfPermission.class::isInstance)
        .map(RowKey.OfPermission.class::cast)
        .filter(key -> !limit.get().apis().contains(key.api()))
        .map(
            key ->
                new Refusal(
                    "operator-limit",
                    "operator `"
                        + operator.name()
                        + "` may not change API `"
                        + key.api()
                        + "`: ask an owner",
                    key))
        .toList();
  }

  private Optional<Rules.OperatorLimit> limit(Operator operator) {
    return repository.live().rules().operators().stream()
        .filter(limit -> limit.operator().equals(operator.name()))
        .findFirst();
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
  public Staged restore(RowKey key) {
    Operator operator = operators.require(Task.DRAFT);
    Optional<Change> change =
        drafts.state(operator).changes().stream().filter(it -> it.key().equals(key)).findFirst();
    if (change.isEmpty()) {
      return new Staged.Done(drafts.state(operator));
    }
    Change staged = change.get();
    return stage(
        "take back " + key.text(),
        List.of(new Change(key, staged.afterOrNull(), staged.beforeOrNull())));
  }

  /** Ends the draft without publishing it. */
  public DraftState discard() {
    Operator operator = operators.require(Task.DRAFT);
    drafts.open(operator).ifPresent(draft -> drafts.end(draft, Draft.State.DISCARDED));
    return drafts.state(operator);
  }

  /** The draft before and after, and what it means. */
  public Review review() {
    Operator operator = operators.require(Task.SEE);
    DraftState state = drafts.state(operator);
    if (state.changes().isEmpty()) {
      return new Review(state, List.of(), List.of(), 0);
    }
    WorkingCopy copy = drafts.copy(state);
    return new Review(
        state,
        ChangeLines.of(state.changes(), id -> apiName(copy, id)),
        EffectiveReview.of(copy, state.changes()),
        approvals(copy.base().rules(), state.changes()));
  }

  private static String apiName(WorkingCopy copy, ApiId id) {
    return copy.row(new RowKey.OfApi(id))
        .map(row -> ((PolicyRow.OfApi) row).api().name())
        .orElse(id.value());
  }

  /** The most that a rule asks for an API which the changes touch; roles touch every API. */
  private static int approvals(Rules rules, List<Change> changes) {
    int required = 0;
    for (Rules.ApprovalRule rule : rules.approvals()) {
      boolean touched = changes.stream().anyMatch(change -> touches(change, rule));
      required = touched ? Math.max(required, rule.required()) : required;
    }
    return required;
  }

  private static boolean touches(Change change, Rules.ApprovalRule rule) {
    return switch (change.key()) {
      case RowKey.OfPermission key ->
          key.api().equals(rule.api())
              && (touches(change.beforeOrNull(), rule) || touches(change.afterOrNull(), rule));
      case RowKey.OfApi key -> key.id().equals(rule.api());
      case RowKey.OfRole key -> true;
      case RowKey.OfAssignment key -> true;
      case RowKey.OfRule key -> true;
    };
  }

  private static boolean touches(
      @org.jspecify.annotations.Nullable PolicyRow row, Rules.ApprovalRule rule) {
    return row instanceof PolicyRow.OfPermission(var permission)
        && (rule.stage().isEvery()
            || permission.stage().isEvery()
            || permission.stage().equals(rule.stage()));
  }

  /** Settles a dispute for the draft or for what is live. */
  public DraftState settle(RowKey key, boolean mine) {
    Operator operator = operators.require(Task.DRAFT);
    Optional<Draft> open = drafts.open(operator);
    if (open.isEmpty()) {
      return drafts.state(operator);
    }
    AsOf live = repository.live();
    Rebase rebase = drafts.rebase(open.get(), live);
    var settled = new ArrayList<Change>(rebase.changes());
    var left = new ArrayList<Dispute>();
    for (Dispute dispute : rebase.disputes()) {
      if (!dispute.key().equals(key)) {
        left.add(dispute);
      } else if (mine) {
        Rebase.mineOver(dispute).ifPresent(settled::add);
      }
    }
    if (left.isEmpty()) {
      drafts.append(open.get(), drafts.moved(operator, live, settled));
      return drafts.state(operator);
    }
    // Others are open still: the draft stays on its base, with this row as it was decided.
    rebase.disputes().stream()
        .filter(dispute -> dispute.key().equals(key))
        .findFirst()
        .ifPresent(dispute -> decide(operator, open.get(), dispute, mine));
    return drafts.state(operator);
  }

  private void decide(Operator operator, Draft draft, Dispute dispute, boolean mine) {
    var changes = new ArrayList<Change>();
    for (Change change : draft.changes()) {
      if (!change.key().equals(dispute.key())) {
        changes.add(change);
      }
    }
    if (mine) {
      Rebase.mineOver(dispute).ifPresent(changes::add);
    }
    drafts.append(
        draft,
        new DraftStep.Rebase(
            drafts.now(), operator.name(), draft.base(), draft.baseHash(), changes));
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
      return new Outcome.Refused(
          List.of(new Refusal("no-reason", "a publish needs a reason: say why", null)));
    }
    DraftState state = drafts.state(operator);
    Optional<Draft> draft = state.draft();
    if (draft.isEmpty() || !state.hash().equals(hash) || !state.disputes().isEmpty()) {
      return new Outcome.Moved(state);
    }
    Optional<Refusal> rule = refusedByRules(operator, state);
    if (rule.isPresent()) {
      return new Outcome.Refused(List.of(rule.get()));
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
    Set<Propagation.Stage> stages = stages(state.changes());
    return switch (repository.publish(publication)) {
      case PublishResult.Published(Revision revision) -> published(draft.get(), revision, stages);
      case PublishResult.Conflict conflict -> new Outcome.Moved(drafts.state(operator));
      case PublishResult.Refused(List<Refusal> findings) -> new Outcome.Refused(findings);
    };
  }

  private Optional<Refusal> refusedByRules(Operator operator, DraftState state) {
    WorkingCopy copy = drafts.copy(state);
    int approvals = approvals(copy.base().rules(), state.changes());
    if (approvals > 0) {
      return Optional.of(
          new Refusal(
              "approval-required",
              "this draft needs " + approvals + " approvals before it can be published",
              null));
    }
    Optional<Rules.OperatorLimit> limit = limit(operator);
    return limit.flatMap(
        it ->
            EffectiveReview.of(copy, state.changes()).stream()
                .filter(grant -> !names(copy, it).contains(grant.api()))
                .findFirst()
                .map(
                    grant ->
                        new Refusal(
                            "operator-limit",
                            "this draft changes what `"
                                + grant.role()
                                + "` may do on API `"
                                + grant.api()
                                + "`, which operator `"
                                + operator.name()
                                + "` may not change: ask an owner",
                            null)));
  }

  private static Set<String> names(WorkingCopy copy, Rules.OperatorLimit limit) {
    var names = new LinkedHashSet<String>();
    limit.apis().forEach(id -> names.add(apiName(copy, id)));
    return names;
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

  private Set<Propagation.Stage> stages(List<Change> changes) {
    var touched = new LinkedHashSet<ApiId>();
    boolean all = false;
    for (Change change : changes) {
      switch (change.key()) {
        case RowKey.OfPermission key -> touched.add(key.api());
        case RowKey.OfApi key -> touched.add(key.id());
        case RowKey.OfRole key -> all = true;
        case RowKey.OfAssignment key -> all = true;
        case RowKey.OfRule key -> {}
      }
    }
    Set<Propagation.Stage> stages = everyStage();
    if (!all) {
      stages.removeIf(stage -> !touched.contains(stage.api()));
    }
    return stages;
  }

  private Set<Propagation.Stage> everyStage() {
    var stages = new LinkedHashSet<Propagation.Stage>();
    AsOf live = repository.live();
    for (var entry : live.apis()) {
      for (String stage : live.api(entry.id()).map(Api::stages).orElse(List.of())) {
        stages.add(new Propagation.Stage(entry.id(), stage));
      }
    }
    return stages;
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
      return known ? last : propagation.seen(head, last, everyStage());
    } catch (StoreException down) {
      return propagation.last();
    }
  }
}
