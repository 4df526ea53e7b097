package dev.grantway.admin.settings;

import dev.grantway.admin.AdminSettings;
import dev.grantway.admin.changes.ChangesService;
import dev.grantway.admin.changes.Staged;
import dev.grantway.admin.changes.Staging;
import dev.grantway.admin.changes.WorkingCopy;
import dev.grantway.admin.common.Reading;
import dev.grantway.admin.common.Saved;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.admin.settings.RuleInput.Field;
import dev.grantway.policy.Api;
import dev.grantway.policy.Rules;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.RowKey;
import dev.grantway.revision.RuleKind;
import dev.grantway.store.Heartbeat;
import dev.grantway.store.PolicyRepository;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/**
 * The rules that govern changes, with the operator's draft over them; every edit goes to that draft
 * and to the same checks as any other, which also say what is an owner's alone.
 */
@Service
public class SettingsService {
  private final ChangesService changes;
  private final PolicyRepository repository;
  private final AdminSettings settings;
  private final Operators operators;

  SettingsService(
      ChangesService changes,
      PolicyRepository repository,
      AdminSettings settings,
      Operators operators) {
    this.changes = changes;
    this.repository = repository;
    this.settings = settings;
    this.operators = operators;
  }

  public SettingsPage page(Api api, String stage) {
    operators.require(Task.SEE);
    WorkingCopy copy = changes.workingCopy();
    Rules base = copy.base().rules();
    return new SettingsPage(
        approvals(copy, base),
        lines(copy, RuleKind.OPERATOR, rows(base.operators(), PolicyRow.OfOperator::new)).stream()
            .map(it -> typed(it, row -> ((PolicyRow.OfOperator) row).limit()))
            .toList(),
        lines(copy, RuleKind.WAIVER, rows(base.waivers(), PolicyRow.OfWaiver::new)).stream()
            .map(it -> typed(it, row -> ((PolicyRow.OfWaiver) row).waiver()))
            .toList(),
        lines(copy, RuleKind.INVARIANT, rows(base.invariants(), PolicyRow.OfInvariant::new))
            .stream()
            .map(it -> typed(it, row -> ((PolicyRow.OfInvariant) row).invariant()))
            .toList(),
        lines(copy, RuleKind.RETENTION, kept(copy)).stream()
            .map(it -> typed(it, row -> ((PolicyRow.OfRetention) row).retention()))
            .toList(),
        copy.apis().stream().collect(Collectors.toMap(Api::id, Api::name)),
        reported(api, stage),
        settings);
  }

  /** The row itself: rules without any say "for ever" as those do that hold one. */
  private static List<PolicyRow> kept(WorkingCopy copy) {
    var key = new PolicyRow.OfRetention(Rules.Retention.EVERYTHING).key();
    return copy.base().row(key).map(it -> it.row()).stream().toList();
  }

  private List<ApprovalLine> approvals(WorkingCopy copy, Rules base) {
    return lines(copy, RuleKind.APPROVAL, rows(base.approvals(), PolicyRow.OfApproval::new))
        .stream()
        .map(it -> typed(it, row -> ((PolicyRow.OfApproval) row).rule()))
        .map(
            it ->
                new ApprovalLine(
                    it, copy.apiName(it.rule().api()), changes.approvers(it.rule().api())))
        .toList();
  }

  private static <T> List<PolicyRow> rows(
      Collection<T> rules, Function<T, ? extends PolicyRow> row) {
    return rules.stream().<PolicyRow>map(row).toList();
  }

  private static <T> RuleLine<T> typed(RuleLine<PolicyRow> line, Function<PolicyRow, T> rule) {
    return new RuleLine<>(line.key(), rule.apply(line.rule()), line.staged());
  }

  /** Those of the base, changed or deleted as they may be, and then what the draft adds. */
  private static List<RuleLine<PolicyRow>> lines(
      WorkingCopy copy, RuleKind kind, List<PolicyRow> base) {
    var lines = new ArrayList<RuleLine<PolicyRow>>();
    for (PolicyRow row : base) {
      var key = (RowKey.OfRule) row.key();
      Optional<Change> change = copy.change(key);
      lines.add(new RuleLine<>(key, change.flatMap(Change::after).orElse(row), Staging.of(change)));
    }
    for (Change change : copy.changes()) {
      if (change.key() instanceof RowKey.OfRule key
          && key.kind() == kind
          && change.beforeOrNull() == null
          && change.afterOrNull() != null) {
        lines.add(new RuleLine<>(key, change.afterOrNull(), Staging.ADDED));
      }
    }
    return lines;
  }

  private List<Reported> reported(Api api, String stage) {
    Map<Reported, Integer> counts = new LinkedHashMap<>();
    repository.heartbeats().stream()
        .filter(it -> it.api().equals(api.id().value()) && it.stage().equals(stage))
        .forEach(it -> counts.merge(reported(it, 0), 1, Integer::sum));
    return counts.entrySet().stream()
        .map(
            it ->
                new Reported(
                    it.getValue(),
                    it.getKey().cacheKey(),
                    it.getKey().cacheTtl(),
                    it.getKey().maxAge(),
                    it.getKey().timeout(),
                    it.getKey().policyBytes(),
                    it.getKey().beyond()))
        .toList();
  }

  private Reported reported(Heartbeat it, int instances) {
    boolean beyond =
        exceeds(it.cacheTtl(), settings.cacheTtl())
            || exceeds(it.maxAge(), settings.policyMaxAge())
            || exceeds(it.timeout(), settings.authorizerTimeout());
    return new Reported(
        instances,
        it.cacheKey(),
        it.cacheTtl(),
        it.maxAge(),
        it.timeout(),
        it.policyBytes(),
        beyond);
  }

  private static boolean exceeds(Duration reported, Duration set) {
    return reported.compareTo(set) > 0;
  }

  /**
   * Adds a rule, or changes one.
   *
   * @param edited the rule's key; empty for a new one, which must not be there yet
   */
  public Saved<Field> save(Optional<RowKey.OfRule> edited, RuleInput input) {
    operators.require(Task.DRAFT);
    WorkingCopy copy = changes.workingCopy();
    return switch (RuleReader.read(input, copy.apis())) {
      case Reading.Problems<PolicyRow, Field>(var problems) -> new Saved.Refused<>(problems);
      case Reading.Read<PolicyRow, Field>(PolicyRow row) -> stage(copy, edited, row);
    };
  }

  private Saved<Field> stage(WorkingCopy copy, Optional<RowKey.OfRule> edited, PolicyRow row) {
    var key = (RowKey.OfRule) row.key();
    Optional<PolicyRow> before = copy.row(key);
    boolean own = edited.equals(Optional.of(key));
    if (before.isPresent() && !own) {
      return Saved.refused(Field.FORM, "problem.rule.taken", key.name());
    }
    if (before.equals(Optional.of(row))) {
      return new Saved.Staged<>(key.name());
    }
    var edits = new ArrayList<Change>();
    edited
        .filter(it -> !own)
        .flatMap(copy::row)
        .ifPresent(renamed -> edits.add(Change.remove(renamed)));
    edits.add(new Change(key, before.orElse(null), row));
    return Saved.of(
        key.name(),
        changes.stage(
            said(edited.isPresent() ? "label.rule.change" : "label.rule.add", key), edits),
        SettingsService::field);
  }

  private static Sentence said(String label, RowKey.OfRule key) {
    return Sentence.of(label, key.kind().name().toLowerCase(Locale.ROOT), key.name());
  }

  private static Field field(String code) {
    return switch (code) {
      case "approval-unsatisfiable" -> Field.REQUIRED;
      case "waiver-owner" -> Field.OWNER;
      default -> Field.FORM;
    };
  }

  /** Deletes a rule in the draft. */
  public Staged remove(RowKey.OfRule key) {
    operators.require(Task.DRAFT);
    return changes
        .workingCopy()
        .row(key)
        .map(row -> changes.stage(said("label.rule.delete", key), List.of(Change.remove(row))))
        .orElseGet(() -> new Staged.Done(changes.draft()));
  }

  /** Takes back what the draft does to a rule. */
  public Staged restore(RowKey.OfRule key) {
    operators.require(Task.DRAFT);
    return changes.restore(key);
  }
}
