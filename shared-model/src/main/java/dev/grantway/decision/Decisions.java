package dev.grantway.decision;

import dev.grantway.policy.Api;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.RouteTable;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/** The one decide (SEM-10), written to be read. */
public final class Decisions {
  private Decisions() {}

  /**
   * Decides a request as API Gateway would route it: once if its path is regular; otherwise twice,
   * as it stands and normalised, and then it is allowed only if both are (SEM-11). A path that no
   * route of the table serves is denied.
   */
  public static Decision decide(
      Api api, AccessRequest request, Collection<Permission> permissions) {
    Decision asItStands = decideRouted(api, request, request.path(), permissions);
    return request.path().isRegular()
        ? asItStands
        : both(asItStands, decideRouted(api, request, request.path().normalised(), permissions));
  }

  private static Decision decideRouted(
      Api api, AccessRequest request, RequestPath path, Collection<Permission> permissions) {
    RouteTable table = api.routes();
    RequestPath routed = table.asRouted(path);
    if (table.isEmpty()) {
      return decide(request.on(routed, null), permissions);
    }
    return table
        .route(request.action(), path)
        .map(route -> decide(request.on(routed, route.template()), permissions))
        .orElseGet(() -> Decision.Denied.because(Decision.Reason.UNKNOWN_ROUTE));
  }

  /**
   * SEM-02, SEM-03: deny overrides allow, and no applicable permission means denied. The request
   * holds the route that was chosen for its path.
   */
  public static Decision decide(AccessRequest request, Collection<Permission> permissions) {
    SortedSet<PermissionId> denying = applicable(Effect.DENY, request, permissions);
    if (!denying.isEmpty()) {
      return new Decision.Denied(denying, Decision.Reason.EXPLICIT_DENY);
    }
    SortedSet<PermissionId> allowing = applicable(Effect.ALLOW, request, permissions);
    return allowing.isEmpty()
        ? Decision.Denied.because(Decision.Reason.DEFAULT_DENY)
        : new Decision.Allowed(allowing);
  }

  private static SortedSet<PermissionId> applicable(
      Effect effect, AccessRequest request, Collection<Permission> permissions) {
    var ids = new TreeSet<PermissionId>();
    for (Permission permission : permissions) {
      if (permission.effect() == effect && Applicability.applies(permission, request)) {
        ids.add(permission.id());
      }
    }
    return ids;
  }

  private static Decision both(Decision one, Decision other) {
    if (one.isAllowed() && other.isAllowed()) {
      return new Decision.Allowed(union(one, other));
    }
    if (one.isAllowed() || other.isAllowed()) {
      return one.isAllowed() ? other : one;
    }
    Decision.Reason reason =
        one.reason().compareTo(other.reason()) <= 0 ? one.reason() : other.reason();
    return new Decision.Denied(union(one, other), reason);
  }

  private static SortedSet<PermissionId> union(Decision one, Decision other) {
    var ids = new TreeSet<>(one.by());
    ids.addAll(other.by());
    return ids;
  }
}
