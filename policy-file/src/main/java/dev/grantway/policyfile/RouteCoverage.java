package dev.grantway.policyfile;

import dev.grantway.analysis.GrantedRoutes;
import dev.grantway.analysis.GreedyTwins;
import dev.grantway.analysis.Severity;
import dev.grantway.analysis.TouchedRoutes;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

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
   * @param granted how many some permission that is not over allows, at least in part, in each
   *     stage
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

  /** Names the routes that no test asks for, that no permission allows, and greedy twins. */
  List<Count> nameRoutes() {
    var counts = new ArrayList<Count>();
    for (Api api : read.policy().apis()) {
      List<Route> routes =
          api.routes().routes().stream()
              .filter(route -> route.access() != Route.Access.PUBLIC)
              .filter(route -> route.state() != Route.State.GONE)
              .toList();
      Set<Route> tested = tested(api);
      Map<String, Set<Route>> granted = granted(api);
      var twins = new GreedyTwins(api.routes());
      routes.stream().filter(route -> !tested.contains(route)).forEach(r -> untested(api, r));
      routes.stream()
          .filter(route -> route.access() == Route.Access.GRANTED)
          .forEach(route -> ungranted(api, route, forgottenIn(granted, route)));
      api.routes().routes().stream().filter(twins::lacks).forEach(route -> greedy(api, route));
      counts.add(
          new Count(
              api.name(),
              routes.size(),
              count(routes, tested::contains),
              count(routes, route -> forgottenIn(granted, route).isEmpty())));
    }
    return counts;
  }

  /** By stage, in the order of the API's. */
  private Map<String, Set<Route>> granted(Api api) {
    var touched = new TouchedRoutes(api);
    var granted = new LinkedHashMap<String, Set<Route>>();
    for (String stage : api.stages()) {
      granted.put(
          stage,
          GrantedRoutes.of(stage, read.policy().permissions().stream(), touched::of)
              .at(clock.instant()));
    }
    return granted;
  }

  private static List<String> forgottenIn(Map<String, Set<Route>> granted, Route route) {
    return granted.entrySet().stream()
        .filter(it -> !it.getValue().contains(route))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static int count(List<Route> routes, Predicate<Route> which) {
    return (int) routes.stream().filter(which).count();
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

  private void ungranted(Api api, Route route, List<String> stages) {
    if (stages.isEmpty()) {
      return;
    }
    boolean everywhere = stages.size() == api.stages().size();
    String where =
        stages.stream()
            .map(Findings::quote)
            .collect(
                Collectors.joining(", ", stages.size() == 1 ? " in stage " : " in stages ", ""));
    // A grant in one stage alone is most often meant so: somebody has said what is to become of it.
    findings.add(
        everywhere ? Severity.ERROR : Severity.WARNING,
        at(api, route),
        FindingCode.UNGRANTED_ROUTE,
        "route `"
            + route
            + "` is forgotten"
            + where
            + ": no permission allows it to any role"
            + (everywhere ? "" : " there"),
        "grant it to a role" + (everywhere ? "" : where) + ", or mark it `access: closed`");
  }

  private void greedy(Api api, Route route) {
    String parent = GreedyTwins.parent(route).toString();
    findings.warning(
        at(api, route),
        FindingCode.GREEDY_TWIN,
        "route `"
            + route
            + "` does not match "
            + Findings.quote(parent)
            + " itself, and no other route takes such calls",
        "add a route for it if it is deployed; API Gateway refuses such calls otherwise");
  }

  private Position at(Api api, Route route) {
    return read.positions().route(api.name(), route.toString()).orElse(Position.START);
  }
}
