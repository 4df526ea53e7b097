package dev.grantway.admin.changes;

import dev.grantway.analysis.Grant;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.resource.Action;
import dev.grantway.resource.Route;
import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.RowJson;
import dev.grantway.revision.Sha256;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How grants and the permissions behind them are told, each worked out once. For one thread. */
final class GrantTexts {
  private final IdentityHashMap<Route, Map<Action, String>> routes = new IdentityHashMap<>();
  private final IdentityHashMap<Permission, String> meanings = new IdentityHashMap<>();

  /** The route with its method, such as {@code GET /orders/{id}}; a route key has none. */
  String route(Grant grant) {
    return routes
        .computeIfAbsent(grant.route(), route -> new EnumMap<>(Action.class))
        .computeIfAbsent(grant.action(), grant.route()::text);
  }

  /** A text that is another iff the permission says something else. */
  String meaning(Permission permission) {
    return meanings.computeIfAbsent(
        permission,
        it ->
            Sha256.hex(
                CanonicalJson.write(json -> RowJson.write(json, new PolicyRow.OfPermission(it)))));
  }

  /** The same for several, in that order; those that are not known say nothing. */
  String meaning(Collection<PermissionId> ids, Map<PermissionId, Permission> known) {
    return ids.stream()
        .flatMap(id -> Optional.ofNullable(known.get(id)).stream())
        .map(permission -> " " + meaning(permission))
        .collect(Collectors.joining());
  }

  /** Permissions by id; where both sides have one, that of the latter. */
  static Map<PermissionId, Permission> byId(
      Collection<Permission> old, Collection<Permission> now) {
    var known = new HashMap<PermissionId, Permission>();
    old.forEach(it -> known.put(it.id(), it));
    now.forEach(it -> known.put(it.id(), it));
    return known;
  }
}
