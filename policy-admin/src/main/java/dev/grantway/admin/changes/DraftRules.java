package dev.grantway.admin.changes;

import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.security.Operator;
import dev.grantway.admin.security.Task;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
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
    int approvals = approvals(copy, changes);
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

  /**
   * The most that a rule asks for an API which the changes touch. A role or an assignment touches
   * the APIs that the role has permissions for, before or after; an approval rule and an invariant
   * the one that they are about. Limits, waivers and retention touch none: they open no call, and
   * the draft that makes use of them is asked itself.
   */
  static int approvals(WorkingCopy copy, Collection<Change> changes) {
    return copy.base().rules().approvals().stream()
        .filter(rule -> changes.stream().anyMatch(change -> touches(copy, change, rule)))
        .mapToInt(Rules.ApprovalRule::required)
        .max()
        .orElse(0);
  }

  private static boolean touches(WorkingCopy copy, Change change, Rules.ApprovalRule rule) {
    return switch (change.key()) {
      case RowKey.OfPermission key ->
          key.api().equals(rule.api())
              && (touches(change.beforeOrNull(), rule) || touches(change.afterOrNull(), rule));
      case RowKey.OfApi key -> key.id().equals(rule.api());
      case RowKey.OfRole key -> reaches(copy, key.name(), rule);
      case RowKey.OfAssignment key -> reaches(copy, key.role(), rule);
      case RowKey.OfRule key ->
          isAbout(change.beforeOrNull(), rule) || isAbout(change.afterOrNull(), rule);
    };
  }

  /** Whether the role has, itself or by inheritance, a permission that the rule is about. */
  private static boolean reaches(WorkingCopy copy, RoleName role, Rules.ApprovalRule rule) {
    return Stream.of(copy, copy.withoutChanges())
        .anyMatch(
            side ->
                side
                    .permissions(
                        new RoleGraph(side.roles().values()).closure(List.of(role)), rule.api())
                    .stream()
                    .map(PolicyRow.OfPermission::new)
                    .anyMatch(row -> touches(row, rule)));
  }

  private static boolean isAbout(@Nullable PolicyRow row, Rules.ApprovalRule rule) {
    return switch (row) {
      case null -> false;
      case PolicyRow.OfApproval(var changed) -> changed.api().equals(rule.api());
      case PolicyRow.OfInvariant(var invariant) -> invariant.api().equals(rule.api());
      case PolicyRow.OfWaiver waiver -> false;
      case PolicyRow.OfOperator limit -> false;
      case PolicyRow.OfRetention retention -> false;
      case PolicyRow.OfPermission permission -> false;
      case PolicyRow.OfRole role -> false;
      case PolicyRow.OfApi api -> false;
      case PolicyRow.OfAssignment assignment -> false;
    };
  }

  private static boolean touches(@Nullable PolicyRow row, Rules.ApprovalRule rule) {
    return row instanceof PolicyRow.OfPermission(var permission)
        && (rule.stage().isEvery()
            || permission.stage().isEvery()
            || permission.stage().equals(rule.stage()));
  }
}
