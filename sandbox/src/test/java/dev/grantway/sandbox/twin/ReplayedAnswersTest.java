package dev.grantway.sandbox.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each question that is replayed, answered one way and the other, in lines as the probe writes. */
class ReplayedAnswersTest {
  private static final String LONG = "1234567890".repeat(200);

  private static String line(
      int question, String target, int status, String body, String... options) {
    return new String(
        JsonText.write(
            json -> {
              json.writeStartObject();
              json.writeNumberField("question", question);
              json.writeStringField("region", "eu-central-1");
              json.writeStringField("at", "2026-11-27T09:00:00Z");
              json.writeStringField("target", target);
              JsonText.list(json, "options", List.of(options));
              json.writeNumberField("status", status);
              json.writeObjectFieldStart("heads");
              json.writeStringField("x-amzn-ErrorType", "SeenException");
              json.writeEndObject();
              json.writeStringField("body", body);
              json.writeEndObject();
            }),
        StandardCharsets.UTF_8);
  }

  private static GatewayAnswers answers(String... lines) {
    return GatewayAnswers.read(List.of(lines));
  }

  /**
   * The whole body that the backend of the probe answers on a REST API: what its authorizer was
   * told, and what of the same it was told itself, which need not be alike.
   */
  private static String told(String json, String path, String parameter, String value) {
    return new String(
        JsonText.write(
            out -> {
              out.writeStartObject();
              out.writeObjectFieldStart("authorizer");
              out.writeStringField("principalId", "probe");
              out.writeStringField("ran", "0b9c2f1e-6f0f-4a3a-9d6e-3f1b2f6c9a10");
              out.writeStringField("event", "{\"type\": \"REQUEST\", \"methodArn\": \"arn:aws:ex");
              out.writeStringField("told", json);
              out.writeNumberField("integrationLatency", 12);
              out.writeEndObject();
              out.writeStringField("resource", path);
              out.writeNullField("routeKey");
              out.writeStringField("path", path);
              if (parameter.isEmpty()) {
                out.writeNullField("pathParameters");
              } else {
                out.writeObjectFieldStart("pathParameters");
                out.writeStringField(parameter, value);
                out.writeEndObject();
              }
              out.writeEndObject();
            }),
        StandardCharsets.UTF_8);
  }

  private static String told(String json) {
    return told(json, "/token", "", "");
  }

  private static World uncached(HandWritten authorizer, GatewayAnswers answers) throws IOException {
    return World.of(
        authorizer,
        answers,
        function -> AuthorizerSettings.request(List.of(), Duration.ZERO, World.TIMEOUT, function));
  }

  private static World token(HandWritten authorizer, GatewayAnswers answers) throws IOException {
    return World.of(
        authorizer,
        answers,
        function -> AuthorizerSettings.token(World.TTL, World.TIMEOUT, function));
  }

  private static HttpWorld http(HandWritten authorizer, GatewayAnswers answers) throws IOException {
    return HttpWorld.answering(authorizer, answers);
  }

  @Test
  void onlyWhatThePageMarksIsReplayed() throws IOException {
    String page =
        Files.readString(Path.of(System.getProperty("basedir", ""), "../docs/aws-unverified.md"));
    var replayed = new ArrayList<Integer>();
    page.lines()
        .filter(it -> it.startsWith("| ") && it.contains("**replayed**"))
        .forEach(it -> replayed.add(Integer.parseInt(it.split(" ", 3)[1])));
    assertThat(replayed).containsExactlyInAnyOrderElementsOf(GatewayAnswers.REPLAYED);
  }

  @ParameterizedTest
  @CsvSource({"200, 200", "404, 404"})
  void q2MethodsAndFallingBack(int seen, int expected) throws IOException {
    var answers = answers(line(2, "/orders/search", seen, ""));
    try (var world = http(new HandWritten(HttpWorld.ALLOW_ALL), answers)) {
      assertThat(world.call("GET", "/invoices/search").status()).isEqualTo(expected);
      assertThat(world.call("GET", "/invoices/7").status()).isEqualTo(200);
      assertThat(world.call("POST", "/invoices/search").status()).isEqualTo(200);
      assertThat(world.call("POST", "/nowhere").status()).as("$default").isEqualTo(200);
    }
  }

  @Test
  void q3DocumentsAsLargeAsTheLargestThatPassed() throws IOException {
    var limited =
        answers(
            line(3, "/prod/a", 200, "", "-H", "X-Probe: pad:1024"),
            line(3, "/prod/a", 500, "", "-H", "X-Probe: pad:4096"),
            line(3, "/prod/a", 200, "", "-H", "X-Probe: pad:2048"));
    var limitless = answers(line(3, "/prod/a", 200, "", "-H", "X-Probe: pad:4096"));
    String small = HandWritten.statement("Allow", "GET/orders");
    String large = small + ("," + HandWritten.statement("Allow", "GET/" + LONG));
    assertThat(large.length()).isBetween(2049, 4096);
    for (String statements : List.of(small, large)) {
      var authorizer = new HandWritten(HandWritten.answer(statements));
      try (var world = uncached(authorizer, limited)) {
        assertThat(world.call("GET", "/orders").status())
            .isEqualTo(statements.equals(small) ? 200 : 500);
      }
      try (var world = uncached(authorizer, limitless)) {
        assertThat(world.call("GET", "/orders").status()).isEqualTo(200);
      }
    }
  }

  @Test
  void q5HeadersThatAreTooLarge() throws IOException {
    String header = "X-Long: " + "1".repeat(11_000);
    var authorizer = HandWritten.allowing("*");
    try (var world =
        uncached(authorizer, answers(line(5, "/prod/a", 494, "{\"message\":\"no\"}")))) {
      var reply = world.call("GET", "/orders", header);
      assertThat(reply.status()).isEqualTo(494);
      assertThat(reply.body()).isEqualTo("{\"message\":\"no\"}");
      assertThat(reply.header("x-amzn-errortype")).isEqualTo("SeenException");
    }
    try (var world = uncached(authorizer, answers(line(5, "/prod/a", 200, "")))) {
      assertThat(world.call("GET", "/orders", header).status()).isEqualTo(200);
    }
  }

  @Test
  void q6AddressesThatAreTooLongWithAndWithoutAnAuthorizer() throws IOException {
    var authorizer = HandWritten.allowing("*");
    var seen =
        answers(
            line(6, "/prod/" + LONG, 400, "short, please"), line(6, "/prod/open/" + LONG, 200, ""));
    try (var world = uncached(authorizer, seen)) {
      var reply = world.call("GET", "/orders/" + LONG);
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.body()).isEqualTo("short, please");
      assertThat(world.call("GET", "/health").status()).isEqualTo(200);
    }
    assertThat(seen.uriTooLong(true)).as("on a route without an authorizer").isEmpty();
    var other = answers(line(6, "/prod/" + LONG, 200, ""), line(6, "/prod/open/" + LONG, 414, ""));
    try (var world = uncached(authorizer, other)) {
      assertThat(world.call("GET", "/orders/" + LONG).status()).isEqualTo(200);
    }
    assertThat(other.uriTooLong(true)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "before:60, aws:CurrentTime, DateLessThan, 2099-01-01T00:00:00Z",
    "from:0.0.0.0/0, aws:SourceIp, IpAddress, 0.0.0.0/0"
  })
  void q7KeysThatConditionsTest(String probe, String key, String operator, String value)
      throws IOException {
    var authorizer =
        new HandWritten(
            HandWritten.answer(
                HandWritten.statement("Allow", "*")
                    .replace(
                        "]}",
                        "],\"Condition\":{\"%s\":{\"%s\":\"%s\"}}}"
                            .formatted(operator, key, value))));
    for (int seen : new int[] {200, 403}) {
      var answers = answers(line(7, "/prod/a", seen, "", "-H", "X-Probe: " + probe));
      try (var world = uncached(authorizer, answers)) {
        assertThat(world.call("GET", "/orders").status()).as(probe).isEqualTo(seen);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a+b", "a%2Bb"})
  void q9PathParametersOfAnEvent(String seen) throws IOException {
    var authorizer = HandWritten.allowing("*");
    String backends = seen.equals("a+b") ? "a%2Bb" : "a+b";
    String told = "{\"path\": \"/a%2Bb\", \"pathParameters\": {\"p\": \"" + seen + "\"}}";
    var answers = answers(line(9, "/prod/a%2Bb", 200, told(told, "/{p}", "p", backends)));
    try (var world = uncached(authorizer, answers)) {
      assertThat(world.call("GET", "/orders/a%2Bb").status()).isEqualTo(200);
      assertThat(authorizer.events.getFirst())
          .contains("\"pathParameters\":{\"id\":\"" + seen + "\"}", "\"path\":\"/orders/a%2Bb\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"one", "two", "one,two"})
  void q11TheTokenThatComesTwice(String seen) throws IOException {
    var authorizer = HandWritten.allowing("*");
    var answers =
        answers(line(11, "/prod/token", 200, told("{\"authorizationToken\":\"" + seen + "\"}")));
    try (var world = token(authorizer, answers)) {
      world.call("GET", "/orders", "Authorization: one", "authorization: two");
      assertThat(authorizer.events.getFirst()).contains("\"authorizationToken\":\"" + seen + "\"");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 200})
  void q12IdentitySourcesWithoutACache(int seen) throws IOException {
    var answers =
        answers(
            line(12, "/prod/sourced", seen, ""),
            line(12, "/prod/sourced", 200, "", "-H", "X-Wanted: here"));
    List<String> source = List.of("method.request.header.X-Wanted");
    try (var world =
        World.of(
            HandWritten.allowing("*"),
            answers,
            function ->
                AuthorizerSettings.request(source, Duration.ZERO, World.TIMEOUT, function))) {
      assertThat(world.call("GET", "/orders").status()).isEqualTo(seen);
      assertThat(world.call("GET", "/orders", "X-Wanted: here").status()).isEqualTo(200);
    }
    try (var world =
        World.of(
            HandWritten.allowing("*"),
            answers,
            function -> AuthorizerSettings.request(source, World.TTL, World.TIMEOUT, function))) {
      assertThat(world.call("GET", "/orders").status()).as("where answers are kept").isEqualTo(401);
    }
  }

  @ParameterizedTest
  @CsvSource({"first, first, hit", "first, second, miss"})
  void q13AnAnswerUnderWayDuringAFlush(String ran, String ranNext, String expected)
      throws Exception {
    var answers =
        answers(
            line(13, "/prod/kept", 200, "{\"authorizer\":{\"ran\":\"" + ran + "\"}}"),
            line(13, "/prod/kept", 200, "{\"authorizer\":{\"ran\":\"" + ranNext + "\"}}"));
    var asked = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var authorizer = HandWritten.allowing("*");
    HandWritten.Behaviour usual = authorizer.behaviour;
    authorizer.behaviour =
        event -> {
          asked.countDown();
          assertThat(release.await(20, TimeUnit.SECONDS)).isTrue();
          return usual.answer(event);
        };
    try (var world = token(authorizer, answers)) {
      var first =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return world.authorized("GET", "/orders").status();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
      var flushed =
          RawHttp.send(
              world.port(), "DELETE", "/restapis/a1b2c3d4e5/stages/prod/cache/authorizers");
      assertThat(flushed.status()).isEqualTo(202);
      release.countDown();
      assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo(200);
      assertThat(world.authorized("GET", "/orders").header("x-twin-cache")).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET /a/{x}, GET /invoices/{id}, 1/lines",
    "GET /a/{x}/b, GET /invoices/{id}/lines, 1"
  })
  void q17WhatAnHttpApiRoutesBy(String seen, String route, String id) throws IOException {
    var authorizer = new HandWritten(HttpWorld.ALLOW_ALL);
    var answers = answers(line(17, "/a/1%2Fb", 200, "{\"routeKey\":\"" + seen + "\"}"));
    try (var world = http(authorizer, answers)) {
      assertThat(world.call("GET", "/invoices/1%2Flines").status()).isEqualTo(200);
      assertThat(authorizer.events.getFirst())
          .contains("\"routeKey\":\"" + route + "\"", "\"pathParameters\":{\"id\":\"" + id + "\"}");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 500})
  void q21ContextOfAnHttpApi(int seen) throws IOException {
    var authorizer =
        new HandWritten(HttpWorld.ALLOW_ALL.replace("\"roles\":\"clerk\"", "\"a\":[1],\"b\":null"));
    try (var world = http(authorizer, answers(line(21, "/a/1", seen, "")))) {
      assertThat(world.call("GET", "/invoices").status()).isEqualTo(seen);
    }
  }

  @Test
  void withoutAnswersAllIsAsThePageAssumes() {
    Predicate<GatewayAnswers> assumed =
        it ->
            it.fallsBack()
                && it.documentBytes().isEmpty()
                && it.headersTooLarge().isPresent()
                && it.uriTooLong(true).isPresent()
                && it.uriTooLong(false).isPresent()
                && !it.decodesPathParameters()
                && it.token(List.of("one", "two")).equals("two")
                && it.checksSourcesUncached()
                && it.keepsAnswersUnderWay()
                && !it.routesDecoded()
                && it.takesAnyContext();
    assertThat(GatewayAnswers.ASSUMED).matches(assumed);
    var others = answers(line(16, "//prod/a", 200, ""), "", line(18, "/one/1", 200, "{}"));
    assertThat(others).matches(assumed);
    assertThat(others.replayed()).isEmpty();
    assertThat(answers(line(21, "/a/1", 500, "")).replayed()).containsExactly(21);
  }

  @Test
  void aLineThatSettlesNothingIsNotTakenForAnAnswer() {
    for (String line :
        List.of(
            line(2, "/orders/search", 500, ""),
            line(3, "/prod/a", 500, "", "-H", "X-Probe: pad:8192"),
            line(5, "/prod/a", 0, ""),
            line(9, "/prod/a%2Bb", 200, told("{}", "/{p}", "p", "a+b")),
            line(11, "/prod/token", 401, "{\"message\":\"Unauthorized\"}"),
            line(17, "/a/1%2Fb", 200, "{\"routeKey\":\"$default\"}"))) {
      assertThatThrownBy(() -> answers(line))
          .as(line)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("settles nothing");
    }
    for (String bad : List.of("{", "7", "[]", "{}", "{\"question\":2}", "{\"question\":\"x\"}")) {
      assertThatThrownBy(() -> answers(line(21, "/a/1", 200, ""), bad))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("line 2: it is no line of the probe");
    }
  }
}
