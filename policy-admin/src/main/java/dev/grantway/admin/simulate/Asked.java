package dev.grantway.admin.simulate;

import dev.grantway.admin.changes.WorkingCopy;
import dev.grantway.decision.AccessRequest;
import dev.grantway.decision.Conditions;
import dev.grantway.decision.Decision;
import dev.grantway.decision.Decisions;
import dev.grantway.decision.NearestMisses;
import dev.grantway.decision.PolicyTest;
import dev.grantway.decision.Principal;
import dev.grantway.decision.RequestContext;
import dev.grantway.decision.TriedCondition;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Policy;
import dev.grantway.policy.RoleName;
import dev.grantway.policyfile.PolicyDecider;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.RequestPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One request of one caller, put to the one {@code decide} over some state of the policy (SEM-09,
 * SEM-10).
 *
 * @param permissions of the roles that the caller holds, in this API
 */
record Asked(WorkingCopy copy, Api api, AccessRequest request, List<Permission> permissions) {
  private static final int TOGETHER = 200;

  /** Of an API with more, the permissions that come first are looked at for nearest misses. */
  private static final int MOST_PERMISSIONS = 20_000;

  Asked {
    permissions = List.copyOf(permissions);
  }

  /**
   * The request as API Gateway would put it; empty where no route could serve the method or path.
   *
   * @param path on WebSocket the route key
   */
  static Optional<Asked> of(
      WorkingCopy copy,
      Api api,
      String stage,
      String method,
      String path,
      PolicyTest.Caller caller,
      RequestContext context) {
    boolean webSocket = api.type() == ApiType.WEBSOCKET;
    Optional<Action> action = webSocket ? Optional.of(Action.CONNECT) : Action.verb(method);
    if (action.isEmpty() || !webSocket && !path.startsWith("/")) {
      return Optional.empty();
    }
    Policy policy = copy.about(List.of(caller), List.of(api));
    Principal principal = new PolicyDecider(policy).principal(caller, context.now());
    var request =
        new AccessRequest(
            api.id(),
            stage,
            action.get(),
            webSocket ? RequestPath.ofRouteKey(path) : RequestPath.of(path),
            null,
            principal,
            context);
    return Optional.of(
        new Asked(
            copy,
            api,
            request,
            policy.permissions().stream()
                .filter(it -> principal.roles().contains(it.role()))
                .toList()));
  }

  /** What cannot be decided by permissions. */
  static Explanation.Decided undecided(Instant at, long head, Decision.Reason reason) {
    return new Explanation.Decided(
        at,
        head,
        new Decision.Denied(new TreeSet<>(), reason),
        List.of(),
        List.of(),
        true,
        List.of(),
        List.of());
  }

  Decision decision() {
    return Decisions.decide(api, request, permissions);
  }

  /**
   * The decision with what determined it, and what nearly did.
   *
   * @param direct the roles that the caller was given by name
   */
  Explanation.Decided decided(long head, Collection<RoleName> direct) {
    Decision decision = decision();
    List<Permission> all =
        decision.reason() == Decision.Reason.DEFAULT_DENY ? everyPermission() : List.of();
    Map<PermissionId, Permission> byId = byId(all);
    var others = new TreeSet<>(request.principal().roles());
    others.removeAll(direct);
    others.remove(RoleName.AUTHENTICATED);
    return new Explanation.Decided(
        request.context().now(),
        head,
        decision,
        decision.by().stream().map(byId(permissions)::get).toList(),
        NearestMisses.of(api, request, all).stream()
            .map(
                miss ->
                    new Explanation.Near(
                        Objects.requireNonNull(byId.get(miss.permission())), miss.failed()))
            .toList(),
        all.size() < MOST_PERMISSIONS,
        List.copyOf(others),
        TriedCondition.of(api, request, permissions).stream()
            .filter(tried -> tried.outcome() == Conditions.Outcome.UNKNOWN)
            .toList());
  }

  private static Map<PermissionId, Permission> byId(Collection<Permission> permissions) {
    return permissions.stream().collect(Collectors.toMap(Permission::id, Function.identity()));
  }

  /** What any role may do there, so that a missing role shows. */
  private List<Permission> everyPermission() {
    ApiId id = api.id();
    var named = new TreeSet<>(copy.roles().keySet());
    named.add(RoleName.AUTHENTICATED);
    List<RoleName> roles = List.copyOf(named);
    List<Permission> all = new ArrayList<>();
    for (int from = 0; from < roles.size() && all.size() < MOST_PERMISSIONS; from += TOGETHER) {
      all.addAll(
          copy.permissions(roles.subList(from, Math.min(roles.size(), from + TOGETHER)), id));
    }
    return all.size() > MOST_PERMISSIONS ? all.subList(0, MOST_PERMISSIONS) : all;
  }
}
