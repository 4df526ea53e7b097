package dev.grantway.analysis;

import dev.grantway.policy.Api;
import dev.grantway.policy.Attribute;
import dev.grantway.policy.Permission;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.Reach;
import dev.grantway.resource.Route;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which permissions keep a simple answer of an HTTP API from being exact: one boolean that is
 * cached for a route decides the whole route, so that each permission that touches it has to
 * (GATEWAY, law of the key). What hangs on the token alone is settled before the answer.
 */
final class SimpleAnswers {
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
