package dev.grantway.policyfile;

import dev.grantway.policy.Api;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.policy.Rules;
import java.util.Comparator;
import java.util.List;

/**
 * One order for everything whose order means nothing (SEM-04), so that equal policies are equal and
 * are written alike. Routes and stages keep theirs.
 */
final class CanonicalOrder {
  private CanonicalOrder() {}

  static Policy of(Policy policy) {
    return new Policy(
        sorted(policy.apis(), Comparator.comparing(Api::name)),
        sorted(policy.roles(), Comparator.comparing(Role::name)),
        sorted(
            policy.permissions(),
            Comparator.comparing(Permission::role).thenComparing(Permission::id)),
        sorted(
            policy.assignments(),
            Comparator.comparing(Assignment::role)
                .thenComparing(Assignment::issuer)
                .thenComparing(Assignment::kind)
                .thenComparing(Assignment::value)),
        of(policy.rules()));
  }

  private static Rules of(Rules rules) {
    return new Rules(
        sorted(rules.invariants(), Comparator.comparing(Rules.Invariant::name)),
        sorted(
            rules.approvals(),
            Comparator.comparing(Rules.ApprovalRule::api)
                .thenComparing(rule -> rule.stage().text())),
        sorted(
            rules.waivers(),
            Comparator.comparing(Rules.Waiver::finding).thenComparing(Rules.Waiver::until)),
        sorted(rules.operators(), Comparator.comparing(Rules.OperatorLimit::operator)),
        rules.retention());
  }

  private static <T> List<T> sorted(List<T> items, Comparator<T> order) {
    return items.stream().sorted(order).toList();
  }
}
