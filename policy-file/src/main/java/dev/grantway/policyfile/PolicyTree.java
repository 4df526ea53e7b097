package dev.grantway.policyfile;

import dev.grantway.decision.PolicyTest;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.Route;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A policy as the maps, lists and texts that a file holds; what is a default is left out. */
final class PolicyTree {
  private final Policy policy;

  private PolicyTree(Policy policy) {
    this.policy = policy;
  }

  static Map<String, Object> of(Policy policy, List<PolicyTest> tests) {
    var tree = new PolicyTree(CanonicalOrder.of(policy));
    var document = new LinkedHashMap<String, Object>();
    document.put("grantway", 1);
    putList(document, "apis", tree.policy.apis().stream().map(PolicyTree::api).toList());
    putList(document, "roles", tree.roles().stream().map(tree::role).toList());
    putList(
        document,
        "assignments",
        tree.policy.assignments().stream().map(PolicyTree::assignment).toList());
    document.putAll(new RulesTree(tree.policy).of());
    putList(document, "tests", tests.stream().map(TestTree::of).toList());
    return document;
  }

  /** A file names everybody's role to give it permissions, also where it has no row of its own. */
  private List<Role> roles() {
    boolean bare =
        policy.role(RoleName.AUTHENTICATED).isEmpty()
            && policy.permissions().stream()
                .anyMatch(it -> it.role().equals(RoleName.AUTHENTICATED));
    return bare
        ? Stream.concat(policy.roles().stream(), Stream.of(Role.bare(RoleName.AUTHENTICATED)))
            .sorted(Comparator.comparing(Role::name))
            .toList()
        : policy.roles();
  }

  static void putList(Map<String, Object> into, String key, List<?> items) {
    if (!items.isEmpty()) {
      into.put(key, items);
    }
  }

  static void putText(Map<String, Object> into, String key, String text) {
    if (!text.isEmpty()) {
      into.put(key, text);
    }
  }

  static void putInstant(Map<String, Object> into, String key, Optional<Instant> instant) {
    instant.ifPresent(at -> into.put(key, at.toString()));
  }

  static String nameOf(Policy policy, ApiId id) {
    return policy.api(id).map(Api::name).orElseGet(id::value);
  }

  static Object methods(Set<Action> actions) {
    return actions.equals(Action.VERBS)
        ? List.of("*")
        : actions.stream().sorted().map(Action::name).toList();
  }

  private static Map<String, Object> api(Api api) {
    var map = new LinkedHashMap<String, Object>();
    map.put("name", api.name());
    map.put("id", api.id().value());
    map.put("type", api.type().name());
    map.put("stages", api.stages());
    if (api.allowUnconfirmedRouteTable()) {
      map.put("allowUnconfirmedRouteTable", true);
    }
    putList(map, "routes", api.routes().routes().stream().map(PolicyTree::route).toList());
    return map;
  }

  private static Object route(Route route) {
    var map = new LinkedHashMap<String, Object>();
    map.put("route", route.toString());
    putText(map, "id", route.operationId());
    putList(map, "tags", List.copyOf(route.tags()));
    putText(map, "owner", route.owner());
    if (route.access() != Route.Access.GRANTED) {
      map.put("access", lower(route.access()));
    }
    if (route.state() != Route.State.CURRENT) {
      map.put("state", lower(route.state()));
    }
    return map.size() == 1 ? route.toString() : map;
  }

  private Map<String, Object> role(Role role) {
    var map = new LinkedHashMap<String, Object>();
    map.put("name", role.name().value());
    if (!role.id().equals(role.name().value())) {
      map.put("id", role.id());
    }
    putList(map, "inherits", role.inherits().stream().map(Object::toString).toList());
    putText(map, "description", role.description());
    putText(map, "owner", role.owner());
    putList(
        map,
        "permissions",
        policy.permissions().stream()
            .filter(permission -> permission.role().equals(role.name()))
            .map(this::permission)
            .toList());
    return map;
  }

  private Map<String, Object> permission(Permission permission) {
    var map = new LinkedHashMap<String, Object>();
    map.put("id", permission.id().value());
    if (permission.effect() == Effect.DENY) {
      map.put("effect", "DENY");
    }
    map.put("api", nameOf(policy, permission.api()));
    if (!permission.stage().isEvery()) {
      map.put("stage", permission.stage().text());
    }
    boolean webSocket =
        policy.api(permission.api()).map(api -> api.type() == ApiType.WEBSOCKET).orElse(false);
    if (!webSocket) {
      map.put("methods", methods(permission.actions()));
    }
    map.put("resource", permission.resource().toString());
    if (!permission.condition().isNone()) {
      map.put("when", when(permission.condition()));
    }
    putInstant(map, "from", permission.validity().from());
    putInstant(map, "until", permission.validity().until());
    putText(map, "note", permission.note());
    return map;
  }

  static Map<String, Map<String, Object>> when(Condition condition) {
    var map = new LinkedHashMap<String, Map<String, Object>>();
    for (Condition.Clause clause : condition.clauses()) {
      map.computeIfAbsent(clause.operator().word(), word -> new LinkedHashMap<>())
          .put(clause.attribute().text(), clause.values());
    }
    return map;
  }

  private static Map<String, Object> assignment(Assignment assignment) {
    var map = new LinkedHashMap<String, Object>();
    map.put("role", assignment.role().value());
    map.put("issuer", assignment.issuer());
    map.put(lower(assignment.kind()), assignment.value());
    putInstant(map, "until", assignment.until());
    return map;
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
