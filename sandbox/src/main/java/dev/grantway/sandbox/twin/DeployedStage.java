package dev.grantway.sandbox.twin;

import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import dev.grantway.resource.Segment;
import dev.grantway.resource.Template;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.IntStream;

/** A stage with its authorizer and that authorizer's cache. */
final class DeployedStage {
  private final StageConfiguration configuration;
  private final GatewayAnswers answers;
  private final StageAuthorizer authorizer;

  DeployedStage(StageConfiguration configuration, GatewayAnswers answers, Clock clock) {
    this.configuration = configuration;
    this.answers = answers;
    this.authorizer = new StageAuthorizer(configuration.authorizer(), answers, clock);
  }

  StageConfiguration configuration() {
    return configuration;
  }

  boolean isOf(String api) {
    return configuration.apiName().equals(api) || configuration.apiId().equals(api);
  }

  boolean isAt(String api, String stage) {
    return isOf(api) && configuration.stage().equals(stage);
  }

  void flush() {
    authorizer.flush();
  }

  /** The route that API Gateway would choose. */
  Optional<Route> route(String method, String path) {
    RouteTable table = deployedRoutes();
    boolean http = table.type() == ApiType.HTTP;
    RequestPath routed =
        RequestPath.of(http && answers.routesDecoded() ? PercentEncoding.decoded(path) : path);
    Optional<Route> route = Action.verb(method).flatMap(action -> table.route(action, routed));
    return http && !answers.fallsBack()
        ? route.filter(it -> !isBehindAnother(table, it, routed))
        : route;
  }

  /** Whether a more specific path is there, which has not the method. */
  private static boolean isBehindAnother(RouteTable table, Route route, RequestPath path) {
    return Action.VERBS.stream()
        .flatMap(verb -> table.route(verb, path).stream())
        .anyMatch(other -> isMoreSpecific(other.template(), route.template()));
  }

  private static boolean isMoreSpecific(Template one, Template other) {
    if (one.kind() != other.kind()) {
      return other.kind() == Template.Kind.DEFAULT;
    }
    int shared = Math.min(one.segments().size(), other.segments().size());
    return IntStream.range(0, shared)
        .map(i -> rank(other.segments().get(i)) - rank(one.segments().get(i)))
        .filter(difference -> difference != 0)
        .findFirst()
        .stream()
        .anyMatch(difference -> difference > 0);
  }

  private static int rank(Segment segment) {
    return switch (segment) {
      case Segment.Literal literal -> 0;
      case Segment.Variable variable -> 1;
      case Segment.Greedy greedy -> 2;
      case Segment.Subtree subtree -> 2;
      case Segment.Claim claim -> 1;
    };
  }

  /** What is asked when somebody connects: without a route of that key nobody needs a grant. */
  Route connectRoute() {
    return deployedRoutes()
        .route(Action.CONNECT, RequestPath.ofRouteKey("$connect"))
        .orElseGet(DeployedStage::openConnect);
  }

  private static Route openConnect() {
    Route key = Route.ofRouteKey("$connect");
    return new Route(
        key.actions(),
        key.template(),
        key.operationId(),
        key.tags(),
        key.owner(),
        Route.Access.PUBLIC,
        key.state());
  }

  /** The routes as API Gateway has them: those that are gone are no longer deployed. */
  RouteTable deployedRoutes() {
    return deployed(configuration.routes().get());
  }

  static RouteTable deployed(RouteTable table) {
    return table.routes().stream().noneMatch(route -> route.state() == Route.State.GONE)
        ? table
        : new RouteTable(
            table.type(),
            table.routes().stream().filter(route -> route.state() != Route.State.GONE).toList());
  }

  Authorization authorize(GatewayRequest request) throws InterruptedException {
    return request.route().access() == Route.Access.PUBLIC
        ? new Authorization(CacheUse.OFF, new Authorization.Outcome.Allowed(Authorized.PUBLICLY))
        : authorizer.authorize(request);
  }
}
