package dev.grantway.sandbox.twin;

import static dev.grantway.sandbox.twin.HandWritten.allowing;
import static dev.grantway.sandbox.twin.HandWritten.answer;
import static dev.grantway.sandbox.twin.HandWritten.statement;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GATEWAY, "Errors clients see", column REST. */
class ErrorsTest {
  private static final String ALLOW_ALL = statement("Allow", "*");

  @Test
  void missingIdentitySourceIsUnauthorizedWithoutAnInvocation() throws Exception {
    try (World world = World.perRoute(allowing("*"))) {
      assertUnauthorized(world.call("GET", "/orders"));
      assertUnauthorized(world.call("GET", "/orders", "Authorization:"));
      assertThat(world.authorizer.events).isEmpty();
    }
  }

  @Test
  void tokenThatFailsTheValidationExpressionIsUnauthorizedWithoutAnInvocation() throws Exception {
    try (World world =
        World.of(
            allowing("*"),
            function ->
                new AuthorizerSettings(
                    AuthorizerSettings.Kind.TOKEN,
                    List.of(new IdentitySource.Header("Authorization")),
                    Optional.of(Pattern.compile("Bearer [a-z]+")),
                    World.TTL,
                    Duration.ofSeconds(5),
                    function))) {
      assertUnauthorized(world.call("GET", "/orders", "Authorization: Bearer 1"));
      assertThat(world.authorizer.events).isEmpty();
      assertThat(world.call("GET", "/orders", "Authorization: Bearer abc").status()).isEqualTo(200);
    }
  }

  @Test
  void thrownUnauthorizedIsUnauthorized() throws Exception {
    assertUnauthorized(thrown(new IllegalStateException("Unauthorized")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"unauthorized", "Unauthorized ", "[401] Unauthorized", "boom", ""})
  void anyOtherMessageIsAnAuthorizerFailure(String message) throws Exception {
    assertFailed(thrown(new IllegalStateException(message)));
  }

  @Test
  void wrappedUnauthorizedIsAnAuthorizerFailure() throws Exception {
    assertFailed(thrown(new IllegalStateException(new IllegalStateException("Unauthorized"))));
  }

  @Test
  void exceptionWithoutMessageIsAnAuthorizerFailure() throws Exception {
    assertFailed(thrown(new NullPointerException()));
  }

  private static RawHttp.Reply thrown(RuntimeException exception) throws Exception {
    var authorizer = allowing("*");
    authorizer.behaviour =
        event -> {
          throw exception;
        };
    try (World world = World.perRoute(authorizer)) {
      return world.authorized("GET", "/orders");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"Unauthorized\"",
        "{",
        "{}",
        "{\"principalId\":\"p\"}",
        "{\"principalId\":\"p\",\"policyDocument\":null}",
        "{\"policyDocument\":DOC}",
        "{\"principalId\":\"\",\"policyDocument\":DOC}",
        "{\"principalId\":null,\"policyDocument\":DOC}",
        "{\"principalId\":\"p\",\"policyDocument\":DOC}{}",
        "{\"principalId\":\"p\",\"policyDocument\":{\"Version\":\"2012-10-17\"}}",
        "{\"principalId\":\"p\",\"policyDocument\":DOC,\"context\":{\"a\":null}}",
        "{\"principalId\":\"p\",\"policyDocument\":DOC,\"context\":{\"a\":[\"b\"]}}",
        "{\"principalId\":\"p\",\"policyDocument\":DOC,\"context\":{\"a\":{\"b\":\"c\"}}}",
        "{\"principalId\":\"p\",\"policyDocument\":DOC,\"context\":\"text\"}"
      })
  void malformedAnswerIsAnAuthorizerFailure(String answer) throws Exception {
    String document = "{\"Version\":\"2012-10-17\",\"Statement\":[" + ALLOW_ALL + "]}";
    try (World world = World.perRoute(new HandWritten(answer.replace("DOC", document)))) {
      assertFailed(world.authorized("GET", "/orders"));
    }
  }

  @Test
  void numbersAndBooleansInTheContextBecomeText() throws Exception {
    String answer =
        answer(ALLOW_ALL).replace("\"roles\":\"clerk\"", "\"n\":1,\"f\":1.5,\"b\":true");
    try (World world = World.perRoute(new HandWritten(answer))) {
      assertThat(world.authorized("GET", "/orders").body())
          .contains("\"n\" : \"1\"", "\"f\" : \"1.5\"", "\"b\" : \"true\"");
    }
  }

  @Test
  void absentContextIsFine() throws Exception {
    for (String without : List.of("", ",\"context\":null")) {
      String answer = answer(ALLOW_ALL).replace(",\"context\":{\"roles\":\"clerk\"}", without);
      try (World world = World.perRoute(new HandWritten(answer))) {
        assertThat(world.authorized("GET", "/orders").status()).as(answer).isEqualTo(200);
      }
    }
  }

  @Test
  void authorizerThatDoesNotAnswerInTimeIsAFailure() throws Exception {
    var never = new CountDownLatch(1);
    var interrupted = new CountDownLatch(1);
    var authorizer = allowing("*");
    authorizer.behaviour =
        event -> {
          try {
            never.await();
          } finally {
            interrupted.countDown();
          }
          return "";
        };
    try (World world =
        World.of(
            authorizer,
            function ->
                AuthorizerSettings.request(
                    World.TOKEN_AND_ROUTE, World.TTL, Duration.ofMillis(50), function))) {
      assertFailed(world.authorized("GET", "/orders"));
      assertThat(world.log).anyMatch(line -> line.contains("no answer within 50 ms"));
      assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void unknownRouteIsMissingAuthenticationTokenWithoutAnInvocation() throws Exception {
    try (World world = World.perRoute(allowing("*"))) {
      for (String request : List.of("GET /nope", "DELETE /orders", "BREW /orders", "get /orders")) {
        String[] parts = request.split(" ");
        var reply = world.authorized(parts[0], parts[1]);
        assertThat(reply.status()).as(request).isEqualTo(403);
        assertThat(reply.body()).isEqualTo("{\"message\":\"Missing Authentication Token\"}");
        assertThat(reply.header("x-amzn-errortype"))
            .isEqualTo("MissingAuthenticationTokenException");
      }
      assertThat(world.authorizer.events).isEmpty();
    }
  }

  @Test
  void unknownApiOrStageIsForbidden() throws Exception {
    try (World world = World.perRoute(allowing("*"))) {
      for (String target : List.of("/nope/prod/orders", "/orders/nope/orders", "/", "//", "*")) {
        var reply = RawHttp.send(world.port(), "GET", target);
        assertThat(reply.status()).as(target).isEqualTo(403);
        assertThat(reply.body()).isEqualTo("{\"message\":\"Forbidden\"}");
      }
    }
  }

  @Test
  void arnOf1600BytesPassesAndOneMoreIsTooLong() throws Exception {
    try (World world = World.perRoute(allowing("*"))) {
      String fixed = HandWritten.ARN + "GET/orders/";
      String longest = "x".repeat(1_600 - fixed.length());

      assertThat(world.authorized("GET", "/orders/" + longest).status()).isEqualTo(200);
      var reply = world.authorized("GET", "/orders/" + longest + "x");
      assertThat(reply.status()).isEqualTo(414);
      assertThat(world.authorizer.events).hasSize(1);
    }
  }

  @Test
  void headersOver10240BytesAreRefused() throws Exception {
    try (World world = World.perRoute(allowing("*"))) {
      assertThat(world.call("GET", "/orders", "Authorization: " + "a".repeat(10_000)).status())
          .isEqualTo(200);
      assertThat(world.call("GET", "/orders", "Authorization: " + "a".repeat(10_241)).status())
          .isEqualTo(431);
      assertThat(world.call("GET", "/orders", "Authorization: " + "a".repeat(100_000)).status())
          .isEqualTo(431);
    }
  }

  @Test
  void everyAnswerNamesItsRequest() throws Exception {
    try (World world = World.perRoute(allowing("GET/orders"))) {
      for (String path : List.of("/orders", "/orders/1", "/nope", "/health")) {
        assertThat(world.authorized("GET", path).header("x-amzn-requestid")).hasSize(36);
      }
    }
  }

  @Test
  void logHoldsNoTokenAndNoText() throws Exception {
    var authorizer = allowing("*");
    authorizer.behaviour =
        event -> {
          throw new IllegalStateException("could not read s3cr3t of " + event);
        };
    try (World world = World.perRoute(authorizer)) {
      assertFailed(world.call("GET", "/orders?q=s3cr3t", "Authorization: Bearer s3cr3t"));
      assertThat(world.log).isNotEmpty().noneMatch(line -> line.contains("s3cr3t"));
    }
  }

  private static void assertUnauthorized(RawHttp.Reply reply) {
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.body()).isEqualTo("{\"message\":\"Unauthorized\"}");
    assertThat(reply.header("x-amzn-errortype")).isEqualTo("UnauthorizedException");
  }

  private static void assertFailed(RawHttp.Reply reply) {
    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.body()).isEqualTo("{\"message\":null}");
    assertThat(reply.header("x-amzn-errortype")).isEqualTo("AuthorizerConfigurationException");
  }
}
