package dev.grantway.admin.changes;

import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.security.Operator;
import dev.grantway.admin.security.Task;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.revision.Change;
import dev.grantway.revision.Draft;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.Reviewed;
import dev.grantway.revision.RowKey;
import dev.grantway.revision.RuleKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What rules and operator rights say of a draft: asked when an edit is staged and again when the
 * draft is published, since rights and rules may have changed between.
 */
final class DraftRules {
  private final Rules rules;
  private final Known known;

  /**
   * Rules and the people they are about.
   *
   * @param rules those in force, on the revision that is to be replaced
   */
  DraftRules(Rules rules, Known known) {
    this.rules = rules;
    this.known = known;
  }

  /**
   * Why an edit may not be staged.
   *
   * @param edit what of it changes something
   */
  List<Objection> toEdit(Operator operator, Collection<Change> edit) {
    return Stream.of(
            ownersAlone(operator, edit).stream(),
            outsideLimits(operator, edit).stream(),
            unsatisfiable(edit).stream(),
            unowned(edit).stream())
        .flatMap(it -> it)
        .toList();
  }

  /**
   * Why a draft may not be published: its authors and whoever publishes it have the rights and
   * limits for it today, nobody rejects it, and enough approve it.
   */
  List<Objection> toPublish(
      Operator publisher, boolean breakGlass, WorkingCopy copy, Draft draft, Effect effect) {
    List<Change> changes = draft.changes();
    var objections = new ArrayList<Objection>();
    for (String name : draft.authors()) {
      Operator author = name.equals(publisher.name()) ? publisher : known.operator(name);
      if (!author.may(Task.DRAFT)) {
        objections.add(Objection.of("author-rights", name));
      }
      ownersAlone(author, changes).ifPresent(objections::add);
      objections.addAll(outsideLimits(author, changes));
      effectOutsideLimits(author, copy, effect).ifPresent(objections::add);
    }
    if (!draft.authors().contains(publisher.name())) {
      objections.addAll(outsideLimits(publisher, changes));
      effectOutsideLimits(publisher, copy, effect).ifPresent(objections::add);
    }
    objections.addAll(unsatisfiable(changes));
    objections.addAll(unowned(changes));
    if (!breakGlass) {
      objections.addAll(notAgreed(publisher, copy, draft, effect));
    }
    return objections.stream().distinct().toList();
  }

  private List<Objection> notAgreed(
      Operator publisher, WorkingCopy copy, Draft draft, Effect effect) {
    var objections = new ArrayList<Objection>();
    draft
        .rejection()
        .ifPresent(
            reject -> objections.add(Objection.of("rejected", reject.by(), reject.comment())));
    Agreement agreement = agreement(copy, draft, effect);
    if (agreement.missing() > 0) {
      objections.add(
          Objection.of("approval-required", agreement.required(), agreement.approvers().size()));
    }
    boolean own = draft.authors().contains(publisher.name());
    if ((!own || agreement.required() > 0) && !publisher.may(Task.PUBLISH_APPROVED)) {
      objections.add(Objection.of(own ? "publish-approved" : "publish-others", publisher.name()));
    }
    return objections;
  }

  /** How far a draft is agreed to. */
  Agreement agreement(WorkingCopy copy, Draft draft, Effect effect) {
    var seen = new Reviewed(draft.changesHash(), effect.hash());
    var agreeing = new TreeSet<String>();
    draft.approvers(seen).stream().filter(this::mayApprove).forEach(agreeing::add);
    int required = 0;
    int missing = 0;
    for (Rules.ApprovalRule rule : rulesFor(copy, draft.changes())) {
      long counted = agreeing.stream().filter(name -> mayChange(name, rule.api())).count();
      required = Math.max(required, rule.required());
      missing = Math.max(missing, rule.required() - (int) counted);
    }
    return new Agreement(required, missing, agreeing, draft.staleApprovers(seen));
  }

  private boolean mayApprove(String name) {
    return known.operator(name).may(Task.PUBLISH_APPROVED);
  }

  private boolean mayChange(String name, ApiId api) {
    return limit(name).map(limit -> limit.apis().contains(api)).orElse(true);
  }

  /** Why an operator's approval of a draft would count for nothing. */
  Optional<Objection> toApprove(Operator operator, WorkingCopy copy, Draft draft) {
    if (draft.authors().contains(operator.name())) {
      return Optional.of(Objection.of("author-approves", operator.name()));
    }
    List<Rules.ApprovalRule> asked = rulesFor(copy, draft.changes());
    boolean counts =
        asked.isEmpty() || asked.stream().anyMatch(rule -> mayChange(operator.name(), rule.api()));
    return counts
        ? Optional.empty()
        : Optional.of(
            Objection.of("operator-limit", operator.name(), copy.apiName(asked.getFirst().api())));
  }

  /** Rules that ask more approvals than there are operators who may give them. */
  private List<Objection> unsatisfiable(Collection<Change> changes) {
    return changes.stream()
        .flatMap(change -> change.after().stream())
        .filter(PolicyRow.OfApproval.class::isInstance)
        .map(row -> ((PolicyRow.OfApproval) row).rule())
        .filter(rule -> rule.required() > approversOf(rule.api()))
        .map(
            rule ->
                Objection.of(
                    "approval-unsatisfiable",
                    rule.required(),
                    rule.api().value(),
                    approversOf(rule.api())))
        .toList();
  }

  /** Waivers of somebody who could not accept a finding: that is an owner's (CONTRACT). */
  private List<Objection> unowned(Collection<Change> changes) {
    return changes.stream()
        .flatMap(change -> change.after().stream())
        .filter(PolicyRow.OfWaiver.class::isInstance)
        .map(row -> ((PolicyRow.OfWaiver) row).waiver())
        .filter(waiver -> !known.operator(waiver.owner()).may(Task.CHANGE_RULES))
        .map(waiver -> Objection.of("waiver-owner", waiver.finding(), waiver.owner()))
        .toList();
  }

  private int approversOf(ApiId api) {
    return approvers(api).size();
  }

  /** The operators who signed in and may approve what concerns an API, by name. */
  List<String> approvers(ApiId api) {
    return known.all().stream()
        .filter(it -> it.may(Task.PUBLISH_APPROVED) && mayChange(it.name(), api))
        .map(Operator::name)
        .sorted()
        .toList();
  }

  /** Invariants and tests are for whoever drafts; the other rules are an owner's (CONTRACT). */
  private static Optional<Objection> ownersAlone(Operator operator, Collection<Change> changes) {
    boolean touched =
        changes.stream()
            .anyMatch(
                change ->
                    change.key() instanceof RowKey.OfRule rule
                        && rule.kind() != RuleKind.INVARIANT
                        && rule.kind() != RuleKind.TEST);
    return touched && !operator.may(Task.CHANGE_RULES)
        ? Optional.of(Objection.of("owners-rule", operator.name()))
        : Optional.empty();
  }

  private List<Objection> outsideLimits(Operator operator, Collection<Change> edit) {
    Optional<Rules.OperatorLimit> limit = limit(operator.name());
    if (limit.isEmpty()) {
      return List.of();
    }
    Set<ApiId> allowed = limit.get().apis();
    return edit.stream()
        .flatMap(DraftRules::apis)
        .distinct()
        .filter(api -> !allowed.contains(api))
        .map(api -> Objection.of("operator-limit", operator.name(), api.value()))
        .toList();
  }

  /** The APIs that a change is about by itself; what roles and assignments do is seen later. */
  private static Stream<ApiId> apis(Change change) {
    return switch (change.key()) {
      case RowKey.OfPermission permission -> Stream.of(permission.api());
      case RowKey.OfApi api -> Stream.of(api.id());
      case RowKey.OfRole role -> Stream.empty();
      case RowKey.OfAssignment assignment -> Stream.empty();
      case RowKey.OfRule rule ->
          Stream.concat(change.before().stream(), change.after().stream())
              .flatMap(DraftRules::checkedApi);
    };
  }

  /** What is said of an API to keep it right is for those who may change it. */
  private static Stream<ApiId> checkedApi(PolicyRow row) {
    if (row instanceof PolicyRow.OfTest(var test)) {
      return Stream.of(new ApiId(test.api()));
    }
    return row instanceof PolicyRow.OfInvariant(var invariant)
        ? Stream.of(invariant.api())
        : Stream.empty();
  }

  /** Every grant gained or lost, by whatever path, lies inside its author's limits (CONTRACT). */
  private Optional<Objection> effectOutsideLimits(
      Operator operator, WorkingCopy copy, Effect effect) {
    Optional<Rules.OperatorLimit> limit = limit(operator.name());
    if (limit.isEmpty()) {
      return Optional.empty();
    }
    var allowed = new LinkedHashSet<String>();
    limit.get().apis().forEach(id -> allowed.add(copy.apiName(id)));
    Optional<Objection> grant =
        effect.grants().stream()
            .filter(it -> !allowed.contains(it.api()))
            .findFirst()
            .map(it -> outside(it.role(), it.api(), operator));
    Optional<Objection> concerned =
        effect.concerned().entrySet().stream()
            .filter(it -> !limit.get().apis().contains(it.getKey()) && !it.getValue().isEmpty())
            .findFirst()
            .map(
                it ->
                    outside(
                        it.getValue().keySet().iterator().next(),
                        copy.apiName(it.getKey()),
                        operator));
    return grant
        .or(() -> concerned)
        .or(
            () ->
                effect.holders().stream()
                    .flatMap(
                        it ->
                            it.apis().stream()
                                .filter(api -> !allowed.contains(api))
                                .map(api -> outside(it.role(), api, operator)))
                    .findFirst());
  }

  private static Objection outside(RoleName role, String api, Operator operator) {
    return new Objection(
        "operator-limit",
        Sentence.of("refused.operator-limit.effect", role.value(), api, operator.name()));
  }

  private Optional<Rules.OperatorLimit> limit(String operator) {
    return rules.limit(operator);
  }

  /**
   * The rules for what the changes touch. A role or an assignment touches the APIs that the role
   * has permissions for, before or after; an approval rule, an invariant and a test the one that
   * they are about. Limits, waivers and retention touch none: they open no call, and the draft that
   * makes use of them is asked itself.
   */
  static List<Rules.ApprovalRule> rulesFor(WorkingCopy copy, Collection<Change> changes) {
    return copy.base().rules().approvals().stream()
        .filter(rule -> changes.stream().anyMatch(change -> touches(copy, change, rule)))
        .toList();
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
      case PolicyRow.OfTest(var test) -> test.api().equals(rule.api().value());
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
