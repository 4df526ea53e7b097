package dev.grantway.analysis;

import dev.grantway.policy.Api;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.resource.Route;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which routes of an API some permission allows, at least in part, to some role. */
public final class GrantedRoutes {
  private GrantedRoutes() {}

  /** In the order of the table; DENYs are not looked at. */
  public static Set<Route> of(Api api, Collection<Permission> permissions) {
    var granted = new LinkedHashSet<Route>();
    for (Route route : api.routes().routes()) {
      boolean allowed =
          permissions.stream()
              .filter(permission -> permission.api().equals(api.id()))
              .filter(permission -> permission.effect() == Effect.ALLOW)
              .anyMatch(permission -> Touch.touches(permission, route, api.routes()));
      if (allowed) {
        granted.add(route);
      }
    }
    return granted;
  }
}
