package dev.grantway.sandbox.twin;

import static dev.grantway.sandbox.twin.HandWritten.allowing;
import static dev.grantway.sandbox.twin.HandWritten.answer;
import static dev.grantway.sandbox.twin.HandWritten.statement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.sandbox.twin.AuthorizerSettings.Kind;
import dev.grantway.sandbox.twin.lambda.InProcessFunction;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP APIs: routing, what clients see (GATEWAY, column HTTP API), caching. */
class HttpApiTest {

  @ParameterizedTest
  @CsvSource({
    "GET, /invoices, GET /invoices",
    "GET, /invoices/, $default",
    "GET, /invoices/42, GET /invoices/{id}",
    "GET, /invoices/42/, $default",
    "GET, /invoices/search, GET /invoices/{id}",
    "POST, /invoices/search, POST /invoices/search",
    "DELETE, /invoices/search, $default",
    "GET, /invoices/1%2Flines, GET /invoices/{id}",
    "GET, /invoices/1/lines, GET /invoices/{id}/lines",
    "PUT, /files/a//b, ANY /files/{path+}",
    "PUT, /nowhere, $default",
  })
  void methodAndPathAreMatchedTogether(String method, String path, String routeKey)
      throws Exception {
    try (HttpWorld world = HttpWorld.uncached(Kind.HTTP_2, new HandWritten(HttpWorld.ALLOW_ALL))) {
      var reply = world.call(method, path);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body()).contains("\"routeKey\" : \"" + routeKey + "\"");
    }
  }

  @Test
  void whatHasNoRouteIsNotFoundWithoutAnInvocation() throws Exception {
    try (HttpWorld world = HttpWorld.perRoute(Kind.HTTP_2, allowing("*"))) {
      assertThat(world.authorized("BREW", "/invoices").status()).isEqualTo(404);
      var reply = RawHttp.send(world.twin.port(), "GET", "/nope/prod/invoices");
      assertThat(reply.status()).isEqualTo(403);
      assertThat(world.authorizer.events).isEmpty();
    }
  }

  @Test
  void unknownStageIsNotFound() throws Exception {
    try (HttpWorld world = HttpWorld.withoutDefaultStage(allowing("*"))) {
      assertThat(world.authorized("GET", "/invoices").status()).isEqualTo(200);
      for (String target : List.of("/billing/nope/invoices", "/billing", "/billing/$default/x")) {
        assertRefused(RawHttp.send(world.twin.port(), "GET", target), 404, "Not Found");
      }
    }
  }

  @Test
  void denyAndSilenceAreTheSameForbidden() throws Exception {
    String deny = statement("Allow", "*") + "," + statement("Deny", "GET/invoices/4?");
    for (Kind kind : List.of(Kind.HTTP_1, Kind.HTTP_2)) {
      try (HttpWorld world = HttpWorld.uncached(kind, new HandWritten(answer(deny)))) {
        assertThat(world.authorized("GET", "/invoices/5").status()).isEqualTo(200);
        assertRefused(world.authorized("GET", "/invoices/42"), 403, "Forbidden");
        world.authorizer.behaviour = event -> answer(statement("Allow", "GET/invoices"));
        assertRefused(world.authorized("GET", "/invoices/5"), 403, "Forbidden");
      }
    }
  }

  @Test
  void simpleAnswerIsYesOrNo() throws Exception {
    var authorizer = new HandWritten("{\"isAuthorized\":true,\"context\":{\"a\":1,\"b\":[2]}}");
    try (HttpWorld world = HttpWorld.uncached(Kind.HTTP_2_SIMPLE, authorizer)) {
      assertThat(world.authorized("GET", "/invoices").body().replaceAll("\\s", ""))
          .contains("\"authorizer\":{\"a\":\"1\",\"b\":\"[2]\"}");
      authorizer.behaviour = event -> "{\"isAuthorized\":false}";
      assertRefused(world.authorized("GET", "/invoices"), 403, "Forbidden");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"isAuthorized\":null}",
        "{\"isAuthorized\":\"true\"}",
        "{\"isAuthorized\":1}",
        "{\"isAuthorized\":true}x",
        "{\"isAuthorized\":true,\"context\":1}",
        "{\"principalId\":\"p\",\"policyDocument\":{\"Version\":\"2012-10-17\",\"Statement\":[]}}",
      })
  void malformedSimpleAnswerIsAFailure(String text) throws Exception {
    try (HttpWorld world = HttpWorld.perRoute(Kind.HTTP_2_SIMPLE, new HandWritten(text))) {
      assertRefused(world.authorized("GET", "/invoices"), 500, "Internal Server Error");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1", "HTTP_2"})
  void simpleAnswerIsAFailureWhereADocumentIsWanted(Kind kind) throws Exception {
    try (HttpWorld world =
        HttpWorld.perRoute(kind, new HandWritten("{\"isAuthorized\":true,\"context\":{}}"))) {
      assertRefused(world.authorized("GET", "/invoices"), 500, "Internal Server Error");
    }
  }

  @Test
  void onlyAMissingIdentitySourceIsUnauthorized() throws Exception {
    try (HttpWorld world = HttpWorld.perRoute(Kind.HTTP_2, allowing("*"))) {
      assertRefused(world.call("GET", "/invoices"), 401, "Unauthorized");
      assertRefused(world.call("GET", "/invoices", "Authorization:"), 401, "Unauthorized");
      assertThat(world.authorizer.events).isEmpty();
      world.authorizer.behaviour =
          event -> {
            throw new IllegalStateException("Unauthorized");
          };
      assertRefused(world.authorized("GET", "/invoices"), 500, "Internal Server Error");
    }
  }

  @Test
  void authorizerThatDoesNotAnswerInTimeIsAFailure() throws Exception {
    var never = new CountDownLatch(1);
    var authorizer = allowing("*");
    authorizer.behaviour =
        event -> {
          never.await();
          return "";
        };
    try (HttpWorld world =
        new HttpWorld(
            Kind.HTTP_2, authorizer, HttpWorld.TOKEN_AND_ROUTE, World.TTL, Duration.ofMillis(50))) {
      assertRefused(world.authorized("GET", "/invoices"), 500, "Internal Server Error");
      assertThat(world.log).anyMatch(line -> line.contains("no answer within 50 ms"));
    }
  }

  @Test
  void nobodyWaitsLongerThanHttpApisDo() {
    var function = new InProcessFunction(allowing("*"), line -> {});
    assertThatThrownBy(
            () ->
                AuthorizerSettings.http(
                    Kind.HTTP_2, List.of(), Duration.ZERO, Duration.ofSeconds(11), function))
        .hasMessageContaining("10 seconds");
    function.close();
  }

  @Test
  void answersAreKeptForAnHourAtMost() {
    var function = new InProcessFunction(allowing("*"), line -> {});
    assertThat(keptFor(Duration.ofHours(1), function).ttl()).hasHours(1);
    assertThatThrownBy(() -> keptFor(Duration.ofSeconds(3_601), function))
        .hasMessageContaining("must be 0 to 3600 seconds");
    function.close();
  }

  private static AuthorizerSettings keptFor(Duration ttl, InProcessFunction function) {
    return AuthorizerSettings.http(
        Kind.HTTP_2, HttpWorld.TOKEN_AND_ROUTE, ttl, Duration.ofSeconds(10), function);
  }

  @Test
  void headersOf10240BytesPassAndOneMoreIsTooMany() throws Exception {
    try (HttpWorld world = HttpWorld.uncached(Kind.HTTP_2, new HandWritten(HttpWorld.ALLOW_ALL))) {
      String rest = "GET /billing/prod/invoices HTTP/1.1\r\nHost: twin\r\nx: \r\n";
      String most = "x: " + "a".repeat(10_240 - rest.length());
      assertThat(world.call("GET", "/invoices", most).status()).isEqualTo(200);
      assertThat(world.call("GET", "/invoices", most + "a").status()).isEqualTo(431);
    }
  }

  @Test
  void arnOf1600BytesPassesAndOneMoreIsTooLong() throws Exception {
    try (HttpWorld world = HttpWorld.uncached(Kind.HTTP_2, new HandWritten(HttpWorld.ALLOW_ALL))) {
      int left = 1_600 - (HandWritten.ARN + "GET/invoices/").length();
      // What counts is the ARN, which holds one byte where the client sent three.
      String longest = "%41" + "x".repeat(left - 1);
      assertThat(world.authorized("GET", "/invoices/" + longest).status()).isEqualTo(200);
      assertThat(world.authorized("GET", "/invoices/" + longest + "x").status()).isEqualTo(414);
      assertThat(world.authorizer.events).hasSize(1);
    }
  }

  @Test
  void publicRouteDoesNotRunTheAuthorizer() throws Exception {
    try (HttpWorld world = HttpWorld.perRoute(Kind.HTTP_2, new HandWritten("not even JSON"))) {
      assertThat(world.call("GET", "/health").status()).isEqualTo(200);
      assertThat(world.authorizer.events).isEmpty();
    }
  }

  @Test
  void documentIsKeptByTokenRouteAndStageAndEvaluatedAfresh() throws Exception {
    try (HttpWorld world =
        HttpWorld.perRoute(
            Kind.HTTP_2,
            new HandWritten(
                answer(statement("Allow", "GET/invoices/42").replace("prod/", "*/"))))) {
      assertThat(cacheOf(world.authorized("GET", "/invoices/42"))).isEqualTo("miss 200");
      assertThat(cacheOf(world.authorized("GET", "/invoices/43"))).isEqualTo("hit 403");
      assertThat(cacheOf(world.authorized("GET", "/invoices"))).isEqualTo("miss 403");
      assertThat(cacheOf(world.call("GET", "/invoices/42", "authorization: Bearer t2")))
          .isEqualTo("miss 200");
      assertThat(
              cacheOf(
                  RawHttp.send(
                      world.twin.port(),
                      "GET",
                      "/billing/invoices/42",
                      "AUTHORIZATION: Bearer t1")))
          .isEqualTo("miss 200");
    }
  }

  @Test
  void simpleAnswerIsKeptForEveryRequestOfItsKey() throws Exception {
    try (HttpWorld world =
        HttpWorld.perRoute(Kind.HTTP_2_SIMPLE, new HandWritten("{\"isAuthorized\":true}"))) {
      assertThat(cacheOf(world.authorized("GET", "/invoices/42"))).isEqualTo("miss 200");
      world.authorizer.behaviour = event -> "{\"isAuthorized\":false}";
      assertThat(cacheOf(world.authorized("GET", "/invoices/43"))).isEqualTo("hit 200");
      assertThat(cacheOf(world.authorized("GET", "/invoices"))).isEqualTo("miss 403");
      world.clock.advance(World.TTL);
      assertThat(cacheOf(world.authorized("GET", "/invoices/43"))).isEqualTo("miss 403");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "$request.header.X-Tenant, GET /invoices?q=1 X-Tenant:b",
    "$request.querystring.q, GET /invoices?q=2 X-Tenant:a",
    "$context.routeKey, GET /invoices/42?q=1 X-Tenant:a",
    "$context.httpMethod, PUT /files/a?q=1 X-Tenant:a",
    "$context.path, GET /files/a?q=1 X-Tenant:a",
  })
  void identitySourceKeepsItsValuesApart(String source, String other) throws Exception {
    try (HttpWorld world =
        HttpWorld.under(new HandWritten(HttpWorld.ALLOW_ALL), "$stageVariables.tier", source)) {
      assertThat(cacheOf(world.call("GET", "/invoices?q=1", "x-tenant: a"))).startsWith("miss");
      assertThat(cacheOf(world.call("GET", "/invoices?q=1", "x-tenant: a"))).startsWith("hit");
      String[] parts = other.split(" ");
      assertThat(cacheOf(world.call(parts[0], parts[1], parts[2]))).startsWith("miss");
    }
  }

  @Test
  void identitySourcesOfRestApisAreNoneOfHttpApis() {
    assertThatThrownBy(() -> HttpWorld.under(allowing("*"), "method.request.header.Authorization"))
        .hasMessageContaining("`method.request.header.Authorization`")
        .hasMessageContaining("$request.header.X");
  }

  @Test
  void resetEmptiesTheStagesCache() throws Exception {
    try (HttpWorld world = HttpWorld.perRoute(Kind.HTTP_2, new HandWritten(HttpWorld.ALLOW_ALL))) {
      for (String stage : List.of("prod", "$default")) {
        String target = "/billing/" + stage + "/invoices";
        for (String name : List.of(stage, stage.replace("$", "%24"))) {
          RawHttp.send(world.twin.port(), "GET", target, "Authorization: t");
          assertThat(
                  RawHttp.send(
                          world.twin.port(),
                          "DELETE",
                          "/v2/apis/a1b2c3d4e5/stages/" + name + "/cache/authorizers")
                      .status())
              .isEqualTo(204);
          assertThat(cacheOf(RawHttp.send(world.twin.port(), "GET", target, "Authorization: t")))
              .as(name)
              .isEqualTo("miss 200");
        }
      }
    }
  }

  @Test
  void resetOfAnUnknownStageAndFlushOfAnHttpApiAreNotFound() throws Exception {
    try (HttpWorld world = HttpWorld.perRoute(Kind.HTTP_2, allowing("*"))) {
      for (String target :
          List.of(
              "/v2/apis/nope/stages/prod/cache/authorizers",
              "/v2/apis/a1b2c3d4e5/stages/nope/cache/authorizers",
              "/restapis/a1b2c3d4e5/stages/prod/cache/authorizers")) {
        assertThat(RawHttp.send(world.twin.port(), "DELETE", target).status())
            .as(target)
            .isEqualTo(404);
      }
    }
  }

  private static String cacheOf(RawHttp.Reply reply) {
    return reply.header("x-twin-cache") + " " + reply.status();
  }

  private static void assertRefused(RawHttp.Reply reply, int status, String message) {
    assertThat(reply.body()).isEqualTo("{\"message\":\"" + message + "\"}");
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.header("x-amzn-errortype")).isEqualTo("(none)");
  }
}
