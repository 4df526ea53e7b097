package dev.grantway.benchmarks;

import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.policy.StageScope;
import dev.grantway.policy.Validity;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A policy that every peer can hold as it is: on an API of 300 routes none of which has a literal
 * beside another's variable, so that a path matches at most one, 50 permissions a role at most, one
 * in twelve a DENY. The caller has five roles. Drawn by a fixed seed.
 *
 * @param permissions of all roles
 */
record PeerWorld(Api api, List<Permission> permissions) {
  static final int HELD = 5;

  private static final ApiId ID = new ApiId("a1b2c3d4e5");
  private static final int RESOURCES = 60;
  private static final int OF_A_ROLE = 50;
  private static final int DENIES = 12;
  private static final List<String> ROUTES =
      List.of(
          "GET /resource%s",
          "POST /resource%s",
          "GET /resource%s/{id}",
          "PUT /resource%s/{id}",
          "DELETE /resource%s/{id}");

  /** A call of a route: its template, and the path that was called. */
  record Asked(String method, String template, String path) {}

  PeerWorld {
    permissions = List.copyOf(permissions);
  }

  /** A policy of that many permissions. */
  static PeerWorld of(int count) {
    var table = new ArrayList<Route>();
    for (int i = 0; i < RESOURCES; i++) {
      for (String each : ROUTES) {
        table.add(Route.parse(each.formatted(i)));
      }
    }
    int roles = Math.max(HELD, count / OF_A_ROLE);
    var random = new Random(11);
    var permissions = new ArrayList<Permission>(count);
    for (int i = 0; i < count; i++) {
      Route on = table.get(random.nextInt(table.size()));
      permissions.add(
          new Permission(
              new PermissionId("p" + i),
              new RoleName("role" + i % roles),
              i / roles % DENIES == DENIES - 1 ? Effect.DENY : Effect.ALLOW,
              ID,
              StageScope.EVERY,
              on.actions(),
              ResourcePattern.parse(on.template().toString()),
              Condition.NONE,
              Validity.ALWAYS,
              ""));
    }
    return new PeerWorld(
        new Api(ID, "bench", List.of("prod"), new RouteTable(ApiType.REST, table), false),
        permissions);
  }

  Policy policy() {
    var roles = permissions.stream().map(Permission::role).distinct().map(Role::bare).toList();
    return new Policy(List.of(api), roles, permissions, List.of(), Rules.NONE);
  }

  /** The caller's roles. */
  static List<String> held() {
    var held = new ArrayList<String>();
    for (int i = 0; i < HELD; i++) {
      held.add("role" + i);
    }
    return held;
  }

  /** The calls that one of the caller's permissions allows and another denies. */
  Set<Asked> overridden() {
    List<Permission> held =
        permissions.stream().filter(it -> held().contains(it.role().value())).toList();
    return calls().stream()
        .filter(
            call ->
                held.stream()
                        .filter(it -> it.resource().toString().equals(call.template()))
                        .filter(
                            it ->
                                it.actions().stream()
                                    .anyMatch(on -> on.name().equals(call.method())))
                        .map(Permission::effect)
                        .distinct()
                        .count()
                    == Effect.values().length)
        .collect(Collectors.toSet());
  }

  /** A call of each route. */
  List<Asked> calls() {
    return api.routes().routes().stream()
        .map(
            route ->
                new Asked(
                    route.actions().iterator().next().name(),
                    route.template().toString(),
                    route.template().toString().replace("{id}", "42")))
        .toList();
  }
}
