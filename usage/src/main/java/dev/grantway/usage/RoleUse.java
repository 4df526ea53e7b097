package dev.grantway.usage;

import dev.grantway.analysis.Grant;
import dev.grantway.analysis.PolicyView;
import dev.grantway.analysis.RouteGrants;
import dev.grantway.policy.Api;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Route;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What callers of a role did with what it may do.
 *
 * @param lines the routes that the role may call, the never called first, then by last call
 */
public record RoleUse(RoleName role, List<Line> lines) {
  public RoleUse {
    lines = List.copyOf(lines);
  }

  /**
   * One route.
   *
   * @param route the method, a space and the template
   * @param conditional the role may call it for some requests only
   * @param calls by whoever held the role, directly or by inheritance
   */
  public record Line(String route, boolean conditional, long calls, Optional<Instant> last) {}

  /** Of a role that is one of the policy's, or the built-in one. */
  public static RoleUse of(PolicyView policy, Use use, Api api, String stage, RoleName role) {
    var graph = new RoleGraph(policy.roles().values());
    var lines = new ArrayList<Line>();
    for (Grant grant :
        new RouteGrants(api, api.routes().routes())
            .of(stage, role, policy.permissions(graph.closure(List.of(role)), api.id()))) {
      if (grant.isAllowed() && grant.route().access() == Route.Access.GRANTED) {
        String route = grant.action() + " " + grant.route().template();
        Use.Calls calls = use.calls(graph, role, route);
        lines.add(new Line(route, grant.conditional(), calls.calls(), calls.last()));
      }
    }
    lines.sort(
        Comparator.comparing((Line line) -> line.last().orElse(Instant.MIN))
            .thenComparing(Line::route));
    return new RoleUse(role, lines);
  }

  /** How many of the routes nobody called. */
  public int unused() {
    return (int) lines.stream().filter(line -> line.calls() == 0).count();
  }
}
