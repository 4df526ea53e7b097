package dev.grantway.policyfile;

import dev.grantway.policy.Policy;
import dev.grantway.policy.Rules;
import dev.grantway.resource.Action;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rules of a policy as the maps, lists and texts that a file holds. */
final class RulesTree {
  private final Policy policy;

  RulesTree(Policy policy) {
    this.policy = policy;
  }

  Map<String, Object> of() {
    Rules rules = policy.rules();
    var map = new LinkedHashMap<String, Object>();
    PolicyTree.putList(
        map, "invariants", rules.invariants().stream().map(this::invariant).toList());
    PolicyTree.putList(map, "approvals", rules.approvals().stream().map(this::approval).toList());
    PolicyTree.putList(map, "waivers", rules.waivers().stream().map(RulesTree::waiver).toList());
    PolicyTree.putList(map, "operators", rules.operators().stream().map(this::operator).toList());
    rules.retention().days().ifPresent(days -> map.put("retention", Map.of("days", days)));
    return map;
  }

  private Map<String, Object> invariant(Rules.Invariant invariant) {
    var map = new LinkedHashMap<String, Object>();
    map.put("name", invariant.name());
    map.put("api", PolicyTree.nameOf(policy, invariant.api()));
    switch (invariant.claim()) {
      case Rules.Invariant.Claim.NeverBoth(var first, var second) ->
          map.put("never", Map.of("both", List.of(first, second)));
      case Rules.Invariant.Claim.NeverRole never -> map.put("never", never(never));
      case Rules.Invariant.Claim.Always(var role, var request) -> {
        var always = new LinkedHashMap<String, Object>();
        always.put("role", role.value());
        always.put("request", request);
        map.put("always", always);
      }
    }
    PolicyTree.putList(map, "except", invariant.except());
    return map;
  }

  private static Map<String, Object> never(Rules.Invariant.Claim.NeverRole never) {
    var map = new LinkedHashMap<String, Object>();
    map.put("role", never.role().value());
    if (!never.actions().contains(Action.CONNECT)) {
      map.put("methods", PolicyTree.methods(never.actions()));
    }
    map.put("resource", never.resource().toString());
    return map;
  }

  private Map<String, Object> approval(Rules.ApprovalRule rule) {
    var map = new LinkedHashMap<String, Object>();
    map.put("api", PolicyTree.nameOf(policy, rule.api()));
    if (!rule.stage().isEvery()) {
      map.put("stage", rule.stage().text());
    }
    map.put("required", rule.required());
    return map;
  }

  private static Map<String, Object> waiver(Rules.Waiver waiver) {
    var map = new LinkedHashMap<String, Object>();
    map.put("finding", waiver.finding());
    map.put("owner", waiver.owner());
    map.put("until", waiver.until().toString());
    map.put("reason", waiver.reason());
    return map;
  }

  private Map<String, Object> operator(Rules.OperatorLimit limit) {
    var map = new LinkedHashMap<String, Object>();
    map.put("operator", limit.operator());
    map.put(
        "apis", limit.apis().stream().map(id -> PolicyTree.nameOf(policy, id)).sorted().toList());
    return map;
  }
}
