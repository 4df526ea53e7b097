package dev.grantway.admin.changes;

import dev.grantway.admin.activity.Activity;
import dev.grantway.admin.security.Operator;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.audit.ActivityKind;
import dev.grantway.revision.Draft;
import dev.grantway.revision.DraftStep;
import dev.grantway.revision.Reviewed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * What others say of a draft. An approval binds to the draft's changes and to what they do on the
 * live revision: if either becomes another, it counts no more.
 */
@Service
public class ApprovalService {
  /** The most characters of a comment. */
  public static final int MAX_TEXT = 2000;

  private final Operators operators;
  private final Drafts drafts;
  private final Reviews reviews;
  private final Activity activity;

  ApprovalService(Operators operators, Drafts drafts, Reviews reviews, Activity activity) {
    this.activity = activity;
    this.operators = operators;
    this.drafts = drafts;
    this.reviews = reviews;
  }

  /**
   * Open drafts of others, as far as they are settled, that lack an approval and that whoever is
   * signed in may approve, the latest first.
   */
  public List<DraftEntry> waiting() {
    Operator operator = operators.require(Task.PUBLISH_APPROVED);
    return drafts.all().stream()
        .filter(draft -> isWaiting(operator, drafts.state(operator, draft.id())))
        .map(it -> new DraftEntry(it.id(), it.name(), it.owner(), it.createdAt(), false, false))
        .toList();
  }

  private boolean isWaiting(Operator operator, DraftState state) {
    if (state.draft().isEmpty() || state.changes().isEmpty() || !state.disputes().isEmpty()) {
      return false;
    }
    Draft draft = state.draft().get();
    WorkingCopy copy = drafts.copy(state);
    DraftRules rules = reviews.rules(copy);
    Agreement agreement = rules.agreement(copy, draft, reviews.effect(copy, state));
    return agreement.missing() > 0
        && !agreement.approvers().contains(operator.name())
        && draft.rejection().isEmpty()
        && rules.toApprove(operator, copy, draft).isEmpty();
  }

  /**
   * Approves a draft of another author, which must fail none of the policy's tests.
   *
   * @param hash of the draft that was looked at; another is not approved
   */
  public Voiced approve(String id, String hash) {
    Operator operator = operators.require(Task.PUBLISH_APPROVED);
    DraftState state = drafts.state(operator, id);
    if (!state.isAsSeen(hash)) {
      return new Voiced.Moved(state);
    }
    WorkingCopy copy = drafts.copy(state);
    Draft draft = state.draft().orElseThrow();
    Optional<Objection> objection = reviews.rules(copy).toApprove(operator, copy, draft);
    if (objection.isPresent()) {
      return new Voiced.Refused(List.of(objection.get()));
    }
    List<FailedTest> failing = reviews.failing(copy, state);
    if (!failing.isEmpty()) {
      return new Voiced.Refused(failing.stream().map(FailedTest::objection).toList());
    }
    Reviewed seen = reviews.reviewed(copy, state);
    activity.record(
        ActivityKind.APPROVED,
        "draft " + id,
        Map.of("changes", seen.changes(), "effect", seen.effect()));
    return reviews.said(operator, id, new DraftStep.Approve(drafts.now(), operator.name(), seen));
  }

  /**
   * Rejects a draft of another author: nobody publishes it until it is edited, or whoever rejected
   * it approves.
   *
   * @param comment why
   */
  public Voiced reject(String id, String hash, String comment) {
    Operator operator = operators.require(Task.PUBLISH_APPROVED);
    Optional<Objection> bad = text(comment, "no-comment");
    if (bad.isPresent()) {
      return new Voiced.Refused(List.of(bad.get()));
    }
    DraftState state = drafts.state(operator, id);
    if (!state.isAsSeen(hash)) {
      return new Voiced.Moved(state);
    }
    if (state.draft().orElseThrow().authors().contains(operator.name())) {
      return new Voiced.Refused(List.of(Objection.of("author-rejects", operator.name())));
    }
    Reviewed seen = reviews.reviewed(drafts.copy(state), state);
    activity.record(ActivityKind.DRAFT_REJECTED, "draft " + id, Map.of("comment", comment.strip()));
    return reviews.said(
        operator, id, new DraftStep.Reject(drafts.now(), operator.name(), comment.strip(), seen));
  }

  /** Adds to the conversation about a draft. */
  public Voiced comment(String id, String text) {
    Operator operator = operators.require(Task.DRAFT);
    Optional<Objection> bad = text(text, "no-comment");
    if (bad.isPresent()) {
      return new Voiced.Refused(List.of(bad.get()));
    }
    return reviews.said(
        operator, id, new DraftStep.Comment(drafts.now(), operator.name(), text.strip()));
  }

  private static Optional<Objection> text(String text, String missing) {
    if (text.isBlank()) {
      return Optional.of(Objection.of(missing));
    }
    return text.strip().length() > MAX_TEXT
        ? Optional.of(Objection.of("long-text", MAX_TEXT))
        : Optional.empty();
  }
}
