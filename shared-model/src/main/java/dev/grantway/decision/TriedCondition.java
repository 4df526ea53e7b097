package dev.grantway.decision;

import dev.grantway.decision.Applicability.Test;
import dev.grantway.policy.Api;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Operator;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * How one clause of a permission came out for a request that passes the permission's other tests.
 * It holds no value, neither of the policy nor of the caller, so that a log may show it.
 *
 * @param attribute such as {@code claims.region}
 */
public record TriedCondition(
    PermissionId permission, Operator operator, String attribute, Conditions.Outcome outcome) {

  /** Every clause that mattered, of the path as it stands, in the order of the permissions. */
  public static List<TriedCondition> of(
      Api api, AccessRequest request, Collection<Permission> permissions) {
    var conditional =
        permissions.stream().filter(permission -> !permission.condition().isNone()).toList();
    if (conditional.isEmpty()) {
      return List.of();
    }
    var path = api.routes().asRouted(request.path());
    if (api.routes().isEmpty()) {
      return tried(request.on(path, null), conditional);
    }
    return api.routes()
        .route(request.action(), request.path())
        .map(route -> tried(request.on(path, route.template()), conditional))
        .orElse(List.of());
  }

  private static List<TriedCondition> tried(
      AccessRequest request, Collection<Permission> permissions) {
    List<TriedCondition> all = new ArrayList<>();
    for (var permission : permissions) {
      if (Applicability.failures(permission, request).stream().allMatch(Test.CONDITION::equals)) {
        permission
            .condition()
            .clauses()
            .forEach(clause -> all.add(of(permission, clause, request)));
      }
    }
    return all;
  }

  private static TriedCondition of(
      Permission permission, Condition.Clause clause, AccessRequest request) {
    return new TriedCondition(
        permission.id(),
        clause.operator(),
        clause.attribute().text(),
        Conditions.outcome(clause, request));
  }
}
