package dev.grantway.analysis;

import dev.grantway.compile.CacheKey;
import dev.grantway.compile.CompileOptions;
import dev.grantway.policy.Api;
import dev.grantway.policy.Attribute;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.Reach;
import dev.grantway.resource.Route;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which permissions keep a simple answer of an HTTP API from being exact: one boolean that is
 * cached for a route decides the whole route, so that each permission that touches it has to
 * (GATEWAY, law of the key). What hangs on the token alone is settled before the answer.
 */
public final class SimpleAnswers {
  private SimpleAnswers() {}

  static List<Finding> of(Api api, Collection<Permission> permissions, Instant now) {
    var findings = new ArrayList<Finding>();
    if (api.type() != ApiType.HTTP) {
      return findings;
    }
    for (Permission permission : permissions) {
      boolean concerned =
          permission.api().equals(api.id()) && Window.of(permission.validity(), now).isPresent();
      SortedSet<String> routes = concerned ? routes(api, permission) : new TreeSet<>();
      if (!routes.isEmpty()) {
        findings.add(new Finding.SimpleNotExact(permission.id(), routes));
      }
    }
    return findings;
  }

  /**
   * What simple answers refuse of what is granted.
   *
   * @param roles whose holders are concerned
   * @param routes of which they may call a part
   */
  public record Inexact(SortedSet<String> roles, SortedSet<String> routes) {
    public Inexact {
      roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
      routes = Collections.unmodifiableSortedSet(new TreeSet<>(routes));
    }
  }

  /**
   * Of each role by itself, as the authorizer answers under a cache key with the route: routes that
   * it is granted, perhaps in part, and is answered no for. Conditions on the token are taken to
   * hold ({@link TokenDocuments}).
   */
  public static Inexact inexact(
      Policy policy, Api api, String stage, Instant now, CacheKey key, CompileOptions options) {
    var roles = new TreeSet<String>();
    var routes = new TreeSet<String>();
    RoleGraph graph = policy.graph();
    TokenDocuments answers = TokenDocuments.of(api, now);
    List<Permission> live = Grants.at(now, policy.permissions());
    for (Role role : policy.roles()) {
      SortedSet<RoleName> held = graph.closure(List.of(role.name(), RoleName.AUTHENTICATED));
      var holding =
          new TokenDocuments.Holding(
              held,
              policy.permissions().stream()
                  .filter(it -> it.api().equals(api.id()) && held.contains(it.role()))
                  .toList());
      for (Grant grant : Grants.of(api, stage, role.name(), graph, live)) {
        if (grant.isAllowed()
            && !answers.isYes(stage, holding, grant.action(), grant.route(), key, options)) {
          roles.add(role.name().value());
          routes.add(grant.route().toString());
        }
      }
    }
    return new Inexact(roles, routes);
  }

  private static SortedSet<String> routes(Api api, Permission permission) {
    boolean whole = permission.validity().isAlways() && hangsOnTheTokenAlone(permission);
    var routes = new TreeSet<String>();
    for (Route route : api.routes().routes()) {
      boolean decidesAll =
          whole
              && permission.actions().containsAll(api.routes().actionsOf(route))
              && Reach.of(permission.resource(), route.template()) == Reach.WHOLE;
      if (!decidesAll && Touch.touches(permission, route, api.routes())) {
        routes.add(route.toString());
      }
    }
    return routes;
  }

  private static boolean hangsOnTheTokenAlone(Permission permission) {
    return permission.condition().clauses().stream()
        .allMatch(
            clause ->
                switch (clause.attribute()) {
                  case Attribute.Claim claim -> true;
                  case Attribute.Scopes scopes -> true;
                  case Attribute.Client client -> true;
                  case Attribute.SourceIp ip -> false;
                  case Attribute.Header header -> false;
                  case Attribute.Query query -> false;
                  case Attribute.Now now -> false;
                });
  }
}
