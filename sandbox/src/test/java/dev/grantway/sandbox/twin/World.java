package dev.grantway.sandbox.twin;

import dev.grantway.resource.ApiType;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import dev.grantway.sandbox.twin.lambda.InProcessFunction;
import dev.grantway.sandbox.twin.lambda.LambdaFunction;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** A running twin with one API `orders` and a hand-written authorizer. */
final class World implements AutoCloseable {
  static final Duration TTL = Duration.ofSeconds(300);
  static final Duration TIMEOUT = Duration.ofSeconds(5);
  static final List<String> TOKEN_AND_ROUTE =
      List.of("method.request.header.Authorization", "context.httpMethod", "context.resourcePath");

  final TestClock clock = new TestClock();
  final AtomicReference<RouteTable> routes = new AtomicReference<>(table());
  final List<String> log = new CopyOnWriteArrayList<>();
  final List<String> accessLog = new CopyOnWriteArrayList<>();
  final HandWritten authorizer;
  final GatewayTwin twin;

  private World(HandWritten authorizer, Wiring wiring, GatewayAnswers answers) throws IOException {
    this.authorizer = authorizer;
    LambdaFunction function = new InProcessFunction(authorizer, log::add);
    var stage =
        new StageConfiguration(
            "a1b2c3d4e5",
            "orders",
            "prod",
            routes::get,
            wiring.settings(function),
            Map.of("tier", "gold"));
    this.twin =
        GatewayTwin.start(
            TwinConfiguration.of(0, List.of(stage), clock, log::add)
                .answering(answers)
                .loggingAccessTo(accessLog::add));
  }

  /** How the authorizer is attached. */
  @FunctionalInterface
  interface Wiring {
    AuthorizerSettings settings(LambdaFunction function);
  }

  static World of(HandWritten authorizer, Wiring wiring) throws IOException {
    return new World(authorizer, wiring, GatewayAnswers.ASSUMED);
  }

  /** With a twin that behaves by these answers. */
  static World of(HandWritten authorizer, GatewayAnswers answers, Wiring wiring)
      throws IOException {
    return new World(authorizer, wiring, answers);
  }

  /** As stage `prod` of the sample API: REQUEST under token + route. */
  static World perRoute(HandWritten authorizer) throws IOException {
    return of(
        authorizer,
        function -> AuthorizerSettings.request(TOKEN_AND_ROUTE, TTL, TIMEOUT, function));
  }

  /** REQUEST under the token alone. */
  static World perToken(HandWritten authorizer) throws IOException {
    return of(
        authorizer,
        function ->
            AuthorizerSettings.request(TOKEN_AND_ROUTE.subList(0, 1), TTL, TIMEOUT, function));
  }

  static World uncached(HandWritten authorizer) throws IOException {
    return of(
        authorizer,
        function ->
            AuthorizerSettings.request(List.of(), Duration.ZERO, Duration.ofSeconds(5), function));
  }

  /** As stage `dev` of the sample API: TOKEN. */
  static World token(HandWritten authorizer) throws IOException {
    return of(authorizer, function -> AuthorizerSettings.token(TTL, TIMEOUT, function));
  }

  static RouteTable table(String... more) {
    var routes =
        new ArrayList<>(
            List.of(
                "GET /",
                "GET /orders",
                "POST /orders",
                "GET /orders/{id}",
                "POST /orders/search",
                "POST /orders/{id}/refunds",
                "HEAD /orders",
                "OPTIONS /orders",
                "ANY /files/{path+}"));
    routes.addAll(Arrays.asList(more));
    var parsed = new ArrayList<>(routes.stream().map(Route::parse).toList());
    parsed.add(publicRoute("GET /health"));
    return new RouteTable(ApiType.REST, parsed);
  }

  private static Route publicRoute(String text) {
    Route route = Route.parse(text);
    return new Route(
        route.actions(),
        route.template(),
        "",
        new TreeSet<>(),
        "",
        Route.Access.PUBLIC,
        Route.State.CURRENT);
  }

  int port() {
    return twin.port();
  }

  RawHttp.Reply call(String method, String path, String... headers) throws IOException {
    return RawHttp.send(port(), method, "/orders/prod" + path, headers);
  }

  /** With a token. */
  RawHttp.Reply authorized(String method, String path) throws IOException {
    return call(method, path, "Authorization: Bearer t1");
  }

  @Override
  public void close() {
    twin.close();
  }
}
