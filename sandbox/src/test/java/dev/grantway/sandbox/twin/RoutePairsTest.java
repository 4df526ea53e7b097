package dev.grantway.sandbox.twin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.policy.Api;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.policyfile.PolicyFile;
import dev.grantway.resource.Action;
import dev.grantway.resource.Route;
import dev.grantway.resource.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The law of the key, end to end: under {@code token+route} no cached answer for one route ever
 * opens another, even if the gateway caches by the token alone.
 */
class RoutePairsTest {
  private static final Policy POLICY =
      ((PolicyFile.Read) PolicyFile.read(PolicyFile.ordersSample(), "orders.yaml")).policy();
  private static final Api ORDERS = POLICY.apiNamed("orders").orElseThrow();

  /** One verb of one route and a path that leads to it. */
  private record Call(Action action, Route route, String path) {
    String target() {
      return "/orders/prod" + path;
    }

    @Override
    public String toString() {
      return action + " " + path + " (" + route + ")";
    }
  }

  @Test
  void noCachedAnswerForOneRouteEverOpensAnother() throws Exception {
    List<Call> calls = calls();
    int pairs = 0;
    int opened = 0;
    for (Role role : POLICY.roles()) {
      for (Call first : calls) {
        try (RealWorld world =
            new RealWorld(
                POLICY,
                ORDERS,
                "prod",
                "corp",
                "token+route",
                List.of("method.request.header.Authorization"))) {
          var caller = new RealWorld.Caller(world.issuer.withRoles(List.of(role.name().value())));
          var primed = world.call(first.action().name(), first.target(), caller);
          assertThat(primed.status()).as("%s as %s", first, role.name()).isIn(200, 403);
          if (primed.status() != 200) {
            continue;
          }
          opened++;
          for (Call second : calls) {
            boolean same =
                second.route().equals(first.route()) && second.action() == first.action();
            var reply = world.call(second.action().name(), second.target(), caller);
            pairs++;
            assertThat(RealWorld.cache(reply)).isEqualTo("hit");
            if (!same) {
              assertThat(reply.status())
                  .as("%s after %s was cached, as %s", second, first, role.name())
                  .isEqualTo(403);
            }
          }
        }
      }
    }
    System.out.println(opened + " granted calls were cached, " + pairs + " pairs were tried");
    assertThat(opened).isGreaterThan(POLICY.roles().size());
  }

  /** Every verb of every route that needs a grant, plain and with a trailing slash. */
  private static List<Call> calls() {
    var calls = new ArrayList<Call>();
    for (Route route : ORDERS.routes().routes()) {
      if (route.access() != Route.Access.PUBLIC) {
        String path = path(route);
        for (Action action : route.actions()) {
          calls.add(new Call(action, route, path));
        }
        calls.add(new Call(route.actions().iterator().next(), route, path + "/"));
      }
    }
    return calls;
  }

  private static String path(Route route) {
    return route.template().segments().stream()
        .map(
            segment ->
                switch (segment) {
                  case Segment.Literal(var text) -> text;
                  case Segment.Greedy greedy -> "a/b";
                  default -> "alice";
                })
        .collect(Collectors.joining("/", "/", ""));
  }
}
