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

  /** Every route key of the table that can stand in a list joined by commas. */
  public static SortedSet<String> all(Api api) {
    var keys = new TreeSet<String>();
    for (Route route : api.routes().routes()) {
      keys.add(route.template().toString());
    }
    keys.removeIf(key -> key.indexOf(',') >= 0);
    return keys;
  }

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
    for (String key : all(api)) {
      var request = connect.on(RequestPath.ofRouteKey(key), null);
      if (Decisions.decide(api, request, permissions).isAllowed()) {
        keys.add(key);
      }
    }
    return keys;
  }
}
