package dev.grantway.policyfile;

import dev.grantway.analysis.GrantedRoutes;
import dev.grantway.decision.PolicyTest;
import dev.grantway.policy.Api;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Route;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the tests of a file and its permissions reach, and what not. */
public final class RouteCoverage {
  private final PolicyFile.Read read;
  private final PolicyDecider decider;
  private final TestRun tests;
  private final Clock clock;
  private final Findings findings;

  RouteCoverage(PolicyFile.Read read, Clock clock, Findings findings) {
    this.read = read;
    this.decider = new PolicyDecider(read.policy());
    this.tests = new TestRun(read.policy(), clock);
    this.clock = clock;
    this.findings = findings;
  }

  /**
   * How many routes of an API there are that need a grant.
   *
   * @param tested how many are asked for by a test
   * @param granted how many some permission that is not over allows at least in part
   */
  public record Count(String api, int routes, int tested, int granted) {}

  /** Names the permissions that decide no test. */
  void nameUntested(Set<PermissionId> deciding) {
    for (Permission permission : read.policy().permissions()) {
      if (!deciding.contains(permission.id())) {
        findings.warning(
            read.positions().permission(permission.id().value()).orElse(Position.START),
            FindingCode.UNTESTED,
            "permission `" + permission.id() + "` decides no test",
            "add a test with `by: [" + permission.id() + "]`");
      }
    }
  }

  /** Names the routes that no test asks for, and those that no permission allows. */
  List<Count> nameRoutes() {
    var counts = new ArrayList<Count>();
    for (Api api : read.policy().apis()) {
      List<Route> routes =
          api.routes().routes().stream()
              .filter(route -> route.access() != Route.Access.PUBLIC)
              .filter(route -> route.state() != Route.State.GONE)
              .toList();
      Set<Route> tested = tested(api);
      Set<Route> granted = GrantedRoutes.of(api, read.policy().permissions(), clock.instant());
      routes.stream().filter(route -> !tested.contains(route)).forEach(r -> untested(api, r));
      routes.stream()
          .filter(route -> route.access() == Route.Access.GRANTED && !granted.contains(route))
          .forEach(route -> ungranted(api, route));
      counts.add(
          new Count(api.name(), routes.size(), among(tested, routes), among(granted, routes)));
    }
    return counts;
  }

  private static int among(Set<Route> some, List<Route> routes) {
    return (int) routes.stream().filter(some::contains).count();
  }

  private Set<Route> tested(Api api) {
    var reached = new HashSet<Route>();
    for (PolicyTest test : read.tests()) {
      PolicyDecider.Question question = tests.question(test);
      Optional<Api> asked = decider.api(question.api());
      if (asked.isPresent() && asked.get().id().equals(api.id())) {
        RequestPath path =
            api.type() == ApiType.WEBSOCKET
                ? RequestPath.ofRouteKey(question.path())
                : RequestPath.of(question.path());
        Action action = question.action();
        api.routes().route(action, path).ifPresent(reached::add);
      }
    }
    return reached;
  }

  private void untested(Api api, Route route) {
    findings.warning(
        at(api, route),
        FindingCode.UNTESTED_ROUTE,
        "no test asks for route `" + route + "`",
        "add a test with such a request");
  }

  private void ungranted(Api api, Route route) {
    findings.error(
        at(api, route),
        FindingCode.UNGRANTED_ROUTE,
        "route `" + route + "` is forgotten: no permission allows it to any role",
        "grant it to a role, or mark it `access: closed`");
  }

  private Position at(Api api, Route route) {
    return read.positions().route(api.name(), route.toString()).orElse(Position.START);
  }
}
