package dev.grantway.sandbox;

import dev.grantway.authorizer.AuthorizerHandler;
import dev.grantway.policy.Api;
import dev.grantway.resource.ApiType;
import dev.grantway.sandbox.twin.AuthorizerSettings;
import dev.grantway.sandbox.twin.GatewayAnswers;
import dev.grantway.sandbox.twin.GatewayTwin;
import dev.grantway.sandbox.twin.StageConfiguration;
import dev.grantway.sandbox.twin.TwinConfiguration;
import dev.grantway.sandbox.twin.lambda.InProcessFunction;
import dev.grantway.sandbox.twin.lambda.LambdaFunction;
import dev.grantway.sandbox.twin.lambda.ProcessFunction;
import dev.grantway.store.Heartbeats;
import dev.grantway.store.PolicyReader;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Attaches the real authorizer to every stage of every API. Of REST APIs stage {@code dev} has a
 * TOKEN authorizer under {@code token}, the others REQUEST authorizers under {@code token+route}.
 * HTTP APIs have payload 2.0 under {@code token+route}. WebSocket APIs cache nothing and take the
 * token from the header; on stage {@code dev} from the query parameter {@code token}, since a
 * browser cannot set headers there.
 */
final class TwinWiring {
  static final Duration TTL = Duration.ofSeconds(300);
  static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final List<String> TOKEN_AND_ROUTE =
      List.of("method.request.header.Authorization", "context.httpMethod", "context.resourcePath");

  private static final List<String> TOKEN_AND_ROUTE_KEY =
      List.of("$request.header.Authorization", "$context.routeKey", "$context.stage");

  private final Map<String, String> environment;
  private final PolicyReader policy;
  private final Heartbeats heartbeats;
  private final String adminUrl;
  private final Clock clock;
  private final Consumer<String> accessLog;
  private final Duration ttl;
  private final GatewayAnswers answers;

  /**
   * Wires stages to authorizers.
   *
   * @param environment of every authorizer: table, issuers, {@code maxAge}
   * @param policy the same table
   * @param heartbeats the same table
   * @param adminUrl where the admin app is, which explains refusals
   */
  TwinWiring(
      Map<String, String> environment,
      PolicyReader policy,
      Heartbeats heartbeats,
      String adminUrl,
      Clock clock,
      Consumer<String> accessLog) {
    this(environment, policy, heartbeats, adminUrl, clock, accessLog, TTL, GatewayAnswers.ASSUMED);
  }

  private TwinWiring(
      Map<String, String> environment,
      PolicyReader policy,
      Heartbeats heartbeats,
      String adminUrl,
      Clock clock,
      Consumer<String> accessLog,
      Duration ttl,
      GatewayAnswers answers) {
    this.environment = Map.copyOf(environment);
    this.policy = policy;
    this.heartbeats = heartbeats;
    this.adminUrl = adminUrl;
    this.clock = clock;
    this.accessLog = accessLog;
    this.ttl = ttl;
    this.answers = answers;
  }

  /** The same on stages that keep answers for so long; for no time, every call asks. */
  TwinWiring keepingAnswersFor(Duration time) {
    return new TwinWiring(
        environment, policy, heartbeats, adminUrl, clock, accessLog, time, answers);
  }

  /** The same with a twin that behaves as API Gateway was seen to. */
  TwinWiring answering(GatewayAnswers seen) {
    return new TwinWiring(environment, policy, heartbeats, adminUrl, clock, accessLog, ttl, seen);
  }

  GatewayTwin start(int port, List<Api> apis, FunctionMaker functions) throws IOException {
    var stages = new ArrayList<StageConfiguration>();
    var shared = new HashMap<Map<String, String>, LambdaFunction>();
    for (Api api : apis) {
      var routes = new DeployedRoutes(policy, clock, api);
      for (String stage : api.stages()) {
        Map<String, String> settings = settings(api.type(), stage);
        LambdaFunction function = shared.get(settings);
        if (function == null) {
          function = functions.make(settings);
          shared.put(settings, function);
        }
        stages.add(
            new StageConfiguration(
                api.id().value(),
                api.name(),
                stage,
                routes,
                attached(api.type(), stage, function),
                Map.of()));
      }
    }
    return GatewayTwin.start(
        TwinConfiguration.of(port, stages, clock, System.err::println)
            .explainedAt(adminUrl)
            .answering(answers)
            .loggingAccessTo(accessLog));
  }

  /** What the authorizer has to be told of how it is attached. */
  private Map<String, String> settings(ApiType type, String stage) {
    var settings = new LinkedHashMap<>(environment);
    if (type == ApiType.WEBSOCKET) {
      settings.put("GRANTWAY_CACHE_KEY", "none");
      settings.put("GRANTWAY_TOKEN_SOURCE", isDev(stage) ? "query:token" : "header:Authorization");
    } else if (ttl.isZero()) {
      settings.put("GRANTWAY_CACHE_KEY", "none");
    } else {
      boolean token = type == ApiType.REST && isDev(stage);
      settings.put("GRANTWAY_CACHE_KEY", token ? "token" : "token+route");
      settings.put("GRANTWAY_CACHE_TTL", ttl.toSeconds() + "s");
    }
    return settings;
  }

  private AuthorizerSettings attached(ApiType type, String stage, LambdaFunction function) {
    return switch (type) {
      case REST ->
          isDev(stage)
              ? AuthorizerSettings.token(ttl, TIMEOUT, function)
              : AuthorizerSettings.request(TOKEN_AND_ROUTE, ttl, TIMEOUT, function);
      case HTTP ->
          AuthorizerSettings.http(
              AuthorizerSettings.Kind.HTTP_2, TOKEN_AND_ROUTE_KEY, ttl, TIMEOUT, function);
      case WEBSOCKET ->
          AuthorizerSettings.webSocket(
              List.of(
                  isDev(stage)
                      ? "route.request.querystring.token"
                      : "route.request.header.Authorization"),
              TIMEOUT,
              function);
    };
  }

  private static boolean isDev(String stage) {
    return stage.equals("dev");
  }

  /** Makes a function from its environment; stages that are attached alike share one. */
  @FunctionalInterface
  interface FunctionMaker {
    LambdaFunction make(Map<String, String> environment) throws IOException;
  }

  /** The handler in this JVM. */
  FunctionMaker inThisJvm() {
    return inThisJvm(System.err::println);
  }

  /** The handler in this JVM, which says its lines there. */
  FunctionMaker inThisJvm(Consumer<String> log) {
    return settings ->
        new InProcessFunction(
            new AuthorizerHandler(settings, policy, heartbeats, clock, log::accept), log);
  }

  /** The packaged handler under the real runtime client in JVMs of its own. */
  FunctionMaker inOtherJvms(PackagedAuthorizer authorizer) {
    return settings ->
        ProcessFunction.start(authorizer.settings(settings), clock, System.err::println);
  }
}
