package dev.grantway.analysis;

import dev.grantway.policy.Api;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.resource.Route;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which routes of an API some permission allows, at least in part, to some role. */
public final class GrantedRoutes {
  private GrantedRoutes() {}

  /**
   * In the order of the table; DENYs are not looked at, nor is what is over.
   *
   * @param now permissions whose validity ended by then grant nothing any more
   */
  public static Set<Route> of(Api api, Collection<Permission> permissions, Instant now) {
    var touched = new TouchedRoutes(api);
    var allowed = new HashSet<Route>();
    permissions.stream()
        .filter(permission -> permission.effect() == Effect.ALLOW)
        .filter(permission -> !permission.validity().isOver(now))
        .forEach(permission -> allowed.addAll(touched.of(permission)));
    var granted = new LinkedHashSet<>(api.routes().routes());
    granted.retainAll(allowed);
    return granted;
  }
}
