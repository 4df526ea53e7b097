package dev.grantway.revision;

import dev.grantway.decision.PolicyTest;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.policy.Rules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A whole policy as rows, back again, and what differs between two. */
public final class PolicyRows {
  private PolicyRows() {}

  /** Every row of a policy and its tests, which name APIs as files do, by its key. */
  public static SortedMap<RowKey, PolicyRow> of(Policy policy, Collection<PolicyTest> tests) {
    SortedMap<RowKey, PolicyRow> rows = of(policy);
    for (PolicyTest test : tests) {
      String id = policy.apiNamed(test.api()).map(api -> api.id().value()).orElse(test.api());
      add(rows, new PolicyRow.OfTest(test.of(id)));
    }
    return rows;
  }

  /** Tests as files have them, which name APIs by name where they are stored by id. */
  public static List<PolicyTest> named(Policy policy, Collection<PolicyTest> tests) {
    return tests.stream()
        .map(test -> policy.api(new ApiId(test.api())).map(it -> test.of(it.name())).orElse(test))
        .toList();
  }

  /** Every row of a policy by its key; rules under one key twice are refused. */
  public static SortedMap<RowKey, PolicyRow> of(Policy policy) {
    var rows = new TreeMap<RowKey, PolicyRow>();
    policy.apis().forEach(api -> add(rows, new PolicyRow.OfApi(api)));
    policy.roles().forEach(role -> add(rows, new PolicyRow.OfRole(role)));
    policy.permissions().forEach(it -> add(rows, new PolicyRow.OfPermission(it)));
    policy.assignments().forEach(it -> add(rows, new PolicyRow.OfAssignment(it)));
    Rules rules = policy.rules();
    rules.invariants().forEach(it -> add(rows, new PolicyRow.OfInvariant(it)));
    rules.approvals().forEach(it -> add(rows, new PolicyRow.OfApproval(it)));
    rules.waivers().forEach(it -> add(rows, new PolicyRow.OfWaiver(it)));
    rules.operators().forEach(it -> add(rows, new PolicyRow.OfOperator(it)));
    if (rules.retention().days().isPresent()) {
      add(rows, new PolicyRow.OfRetention(rules.retention()));
    }
    return rows;
  }

  /** The policy of these rows; its checks of itself apply. */
  public static Policy policy(Collection<PolicyRow> rows) {
    var apis = new ArrayList<Api>();
    var roles = new ArrayList<Role>();
    var permissions = new ArrayList<Permission>();
    var assignments = new ArrayList<Assignment>();
    for (PolicyRow row : rows) {
      switch (row) {
        case PolicyRow.OfApi(var api) -> apis.add(api);
        case PolicyRow.OfRole(var role) -> roles.add(role);
        case PolicyRow.OfPermission(var permission) -> permissions.add(permission);
        case PolicyRow.OfAssignment(var assignment) -> assignments.add(assignment);
        case PolicyRow.OfInvariant rule -> {}
        case PolicyRow.OfTest test -> {}
        case PolicyRow.OfApproval rule -> {}
        case PolicyRow.OfWaiver rule -> {}
        case PolicyRow.OfOperator rule -> {}
        case PolicyRow.OfRetention rule -> {}
      }
    }
    return new Policy(apis, roles, permissions, assignments, rules(rows));
  }

  /** The rules among these rows. */
  public static Rules rules(Collection<PolicyRow> rows) {
    var invariants = new ArrayList<Rules.Invariant>();
    var approvals = new ArrayList<Rules.ApprovalRule>();
    var waivers = new ArrayList<Rules.Waiver>();
    var operators = new ArrayList<Rules.OperatorLimit>();
    Rules.Retention retention = Rules.Retention.EVERYTHING;
    for (PolicyRow row : rows) {
      switch (row) {
        case PolicyRow.OfInvariant(var invariant) -> invariants.add(invariant);
        case PolicyRow.OfApproval(var rule) -> approvals.add(rule);
        case PolicyRow.OfWaiver(var waiver) -> waivers.add(waiver);
        case PolicyRow.OfOperator(var limit) -> operators.add(limit);
        case PolicyRow.OfRetention(var kept) -> retention = kept;
        case PolicyRow.OfTest test -> {}
        case PolicyRow.OfApi api -> {}
        case PolicyRow.OfRole role -> {}
        case PolicyRow.OfPermission permission -> {}
        case PolicyRow.OfAssignment assignment -> {}
      }
    }
    return new Rules(invariants, approvals, waivers, operators, retention);
  }

  /** The tests among these rows, by name. */
  public static List<PolicyTest> tests(Collection<PolicyRow> rows) {
    return rows.stream()
        .filter(PolicyRow.OfTest.class::isInstance)
        .map(row -> ((PolicyRow.OfTest) row).test())
        .sorted(Comparator.comparing(PolicyTest::name))
        .toList();
  }

  /** The changes that turn one policy into another, in key order. */
  public static List<Change> diff(Policy from, Policy to) {
    return diff(of(from), of(to));
  }

  /** The changes that turn some rows into others, in key order. */
  public static List<Change> diff(
      SortedMap<RowKey, PolicyRow> before, SortedMap<RowKey, PolicyRow> after) {
    var keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    var changes = new ArrayList<Change>();
    for (RowKey key : keys) {
      Change change = new Change(key, before.get(key), after.get(key));
      if (!change.isEmpty()) {
        changes.add(change);
      }
    }
    return changes;
  }

  private static void add(SortedMap<RowKey, PolicyRow> rows, PolicyRow row) {
    if (rows.put(row.key(), row) != null) {
      throw new IllegalArgumentException("row `" + row.key().text() + "` is there twice");
    }
  }
}
