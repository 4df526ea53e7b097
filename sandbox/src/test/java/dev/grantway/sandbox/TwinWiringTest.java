package dev.grantway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.grantway.policy.Policy;
import dev.grantway.policyfile.PolicyFile;
import dev.grantway.sandbox.twin.GatewayTwin;
import dev.grantway.store.Heartbeats;
import dev.grantway.store.InMemoryPolicy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TwinWiringTest {
  private static final Policy ORDERS =
      ((PolicyFile.Read) PolicyFile.read(PolicyFile.ordersSample(), "orders.yaml")).policy();
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "GRANTWAY_ISSUERS",
          """
          [{"alias":"dev","issuer":"http://127.0.0.1:1/dev","discovery":true,
            "audiences":["a"],"roles":["/roles"]}]""");

  @Test
  void bothStagesOfTheSampleAreServedByTheRealAuthorizer() throws Exception {
    try (GatewayTwin twin = start();
        HttpClient client = HttpClient.newHttpClient()) {
      for (String stage : new String[] {"prod", "dev"}) {
        assertThat(call(client, twin, stage, "/health").statusCode()).isEqualTo(200);
        HttpResponse<String> refused = call(client, twin, stage, "/orders");
        assertThat(refused.statusCode()).as(stage).isEqualTo(401);
        assertThat(refused.body()).isEqualTo("{\"message\":\"Unauthorized\"}");
        assertThat(refused.headers().firstValue("x-twin-cache")).contains("miss");
      }
    }
  }

  @Test
  void stagesOfTheHttpApiAreServedWithAndWithoutTheirName() throws Exception {
    try (GatewayTwin twin = start();
        HttpClient client = HttpClient.newHttpClient()) {
      for (String base : new String[] {"/billing/prod", "/billing/$default", "/billing"}) {
        assertThat(send(client, twin, base + "/health").statusCode()).isEqualTo(200);
        HttpResponse<String> refused = send(client, twin, base + "/invoices");
        assertThat(refused.statusCode()).as(base).isEqualTo(403);
        assertThat(refused.body()).isEqualTo("{\"message\":\"Forbidden\"}");
        assertThat(refused.headers().firstValue("x-twin-cache"))
            .as("without a name it is the stage $default")
            .contains(base.equals("/billing") ? "hit" : "miss");
        assertThat(send(client, twin, base + "/nope").statusCode()).isEqualTo(404);
      }
    }
  }

  /** A refused token is a 401 of the authorizer; a missing one is one too, without a call. */
  @Test
  void webSocketTakesTheTokenFromTheHeaderAndInDevFromTheQuery() throws Exception {
    try (GatewayTwin twin = start();
        HttpClient client = HttpClient.newHttpClient()) {
      for (String target : new String[] {"/live/prod", "/live/dev?token=not.a.token"}) {
        assertThat(connect(client, twin, target, true)).as(target).isEqualTo(401);
      }
      assertThat(connect(client, twin, "/live/dev", true)).isEqualTo(401);
      assertThat(connect(client, twin, "/live/prod?token=not.a.token", false)).isEqualTo(401);
    }
  }

  @Test
  void stagesThatAreAttachedAlikeShareAFunction() throws Exception {
    var clock = Clock.systemUTC();
    var wiring =
        new TwinWiring(
            ENVIRONMENT, InMemoryPolicy.of(ORDERS, clock), Heartbeats.NONE, "", clock, line -> {});
    var made = new java.util.ArrayList<String>();
    TwinWiring.FunctionMaker maker = wiring.inThisJvm();
    try (GatewayTwin twin =
        wiring.start(
            0,
            ORDERS.apis(),
            settings -> {
              made.add(
                  settings.get("GRANTWAY_CACHE_KEY")
                      + " "
                      + settings.getOrDefault("GRANTWAY_TOKEN_SOURCE", "header:Authorization"));
              return maker.make(settings);
            })) {
      assertThat(twin.port()).isPositive();
      assertThat(made)
          .containsExactlyInAnyOrder(
              "token+route header:Authorization",
              "token header:Authorization",
              "none header:Authorization",
              "none query:token");
    }
  }

  @Test
  void withoutACacheEveryCallAsksTheAuthorizer() throws Exception {
    TwinWiring wiring = wiring().keepingAnswersFor(Duration.ZERO);
    try (GatewayTwin twin = wiring.start(0, ORDERS.apis(), wiring.inThisJvm());
        HttpClient client = HttpClient.newHttpClient()) {
      for (String target : new String[] {"/orders/prod/orders", "/orders/dev/orders"}) {
        HttpResponse<String> refused = send(client, twin, target);
        assertThat(refused.statusCode()).as(target).isEqualTo(401);
        assertThat(refused.headers().firstValue("x-twin-cache")).contains("off");
      }
    }
  }

  private static TwinWiring wiring() {
    var clock = Clock.systemUTC();
    return new TwinWiring(
        ENVIRONMENT, InMemoryPolicy.of(ORDERS, clock), Heartbeats.NONE, "", clock, line -> {});
  }

  private static GatewayTwin start() throws IOException {
    TwinWiring wiring = wiring();
    return wiring.start(0, ORDERS.apis(), wiring.inThisJvm());
  }

  private static int connect(HttpClient client, GatewayTwin twin, String target, boolean header)
      throws Exception {
    var builder = client.newWebSocketBuilder();
    if (header) {
      builder.header("Authorization", "Bearer not.a.token");
    }
    Throwable refused =
        catchThrowable(
            () ->
                builder
                    .buildAsync(
                        URI.create("ws://127.0.0.1:" + twin.port() + target),
                        new WebSocket.Listener() {})
                    .get(10, TimeUnit.SECONDS));
    return refused.getCause() instanceof WebSocketHandshakeException answered
        ? answered.getResponse().statusCode()
        : 0;
  }

  private static HttpResponse<String> call(
      HttpClient client, GatewayTwin twin, String stage, String path) throws Exception {
    return send(client, twin, "/orders/" + stage + path);
  }

  private static HttpResponse<String> send(HttpClient client, GatewayTwin twin, String target)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + twin.port() + target))
            .header("Authorization", "Bearer not.a.token")
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
