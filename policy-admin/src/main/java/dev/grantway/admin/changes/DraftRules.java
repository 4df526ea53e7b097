package dev.grantway.admin.changes;

import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.security.Operator;
import dev.grantway.admin.security.Task;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Rules;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.RowKey;
import dev.grantway.revision.RuleKind;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What rules and operator rights say of a draft: asked when an edit is staged and again when the
 * draft is published, since rights and rules may have changed between.
 */
final class DraftRules {
  private final Rules rules;

  DraftRules(Rules rules) {
    this.rules = rules;
  }

  /**
   * Why an edit may not be staged.
   *
   * @param edit what of it changes something
   */
  List<Objection> toEdit(Operator operator, Collection<Change> edit) {
    return Stream.concat(
            ownersAlone(operator, edit).stream(), outsideLimits(operator, edit).stream())
        .toList();
  }

  /** Why a draft may not be published. */
  List<Objection> toPublish(Operator operator, WorkingCopy copy, List<Change> changes) {
    int approvals = approvals(changes);
    Optional<Objection> unapproved =
        approvals == 0
            ? Optional.empty()
            : Optional.of(Objection.of("approval-required", approvals));
    return Stream.of(
            ownersAlone(operator, changes),
            unapproved,
            effectOutsideLimits(operator, copy, changes))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Invariants are for whoever drafts; the other rules are an owner's (CONTRACT). */
  private static Optional<Objection> ownersAlone(Operator operator, Collection<Change> changes) {
    boolean touched =
        changes.stream()
            .anyMatch(
                change ->
                    change.key() instanceof RowKey.OfRule rule
                        && rule.kind() != RuleKind.INVARIANT);
    return touched && !operator.may(Task.CHANGE_RULES)
        ? Optional.of(Objection.of("owners-rule", operator.name()))
        : Optional.empty();
  }

  private List<Objection> outsideLimits(Operator operator, Collection<Change> edit) {
    Optional<Rules.OperatorLimit> limit = limit(operator);
    if (limit.isEmpty()) {
      return List.of();
    }
    Set<ApiId> allowed = limit.get().apis();
    return edit.stream()
        .flatMap(change -> api(change.key()).stream())
        .distinct()
        .filter(api -> !allowed.contains(api))
        .map(api -> Objection.of("operator-limit", operator.name(), api.value()))
        .toList();
  }

  private static Optional<ApiId> api(RowKey key) {
    return switch (key) {
      case RowKey.OfPermission permission -> Optional.of(permission.api());
      case RowKey.OfApi api -> Optional.of(api.id());
      case RowKey.OfRole role -> Optional.empty();
      case RowKey.OfAssignment assignment -> Optional.empty();
      case RowKey.OfRule rule -> Optional.empty();
    };
  }

  /** Every grant gained or lost, by whatever path, lies inside its author's limits (CONTRACT). */
  private Optional<Objection> effectOutsideLimits(
      Operator operator, WorkingCopy copy, List<Change> changes) {
    Optional<Rules.OperatorLimit> limit = limit(operator);
    if (limit.isEmpty()) {
      return Optional.empty();
    }
    var allowed = new LinkedHashSet<String>();
    limit.get().apis().forEach(id -> allowed.add(copy.apiName(id)));
    return EffectiveReview.of(copy, changes).stream()
        .filter(grant -> !allowed.contains(grant.api()))
        .findFirst()
        .map(
            grant ->
                new Objection(
                    "operator-limit",
                    Sentence.of(
                        "refused.operator-limit.effect",
                        grant.role().value(),
                        grant.api(),
                        operator.name())));
  }

  private Optional<Rules.OperatorLimit> limit(Operator operator) {
    return rules.operators().stream()
        .filter(limit -> limit.operator().equals(operator.name()))
        .findFirst();
  }

  /** The most that a rule asks for an API which the changes touch; roles touch every API. */
  int approvals(Collection<Change> changes) {
    return rules.approvals().stream()
        .filter(rule -> changes.stream().anyMatch(change -> touches(change, rule)))
        .mapToInt(Rules.ApprovalRule::required)
        .max()
        .orElse(0);
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

  private static boolean touches(@Nullable PolicyRow row, Rules.ApprovalRule rule) {
    return row instanceof PolicyRow.OfPermission(var permission)
        && (rule.stage().isEvery()
            || permission.stage().isEvery()
            || permission.stage().equals(rule.stage()));
  }
}
