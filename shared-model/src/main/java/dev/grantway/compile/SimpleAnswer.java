package dev.grantway.compile;

import dev.grantway.decision.Decisions;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Validity;
import dev.grantway.resource.Action;
import dev.grantway.resource.Reach;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * The simple answer of an HTTP API, {@code isAuthorized}: one boolean that API Gateway keeps for
 * everything with the same cache key (GATEWAY, law of the key).
 */
public final class SimpleAnswer {
  private final RouteTable table;
  private final List<Permission> permissions;
  private final Instant first;
  private final Instant last;

  private SimpleAnswer(CompileRequest request) {
    table = request.api().routes();
    permissions = new KeyLaw(request.key()).settled(request);
    first = request.request().context().now();
    last = first.plus(request.options().ttl()).plus(Span.LATEST_ANSWER);
  }

  /**
   * Under {@code none} the decision. Under {@code token+route} yes only where every request of the
   * route is allowed for the whole TTL: some ALLOW decides all of it, and no DENY touches it. Since
   * an encoding may hide another route in a variable (SEM-11), the routes that take paths from this
   * one must be allowed too. Where no route table is known the answer is no.
   *
   * @throws IllegalArgumentException under the token alone: one boolean for all routes
   */
  public static boolean isAuthorized(CompileRequest request) {
    return switch (request.key().scope()) {
      case REQUEST ->
          Compiler.isOnItsRoute(request)
              && Decisions.decide(request.api(), request.request(), request.permissions())
                  .isAllowed();
      case ROUTE ->
          !request.api().routes().isEmpty()
              && Compiler.route(request).filter(new SimpleAnswer(request)::isYes).isPresent();
      case TOKEN ->
          throw new IllegalArgumentException(
              "a simple answer under the token alone is one boolean for all routes");
    };
  }

  private boolean isYes(Route route) {
    Set<Action> actions = table.actionsOf(route);
    return actions.stream()
        .allMatch(
            action ->
                isAllowed(route, action)
                    && table.shadowing(route, action).stream()
                        .allMatch(other -> isAllowed(other, action)));
  }

  private boolean isAllowed(Route route, Action action) {
    boolean allowed = false;
    for (Permission permission : permissions) {
      Reach reach = Reach.of(permission.resource(), route.template());
      if (permission.actions().contains(action) && reach != Reach.NONE) {
        if (permission.effect() == Effect.DENY && mayHold(permission.validity())) {
          return false;
        }
        allowed |=
            permission.effect() == Effect.ALLOW
                && reach == Reach.WHOLE
                && permission.condition().clauses().isEmpty()
                && holdsThroughout(permission.validity());
      }
    }
    return allowed;
  }

  private boolean mayHold(Validity validity) {
    return validity.from().filter(last::isBefore).isEmpty()
        && validity.until().filter(until -> !first.isBefore(until)).isEmpty();
  }

  private boolean holdsThroughout(Validity validity) {
    return validity.from().filter(first::isBefore).isEmpty()
        && validity.until().filter(until -> !last.isBefore(until)).isEmpty();
  }
}
