package dev.grantway.decision;

import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.StageScope;
import dev.grantway.policy.Validity;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Small worlds for tests of decisions. */
final class Worlds {
  static final ApiId API = new ApiId("a1");
  static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  private Worlds() {}

  static Api api(String... routes) {
    return api(ApiType.REST, routes);
  }

  static Api api(ApiType type, String... routes) {
    return new Api(
        API,
        "orders",
        List.of("prod"),
        new RouteTable(type, Arrays.stream(routes).map(Route::parse).toList()),
        false);
  }

  static Permission allow(String id, String role, String method, String pattern) {
    return permission(id, role, Effect.ALLOW, method, pattern);
  }

  static Permission deny(String id, String role, String method, String pattern) {
    return permission(id, role, Effect.DENY, method, pattern);
  }

  private static Permission permission(
      String id, String role, Effect effect, String method, String pattern) {
    return new Permission(
        new PermissionId(id),
        new RoleName(role),
        effect,
        API,
        StageScope.EVERY,
        method.equals("*") ? Action.VERBS : Set.of(Action.valueOf(method)),
        ResourcePattern.parse(pattern),
        Condition.NONE,
        Validity.ALWAYS,
        "");
  }

  static Permission when(Permission p, Condition.Clause... clauses) {
    return new Permission(
        p.id(),
        p.role(),
        p.effect(),
        p.api(),
        p.stage(),
        p.actions(),
        p.resource(),
        new Condition(List.of(clauses)),
        p.validity(),
        p.note());
  }

  static Permission ofApi(Permission p, String api) {
    return new Permission(
        p.id(),
        p.role(),
        p.effect(),
        new ApiId(api),
        p.stage(),
        p.actions(),
        p.resource(),
        p.condition(),
        p.validity(),
        p.note());
  }

  static Permission during(Permission p, Validity validity) {
    return new Permission(
        p.id(),
        p.role(),
        p.effect(),
        p.api(),
        p.stage(),
        p.actions(),
        p.resource(),
        p.condition(),
        validity,
        p.note());
  }

  static Permission onStage(Permission p, String stage) {
    return new Permission(
        p.id(),
        p.role(),
        p.effect(),
        p.api(),
        new StageScope(stage),
        p.actions(),
        p.resource(),
        p.condition(),
        p.validity(),
        p.note());
  }

  static Principal principal(String... roles) {
    return principal(Map.of(), roles);
  }

  static Principal principal(Map<String, ClaimValue> claims, String... roles) {
    var held = new java.util.HashSet<>(Arrays.stream(roles).map(RoleName::new).toList());
    held.add(RoleName.AUTHENTICATED);
    return new Principal("corp", "alice", "cli", Set.of(), held, claims, Set.of());
  }

  static AccessRequest request(String request, Principal principal) {
    int space = request.indexOf(' ');
    return new AccessRequest(
        API,
        "prod",
        Action.valueOf(request.substring(0, space)),
        RequestPath.of(request.substring(space + 1)),
        null,
        principal,
        RequestContext.at(NOW));
  }
}
