package dev.grantway.sandbox.twin;

import dev.grantway.resource.Action;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import java.time.Clock;
import java.util.Optional;

/** A stage with its authorizer and that authorizer's cache. */
final class DeployedStage {
  private final StageConfiguration configuration;
  private final StageAuthorizer authorizer;

  DeployedStage(StageConfiguration configuration, Clock clock) {
    this.configuration = configuration;
    this.authorizer = new StageAuthorizer(configuration.authorizer(), clock);
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
    return Action.verb(method).flatMap(action -> table.route(action, RequestPath.of(path)));
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
