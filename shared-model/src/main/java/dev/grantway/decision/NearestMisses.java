package dev.grantway.decision;

import dev.grantway.policy.Api;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** SEM-09: which permissions would have allowed a request but for exactly one test. */
public final class NearestMisses {
  private static final int MAX = 5;

  /** A permission and the one test on which it failed. */
  public record Miss(PermissionId permission, Applicability.Test failed) {}

  private NearestMisses() {}

  /**
   * At most five, sorted by permission id; asked on demand about a default deny, never while
   * deciding.
   *
   * @param permissions of every role of the policy, so that a missing role shows
   */
  public static List<Miss> of(Api api, AccessRequest request, Collection<Permission> permissions) {
    RouteTable table = api.routes();
    AccessRequest routed =
        request.on(
            table.asRouted(request.path()),
            table.route(request.action(), request.path()).map(Route::template).orElse(null));
    return permissions.stream()
        .filter(permission -> permission.effect() == Effect.ALLOW)
        .map(permission -> new Failures(permission, Applicability.failures(permission, routed)))
        .filter(miss -> miss.failures().size() == 1)
        .map(miss -> new Miss(miss.permission().id(), miss.failures().getFirst()))
        .sorted(Comparator.comparing(Miss::permission))
        .limit(MAX)
        .toList();
  }

  private record Failures(Permission permission, List<Applicability.Test> failures) {}
}
