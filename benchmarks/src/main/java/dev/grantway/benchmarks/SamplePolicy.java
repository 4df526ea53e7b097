package dev.grantway.benchmarks;

import dev.grantway.compile.ArnPrefix;
import dev.grantway.compile.CacheKey;
import dev.grantway.compile.CompileOptions;
import dev.grantway.compile.CompileRequest;
import dev.grantway.decision.AccessRequest;
import dev.grantway.decision.Principal;
import dev.grantway.decision.RequestContext;
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
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A REST API of resources with items, and permissions of five roles, or of more, on routes of it
 * drawn by a fixed seed, one in twelve of them a DENY. Nothing ends in a variable below another, as
 * {@code /orders/{id}/items/{item}} does, whose document would also be that of {@code
 * /orders/{id}/items} where an item is called {@code items}: of these an exact document exists.
 *
 * @param granted to all of the roles
 */
record SamplePolicy(Api api, List<Permission> granted) {
  private static final int ROLES = 5;
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  static final ApiId ID = new ApiId("a1b2c3d4e5");

  /** The value of a variable that some permissions name where they are split. */
  static final String NAMED = "7";

  private static final List<String> ROUTES =
      List.of(
          "GET /%s",
          "POST /%s",
          "GET /%s/search",
          "GET /%s/{id}",
          "PUT /%s/{id}",
          "DELETE /%s/{id}",
          "GET /%s/{id}/items",
          "POST /%s/{id}/items",
          "GET /%s-items/{item}",
          "DELETE /%s-items/{item}");

  SamplePolicy {
    granted = List.copyOf(granted);
  }

  /**
   * A policy of that size.
   *
   * @param routes a multiple of ten
   * @param split whether every fifth permission names one value of a variable
   */
  static SamplePolicy of(int routes, int permissions, boolean split) {
    return of(routes, permissions, ROLES, split);
  }

  /** The same, of so many roles in turn. */
  static SamplePolicy of(int routes, int permissions, int roles, boolean split) {
    var table = new ArrayList<Route>();
    for (int i = 0; i < routes / ROUTES.size(); i++) {
      for (String each : ROUTES) {
        table.add(Route.parse(each.formatted("resource" + i)));
      }
    }
    var api = new Api(ID, "bench", List.of("prod"), new RouteTable(ApiType.REST, table), false);
    var random = new Random(7);
    var granted = new ArrayList<Permission>();
    for (int i = 0; i < permissions; i++) {
      Route on = table.get(random.nextInt(table.size()));
      String pattern = on.template().toString();
      granted.add(
          new Permission(
              new PermissionId("p" + i),
              new RoleName("role" + i % roles),
              i % 12 == 0 ? Effect.DENY : Effect.ALLOW,
              ID,
              StageScope.EVERY,
              on.actions(),
              ResourcePattern.parse(split && i % 5 == 0 ? pattern.replace("{id}", NAMED) : pattern),
              Condition.NONE,
              Validity.ALWAYS,
              ""));
    }
    return new SamplePolicy(api, granted);
  }

  /** The same as whole policy data. */
  Policy policy() {
    var roles =
        roles().stream()
            .map(name -> new Role(name.value(), name, "", "", Collections.emptySortedSet()))
            .toList();
    return new Policy(List.of(api), roles, granted, List.of(), Rules.NONE);
  }

  /** The roles that something is granted to. */
  SortedSet<RoleName> roles() {
    return granted.stream().map(Permission::role).collect(Collectors.toCollection(TreeSet::new));
  }

  /** The same on an API of that type. */
  SamplePolicy on(ApiType type) {
    var table = new RouteTable(type, api.routes().routes());
    return new SamplePolicy(new Api(ID, "bench", List.of("prod"), table, false), granted);
  }

  /** A permission that nothing on its route forbids. */
  Permission allowed() {
    return granted.stream()
        .filter(
            each ->
                each.effect() == Effect.ALLOW
                    && granted.stream().noneMatch(other -> denies(other, each)))
        .findFirst()
        .orElseThrow();
  }

  /** A permission that forbids, to somebody with all of the roles. */
  Permission denied() {
    return granted.stream().filter(each -> each.effect() == Effect.DENY).findFirst().orElseThrow();
  }

  /** The same with nothing granted where that permission grants something. */
  SamplePolicy without(Permission permission) {
    return new SamplePolicy(
        api, granted.stream().filter(it -> !it.resource().equals(permission.resource())).toList());
  }

  private static boolean denies(Permission one, Permission other) {
    return one.effect() == Effect.DENY && one.resource().equals(other.resource());
  }

  /**
   * What is compiled for somebody with all of the roles, on a route that something is granted of.
   *
   * @param maxBytes the budget of the document
   */
  CompileRequest request(CacheKey key, int maxBytes) {
    var roles = new HashSet<RoleName>();
    granted.forEach(permission -> roles.add(permission.role()));
    Permission first = granted.get(1);
    Route on =
        api.routes().routes().stream()
            .filter(each -> each.template().toString().equals(first.resource().toString()))
            .findFirst()
            .orElseThrow();
    Action action = first.actions().iterator().next();
    var access =
        new AccessRequest(
            ID,
            "prod",
            action,
            RequestPath.of("/"),
            on.template(),
            new Principal("dev", "alice", "", Set.of(), roles, Map.of(), Set.of()),
            new RequestContext("203.0.113.9", Map.of(), Map.of(), NOW));
    return new CompileRequest(
        api,
        access,
        granted,
        ArnPrefix.of("aws", "us-east-1", "123456789012", ID, "prod"),
        key,
        Map.of(),
        new CompileOptions(Duration.ofSeconds(300), maxBytes, true, false));
  }
}
