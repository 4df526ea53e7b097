package dev.grantway.sandbox.twin;

import dev.grantway.resource.ApiType;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import dev.grantway.sandbox.twin.http.WebSocketLimits;
import dev.grantway.sandbox.twin.lambda.InProcessFunction;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** A running twin with one WebSocket API `live`, stage `prod`. */
final class LiveWorld implements AutoCloseable {
  final TestClock clock = new TestClock();
  final List<String> log = new CopyOnWriteArrayList<>();
  final AtomicReference<RouteTable> routes =
      new AtomicReference<>(table("$connect", "$default", "send", "list"));
  final HandWritten authorizer;
  final GatewayTwin twin;

  LiveWorld(HandWritten authorizer, WebSocketLimits limits, String... identitySources)
      throws IOException {
    this.authorizer = authorizer;
    var stage =
        new StageConfiguration(
            "a1b2c3d4e5",
            "live",
            "prod",
            routes::get,
            AuthorizerSettings.webSocket(
                List.of(identitySources),
                Duration.ofSeconds(5),
                new InProcessFunction(authorizer, log::add)),
            Map.of("tier", "gold"));
    this.twin =
        GatewayTwin.start(
            new TwinConfiguration(
                0,
                "us-east-1",
                "123456789012",
                List.of(stage),
                limits,
                "",
                GatewayAnswers.ASSUMED,
                clock,
                log::add,
                line -> {}));
  }

  LiveWorld(HandWritten authorizer, String... identitySources) throws IOException {
    this(authorizer, WebSocketLimits.API_GATEWAY, identitySources);
  }

  /** Lets everybody connect, with these route keys in the context. */
  static HandWritten letting(String routes) {
    return new HandWritten(
        HandWritten.answer(HandWritten.statement("Allow", "$connect"))
            .replace("\"roles\":\"clerk\"", "\"routes\":\"" + routes + "\""));
  }

  static RouteTable table(String... keys) {
    return new RouteTable(ApiType.WEBSOCKET, Stream.of(keys).map(Route::ofRouteKey).toList());
  }

  WebSocketClient connect(String... headers) throws Exception {
    return WebSocketClient.connect(twin.port(), "/live/prod", headers);
  }

  @Override
  public void close() {
    twin.close();
  }
}
