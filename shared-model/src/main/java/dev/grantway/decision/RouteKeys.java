package dev.grantway.decision;

import dev.grantway.policy.Api;
import dev.grantway.policy.Permission;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Route;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a WebSocket connection may send. API Gateway asks for {@code $connect} only, so that the
 * backend has to enforce the rest.
 */
public final class RouteKeys {
  private RouteKeys() {}

  /**
   * The route keys of the table that are allowed to whoever connects, as of the instant of the
   * request. A key with a comma is left out: a list that is joined by commas would read as others.
   */
  public static SortedSet<String> allowed(
      Api api, AccessRequest connect, Collection<Permission> permissions) {
    var keys = new TreeSet<String>();
    if (api.type() != ApiType.WEBSOCKET) {
      return keys;
    }
    for (Route route : api.routes().routes()) {
      String key = route.template().toString();
      var request = connect.on(RequestPath.ofRouteKey(key), null);
      if (key.indexOf(',') < 0 && Decisions.decide(api, request, permissions).isAllowed()) {
        keys.add(key);
      }
    }
    return keys;
  }
}
