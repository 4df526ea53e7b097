package dev.grantway.sandbox.twin;

import dev.grantway.resource.ApiType;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import dev.grantway.sandbox.twin.lambda.InProcessFunction;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A running twin with one HTTP API `billing`, stages `prod` and `$default`. */
final class HttpWorld implements AutoCloseable {
  static final List<String> TOKEN_AND_ROUTE =
      List.of("$request.header.Authorization", "$context.routeKey", "$context.stage");

  /** Every route of the stage `prod`. */
  static final String ALLOW_ALL =
      HandWritten.answer(HandWritten.statement("Allow", "*").replace("prod/", "*/"));

  final TestClock clock = new TestClock();
  final List<String> log = new CopyOnWriteArrayList<>();
  final HandWritten authorizer;
  final GatewayTwin twin;

  HttpWorld(
      AuthorizerSettings.Kind kind,
      HandWritten authorizer,
      List<String> identitySources,
      Duration ttl,
      Duration timeout)
      throws IOException {
    this(
        List.of("prod", "$default"),
        kind,
        authorizer,
        identitySources,
        ttl,
        timeout,
        GatewayAnswers.ASSUMED);
  }

  private HttpWorld(
      List<String> names,
      AuthorizerSettings.Kind kind,
      HandWritten authorizer,
      List<String> identitySources,
      Duration ttl,
      Duration timeout,
      GatewayAnswers answers)
      throws IOException {
    this.authorizer = authorizer;
    var function = new InProcessFunction(authorizer, log::add);
    RouteTable routes = routes();
    List<StageConfiguration> stages =
        names.stream()
            .map(
                stage ->
                    new StageConfiguration(
                        "a1b2c3d4e5",
                        "billing",
                        stage,
                        () -> routes,
                        AuthorizerSettings.http(kind, identitySources, ttl, timeout, function),
                        Map.of("tier", stage.equals("prod") ? "gold" : "tin")))
            .toList();
    this.twin =
        GatewayTwin.start(TwinConfiguration.of(0, stages, clock, log::add).answering(answers));
  }

  /** Under token + route. */
  static HttpWorld perRoute(AuthorizerSettings.Kind kind, HandWritten authorizer)
      throws IOException {
    return new HttpWorld(kind, authorizer, TOKEN_AND_ROUTE, World.TTL, Duration.ofSeconds(5));
  }

  /** With these identity sources. */
  static HttpWorld under(HandWritten authorizer, String... identitySources) throws IOException {
    return new HttpWorld(
        AuthorizerSettings.Kind.HTTP_2,
        authorizer,
        List.of(identitySources),
        World.TTL,
        Duration.ofSeconds(5));
  }

  static HttpWorld uncached(AuthorizerSettings.Kind kind, HandWritten authorizer)
      throws IOException {
    return new HttpWorld(kind, authorizer, List.of(), Duration.ZERO, Duration.ofSeconds(5));
  }

  /** An API that has no stage but `prod`. */
  static HttpWorld withoutDefaultStage(HandWritten authorizer) throws IOException {
    return new HttpWorld(
        List.of("prod"),
        AuthorizerSettings.Kind.HTTP_2,
        authorizer,
        List.of(),
        Duration.ZERO,
        Duration.ofSeconds(5),
        GatewayAnswers.ASSUMED);
  }

  /** With a twin that behaves by these answers, whose stage keeps nothing. */
  static HttpWorld answering(HandWritten authorizer, GatewayAnswers answers) throws IOException {
    return new HttpWorld(
        List.of("prod"),
        AuthorizerSettings.Kind.HTTP_2,
        authorizer,
        List.of(),
        Duration.ZERO,
        Duration.ofSeconds(5),
        answers);
  }

  private static RouteTable routes() {
    var keys =
        Stream.of(
            "GET /",
            "GET /invoices",
            "GET /invoices/{id}",
            "POST /invoices/search",
            "GET /invoices/{id}/lines",
            "ANY /files/{path+}",
            "$default");
    return new RouteTable(
        ApiType.HTTP, Stream.concat(keys.map(Route::parse), Stream.of(health())).toList());
  }

  private static Route health() {
    Route route = Route.parse("GET /health");
    return new Route(
        route.actions(),
        route.template(),
        "",
        new TreeSet<>(),
        "",
        Route.Access.PUBLIC,
        Route.State.CURRENT);
  }

  RawHttp.Reply call(String method, String path, String... headers) throws IOException {
    return RawHttp.send(twin.port(), method, "/billing/prod" + path, headers);
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
