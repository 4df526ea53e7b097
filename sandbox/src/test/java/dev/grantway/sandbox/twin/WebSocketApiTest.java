package dev.grantway.sandbox.twin;

import static dev.grantway.sandbox.twin.HandWritten.answer;
import static dev.grantway.sandbox.twin.HandWritten.statement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.grantway.resource.ApiType;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import dev.grantway.sandbox.twin.lambda.InProcessFunction;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** WebSocket APIs with the JDK's client: the connection is authorized, messages are routed. */
class WebSocketApiTest {

  @Test
  void connectionIsAuthorizedByTheConnectEvent() throws Exception {
    try (LiveWorld world =
            new LiveWorld(
                LiveWorld.letting("send"),
                "route.request.header.Authorization",
                "route.request.querystring.v",
                "stageVariables.tier",
                "context.routeKey");
        WebSocketClient client =
            WebSocketClient.connect(
                world.twin.port(), "/live/prod?v=1&v=2", "Authorization: Bearer x", "X-A: 1")) {
      assertThat(client.ask("{\"action\":\"send\"}")).contains("\"routeKey\":\"send\"");

      assertThat(EventMembers.of(world.authorizer.events.getFirst()))
          .containsEntry("/type", "REQUEST")
          .containsEntry("/methodArn", HandWritten.ARN + "$connect")
          .containsEntry("/headers/Authorization", "Bearer x")
          .containsEntry("/multiValueHeaders/X-A/0", "1")
          .containsEntry("/queryStringParameters/v", "2")
          .containsEntry("/multiValueQueryStringParameters/v/0", "1")
          .containsEntry("/multiValueQueryStringParameters/v/1", "2")
          .containsEntry("/stageVariables/tier", "gold")
          .containsEntry("/requestContext/routeKey", "$connect")
          .containsEntry("/requestContext/eventType", "CONNECT")
          .containsEntry("/requestContext/messageDirection", "IN")
          .containsEntry("/requestContext/stage", "prod")
          .containsEntry("/requestContext/apiId", "a1b2c3d4e5")
          .containsEntry("/requestContext/connectedAt", "1795341600000")
          .containsEntry("/requestContext/identity/sourceIp", "127.0.0.1")
          .doesNotContainKeys("/resource", "/path", "/httpMethod", "/headers/Upgrade");
    }
  }

  @Test
  void everyMemberOfTheSampleEventIsThere() throws Exception {
    Set<String> sample =
        new TreeSet<>(
            EventMembers.of(
                    EventMembers.sample(
                        "ws_connect.json",
                        "{\"type\":\"\",\"methodArn\":\"\",\"requestContext\":{\"routeKey\":\"\"}}"))
                .keySet());
    sample.removeIf(name -> name.contains("HeaderAuth1"));
    try (LiveWorld world = new LiveWorld(LiveWorld.letting("send"));
        WebSocketClient client = WebSocketClient.connect(world.twin.port(), "/live/prod?Q=1")) {
      assertThat(client.ask("{}")).contains("Forbidden");
      assertThat(EventMembers.of(world.authorizer.events.getFirst()).keySet()).containsAll(sample);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"action\":\"send\",\"n\":[1,{}]} | send",
        "{\"action\":\"list\"}              | list",
        "{\"action\":\"nobody\"}            | $default",
        "{\"action\":\"$connect\"}          | $default",
        "{\"action\":\"$default\"}          | $default",
        "{\"action\":5}                     | $default",
        "{\"action\":\"\"}                  | $default",
        "{\"body\":{\"action\":\"send\"}}   | $default",
        "{\"action\":\"send\"}x             | $default",
        "{\"action\":\"send\",\"action\":\"list\"} | $default",
        "[\"send\"]                         | $default",
        "send                               | $default",
        "{                                  | $default"
      })
  void messageGoesToTheRouteThatItNames(String message, String routeKey) throws Exception {
    try (LiveWorld world = new LiveWorld(LiveWorld.letting("send,list,$default"));
        WebSocketClient client = world.connect()) {
      assertThat(client.ask(message)).contains("\"routeKey\":\"" + routeKey + "\"");
      world.routes.set(LiveWorld.table("$connect", "send", "list"));
      assertThat(client.ask(message))
          .contains(
              routeKey.equals("$default")
                  ? "{\"message\":\"Forbidden\",\"connectionId\":\""
                  : "\"routeKey\":\"" + routeKey + "\"");
    }
  }

  @Test
  void backendServesOnlyTheRouteKeysOfTheContext() throws Exception {
    try (LiveWorld world = new LiveWorld(LiveWorld.letting("send,$defaultX"));
        WebSocketClient client = world.connect()) {
      assertThat(client.ask("{\"action\":\"send\"}"))
          .contains("\"api\":\"live\"", "\"principalId\":\"p\"", "\"routes\":\"send,$defaultX\"");
      assertThat(client.ask("{\"action\":\"list\"}"))
          .startsWith("{\"message\":\"Forbidden\",\"connectionId\":\"")
          .contains("\"requestId\":\"");
      assertThat(client.ask("hello")).contains("\"Forbidden\"");
      assertThat(world.authorizer.events).as("messages are authorized by nobody").hasSize(1);
    }
  }

  @Test
  void contextWithoutRoutesOpensNone() throws Exception {
    var authorizer = new HandWritten(answer(statement("Allow", "$connect")));
    try (LiveWorld world = new LiveWorld(authorizer);
        WebSocketClient client = world.connect()) {
      assertThat(client.ask("{\"action\":\"send\"}")).contains("\"Forbidden\"");
      assertThat(client.ask("")).contains("\"Forbidden\"");
    }
  }

  @Test
  void connectionThatNeedsNoGrantMayUseEveryRoute() throws Exception {
    Route connect = Route.ofRouteKey("$connect");
    var open =
        new Route(
            connect.actions(),
            connect.template(),
            "",
            new TreeSet<>(),
            "",
            Route.Access.PUBLIC,
            Route.State.CURRENT);
    var send = Route.ofRouteKey("send");
    try (LiveWorld world = new LiveWorld(new HandWritten("not even JSON"), "context.routeKey")) {
      for (List<Route> routes : List.of(List.of(open, send), List.of(send))) {
        world.routes.set(new RouteTable(ApiType.WEBSOCKET, routes));
        try (WebSocketClient client = world.connect()) {
          assertThat(client.ask("{\"action\":\"send\"}")).contains("\"authorizer\":{}");
        }
      }
      assertThat(world.authorizer.events).isEmpty();
    }
  }

  @Test
  void nothingIsCached() throws Exception {
    try (LiveWorld world =
        new LiveWorld(LiveWorld.letting("send"), "route.request.header.Authorization")) {
      for (int i = 1; i <= 2; i++) {
        world.connect("Authorization: t").close();
        assertThat(world.authorizer.events).hasSize(i);
      }
    }
    var function = new InProcessFunction(LiveWorld.letting("send"), line -> {});
    assertThatThrownBy(
            () ->
                new AuthorizerSettings(
                    AuthorizerSettings.Kind.WEBSOCKET,
                    List.of(new IdentitySource.Header("Authorization")),
                    Optional.empty(),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    function))
        .hasMessageContaining("WebSocket");
    function.close();
  }

  @Test
  void refusedConnectionGetsTheAnswersOfARestApi() throws Exception {
    try (LiveWorld world =
        new LiveWorld(LiveWorld.letting("send"), "route.request.querystring.token")) {
      assertRefused(world, "", 401, "{\"message\":\"Unauthorized\"}");
      assertThat(world.authorizer.events).isEmpty();
      String token = "?token=t";
      world.authorizer.behaviour = event -> answer(statement("Deny", "*"));
      assertRefused(
          world,
          token,
          403,
          "{\"Message\":\"User is not authorized to access this resource with an explicit deny\"}");
      world.authorizer.behaviour = event -> answer(statement("Allow", "send"));
      assertRefused(
          world, token, 403, "{\"Message\":\"User is not authorized to access this resource\"}");
      world.authorizer.behaviour =
          event -> {
            throw new IllegalStateException("Unauthorized");
          };
      assertRefused(world, token, 401, "{\"message\":\"Unauthorized\"}");
      world.authorizer.behaviour = event -> "{\"isAuthorized\":true}";
      assertRefused(world, token, 500, "{\"message\":null}");
      world.authorizer.behaviour =
          event ->
              answer(statement("Allow", "$connect"))
                  .replace("clerk", "c".repeat(AnswerReader.WEBSOCKET_BYTES));
      assertRefused(world, token, 500, "{\"message\":null}");
    }
  }

  private static void assertRefused(LiveWorld world, String query, int status, String body)
      throws Exception {
    var reply =
        RawHttp.send(
            world.twin.port(),
            "GET",
            "/live/prod" + query,
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.body()).isEqualTo(body);
    Throwable refused =
        catchThrowable(() -> WebSocketClient.connect(world.twin.port(), "/live/prod" + query));
    assertThat(refused)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            e -> assertThat(e.getResponse().statusCode()).isEqualTo(status));
  }

  @Test
  void answerOfExactlyTheLimitIsTaken() throws Exception {
    String shorter = answer(statement("Allow", "$connect"));
    int left = AnswerReader.WEBSOCKET_BYTES - shorter.length();
    var authorizer = new HandWritten(shorter.replace("clerk", "clerk" + "c".repeat(left)));
    try (LiveWorld world = new LiveWorld(authorizer);
        WebSocketClient client = world.connect()) {
      assertThat(client.ask("{}")).contains("Forbidden");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/live/prod/", "/live/prod/?a=b", "/a1b2c3d4e5/prod"})
  void addressMayEndWithASlashOrNameTheId(String target) throws Exception {
    try (LiveWorld world = new LiveWorld(LiveWorld.letting("send"));
        WebSocketClient client = WebSocketClient.connect(world.twin.port(), target)) {
      assertThat(client.ask("{\"action\":\"send\"}")).contains("\"stage\":\"prod\"");
    }
  }

  @Test
  void onlyAWebSocketIsServedAndOnlyAtItsAddress() throws Exception {
    try (LiveWorld world = new LiveWorld(LiveWorld.letting("send"))) {
      int port = world.twin.port();
      assertThat(RawHttp.send(port, "GET", "/live/prod").status()).isEqualTo(426);
      assertThat(RawHttp.send(port, "GET", "/live/prod/send").status()).isEqualTo(403);
      assertThat(RawHttp.send(port, "GET", "/live/nope").status()).isEqualTo(403);
      assertThat(
              RawHttp.send(port, "DELETE", "/v2/apis/live/stages/prod/cache/authorizers").status())
          .as("there is nothing to flush")
          .isEqualTo(404);
      assertThat(world.authorizer.events).isEmpty();
    }
  }

  @Test
  void pingsArePongedAndTheCloseIsReturned() throws Exception {
    try (LiveWorld world = new LiveWorld(LiveWorld.letting("send"));
        WebSocketClient client = world.connect()) {
      client.socket().sendPing(ByteBuffer.wrap(new byte[125])).get(5, TimeUnit.SECONDS);
      assertThat(client.next()).isEqualTo("pong 125");
      client.socket().sendClose(4000, "enough").get(5, TimeUnit.SECONDS);
      assertThat(client.next()).isEqualTo("close 4000");
    }
  }

  @Test
  void fragmentsMakeOneMessageOfUpTo128KiB() throws Exception {
    try (LiveWorld world = new LiveWorld(LiveWorld.letting("$default"));
        WebSocketClient client = world.connect()) {
      String part = "ü".repeat(16 * 1024);
      for (int i = 0; i < 3; i++) {
        client.socket().sendText(part, false).get(5, TimeUnit.SECONDS);
      }
      assertThat(client.ask(part)).contains("\"body\":\"" + part.repeat(4) + "\"");
      for (int i = 0; i < 4; i++) {
        client.socket().sendText(part, false).get(5, TimeUnit.SECONDS);
      }
      assertThat(client.ask("x")).isEqualTo("close 1009");
    }
  }

  @Test
  void binaryMessagesAreRefused() throws Exception {
    try (LiveWorld world = new LiveWorld(LiveWorld.letting("$default"));
        WebSocketClient client = world.connect()) {
      client.socket().sendBinary(ByteBuffer.wrap(new byte[1]), true).get(5, TimeUnit.SECONDS);
      assertThat(client.next()).isEqualTo("close 1003");
    }
  }
}
