package dev.grantway.authorizer;

import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
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
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A small policy of one API {@code orders}, built up line by line. */
public final class Policies {
  public static final ApiId ORDERS = new ApiId("a1b2c3d4e5");

  private static final List<Route> ROUTES =
      Stream.of(
              "GET /",
              "GET /orders",
              "POST /orders",
              "GET /orders/search",
              "GET /orders/{id}",
              "POST /orders/{id}/refunds",
              "ANY /files/{path+}")
          .map(Route::parse)
          .toList();

  private final List<Role> roles = new ArrayList<>();
  private final List<Permission> permissions = new ArrayList<>();
  private final List<Assignment> assignments = new ArrayList<>();

  /** A role, and the roles it inherits. */
  public Policies role(String name, String... inherits) {
    var below =
        Arrays.stream(inherits).map(RoleName::new).collect(Collectors.toCollection(TreeSet::new));
    roles.add(new Role(name, new RoleName(name), "", "", below));
    return this;
  }

  public Policies allow(String id, String role, String method, String resource) {
    return permission(id, role, Effect.ALLOW, method, resource, Condition.NONE, Validity.ALWAYS);
  }

  public Policies deny(String id, String role, String method, String resource) {
    return permission(id, role, Effect.DENY, method, resource, Condition.NONE, Validity.ALWAYS);
  }

  public Policies permission(
      String id,
      String role,
      Effect effect,
      String method,
      String resource,
      Condition condition,
      Validity validity) {
    permissions.add(
        new Permission(
            new PermissionId(id),
            new RoleName(role),
            effect,
            ORDERS,
            StageScope.EVERY,
            method.equals("*") ? Action.VERBS : Set.of(Action.valueOf(method)),
            ResourcePattern.parse(resource),
            condition,
            validity,
            ""));
    return this;
  }

  public Policies assign(Assignment assignment) {
    assignments.add(assignment);
    return this;
  }

  public Policy policy() {
    var api =
        new Api(
            ORDERS, "orders", List.of("prod", "dev"), new RouteTable(ApiType.REST, ROUTES), true);
    return new Policy(List.of(api), roles, permissions, assignments, Rules.NONE);
  }

  /** Viewers read, clerks inherit them and sell, support may do nothing about refunds. */
  public static Policies orders() {
    return new Policies()
        .role("viewer")
        .role("clerk", "viewer")
        .role("support", "viewer")
        .role("auditor")
        .allow("view", "viewer", "GET", "/orders")
        .allow("view-one", "viewer", "GET", "/orders/{id}")
        .allow("sell", "clerk", "POST", "/orders")
        .deny("no-refunds", "support", "POST", "/orders/{id}/refunds")
        .allow("audit", "auditor", "GET", "/**");
  }
}
