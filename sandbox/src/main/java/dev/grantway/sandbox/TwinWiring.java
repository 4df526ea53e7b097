package dev.grantway.sandbox;

import dev.grantway.authorizer.AuthorizerHandler;
import dev.grantway.policy.Api;
import dev.grantway.resource.ApiType;
import dev.grantway.sandbox.twin.AuthorizerSettings;
import dev.grantway.sandbox.twin.GatewayTwin;
import dev.grantway.sandbox.twin.StageConfiguration;
import dev.grantway.sandbox.twin.TwinConfiguration;
import dev.grantway.sandbox.twin.lambda.ChildSettings;
import dev.grantway.sandbox.twin.lambda.InProcessFunction;
import dev.grantway.sandbox.twin.lambda.LambdaFunction;
import dev.grantway.sandbox.twin.lambda.ProcessFunction;
import dev.grantway.store.PolicyReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Attaches the real authorizer to every stage of every REST API: stage {@code dev} as a TOKEN
 * authorizer under {@code token}, the others as REQUEST authorizers under {@code token+route}.
 */
final class TwinWiring {
  static final Duration TTL = Duration.ofSeconds(300);
  static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final List<String> TOKEN_AND_ROUTE =
      List.of("method.request.header.Authorization", "context.httpMethod", "context.resourcePath");

  private final Map<String, String> environment;
  private final PolicyReader policy;
  private final Clock clock;

  /**
   * Wires stages to authorizers.
   *
   * @param environment of every authorizer: table, issuers, {@code maxAge}
   * @param policy the same table
   */
  TwinWiring(Map<String, String> environment, PolicyReader policy, Clock clock) {
    this.environment = Map.copyOf(environment);
    this.policy = policy;
    this.clock = clock;
  }

  GatewayTwin start(int port, List<Api> apis, FunctionMaker functions) throws IOException {
    var stages = new ArrayList<StageConfiguration>();
    for (Api api : apis) {
      if (api.type() == ApiType.REST) {
        var routes = new DeployedRoutes(policy, clock, api);
        for (String stage : api.stages()) {
          stages.add(
              new StageConfiguration(
                  api.id().value(),
                  api.name(),
                  stage,
                  routes,
                  authorizer(stage, functions),
                  Map.of()));
        }
      }
    }
    return GatewayTwin.start(TwinConfiguration.of(port, stages, clock, System.err::println));
  }

  private AuthorizerSettings authorizer(String stage, FunctionMaker functions) throws IOException {
    var settings = new LinkedHashMap<>(environment);
    settings.put("GRANTWAY_CACHE_TTL", TTL.toSeconds() + "s");
    if (stage.equals("dev")) {
      settings.put("GRANTWAY_CACHE_KEY", "token");
      return AuthorizerSettings.token(TTL, TIMEOUT, functions.make(settings));
    }
    settings.put("GRANTWAY_CACHE_KEY", "token+route");
    return AuthorizerSettings.request(TOKEN_AND_ROUTE, TTL, TIMEOUT, functions.make(settings));
  }

  /** Makes the function of one stage from its environment. */
  @FunctionalInterface
  interface FunctionMaker {
    LambdaFunction make(Map<String, String> environment) throws IOException;
  }

  /** The handler in this JVM, one instance a stage. */
  FunctionMaker inThisJvm() {
    return settings ->
        new InProcessFunction(
            new AuthorizerHandler(settings, policy, clock, System.err::println),
            System.err::println);
  }

  /** The handler under the real runtime client in JVMs of its own. */
  FunctionMaker inOtherJvms(List<Path> classPath) {
    return settings ->
        ProcessFunction.start(
            ChildSettings.of(classPath, AuthorizerHandler.class.getName(), settings),
            clock,
            System.err::println);
  }
}
