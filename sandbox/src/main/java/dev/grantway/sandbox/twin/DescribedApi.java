package dev.grantway.sandbox.twin;

import dev.grantway.resource.ApiType;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An API as whoever administers it sees it. What is edited now, which is what API Gateway tells of
 * resources and routes, is what its first stage has; an export tells what is deployed to a stage.
 *
 * @param stages at least one
 */
record DescribedApi(List<DeployedStage> stages) {
  DescribedApi {
    stages = List.copyOf(stages);
  }

  String id() {
    return first().apiId();
  }

  String name() {
    return first().apiName();
  }

  ApiType type() {
    return first().type();
  }

  StageConfiguration first() {
    return stages.getFirst().configuration();
  }

  RouteTable routes() {
    return stages.getFirst().deployedRoutes();
  }

  Optional<DeployedStage> stage(String name) {
    return stages.stream().filter(stage -> stage.configuration().stage().equals(name)).findFirst();
  }

  /** By their ids: one for all stages that are attached alike. */
  Map<String, AuthorizerSettings> authorizers() {
    var authorizers = new LinkedHashMap<String, AuthorizerSettings>();
    stages.forEach(
        stage ->
            authorizers.putIfAbsent(
                authorizerId(stage.configuration()), stage.configuration().authorizer()));
    return authorizers;
  }

  static String authorizerId(StageConfiguration stage) {
    AuthorizerSettings settings = stage.authorizer();
    return ResourceIds.of(
        settings.kind()
            + " "
            + sources(settings)
            + " "
            + settings.ttl()
            + " "
            + settings.tokenValidation().map(Object::toString).orElse(""));
  }

  static List<String> sources(AuthorizerSettings settings) {
    return settings.identitySources().stream()
        .map(source -> source.text(settings.kind().api()))
        .toList();
  }

  /** Whether the authorizer is asked for calls of that route; on WebSocket only to connect. */
  boolean asks(Route route) {
    return route.access() != Route.Access.PUBLIC
        && (type() != ApiType.WEBSOCKET || route.toString().equals("$connect"));
  }
}
