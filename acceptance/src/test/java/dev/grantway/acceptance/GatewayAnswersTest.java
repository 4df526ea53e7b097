package dev.grantway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller sees at the gateway: exact status, body and headers (docs/gateway.md). */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewayAnswersTest {
  /** Instances report themselves once a minute at most. */
  private static final Duration REPORTED = Duration.ofSeconds(75);

  private RunningSandbox sandbox;

  GatewayAnswersTest(@TempDir Path data) {
    sandbox = RunningSandbox.start(Ports.free(), data, "--authorizer", "process");
  }

  @BeforeAll
  void aGoodTokenIsLetThrough() {
    assertThat(get("/orders/prod/orders", sandbox.token("viewer")).statusCode()).isEqualTo(200);
  }

  @AfterAll
  void stop() {
    sandbox.close();
  }

  @Test
  void theAuthorizerIsTheUnpackedZipWithItsAotCache() throws IOException {
    ProcessHandle authorizer = sandbox.child("lambda.ChildMain");
    assertThat(authorizer.info().commandLine().orElseThrow())
        .contains("/function/lib/authorizer-", "/function/lib/shared-model-", "-XX:AOTCache=");
    Path zip = function(authorizer).resolveSibling("authorizer.zip");
    assertThat(Files.size(zip)).as("bytes of the zip").isLessThanOrEqualTo(15L << 20);
    Path maps = Path.of("/proc", Long.toString(authorizer.pid()), "maps");
    if (Files.exists(maps)) {
      assertThat(Files.readString(maps)).as("what the JVM has mapped").contains("/authorizer.aot");
    }
  }

  /** Read from the twin with the SDK's clients, as from AWS. */
  @Test
  void howTheSampleApisAskTheirAuthorizersIsReadAndWell() throws Exception {
    // Until an instance has reported itself it is not known what it was told, and so not well.
    String agent = sandbox.token("agent");
    get("/orders/prod/orders", agent);
    get("/billing/prod/invoices", agent);
    assertThat(ask("/live/prod", agent, "reply")).isNotEqualTo("401");
    for (String stage : List.of("orders/prod", "billing/prod", "live/prod")) {
      Instant patience = Instant.now(Clock.systemUTC()).plus(REPORTED);
      String told = sandbox.connect(stage);
      while (told.contains("nobody-reported")
          && Instant.now(Clock.systemUTC()).isBefore(patience)) {
        assertThat(told).as(stage).contains("\"well\":false");
        told = sandbox.connect(stage);
      }
      assertThat(told)
          .as(stage)
          .contains("\"problem\":\"\"", "\"well\":true", "\"authorizer\":\"grantway-authorizer-");
    }
    assertThat(sandbox.connect("orders/prod"))
        .contains(
            "\"sources\":\"method.request.header.Authorization, context.httpMethod,"
                + " context.resourcePath\"",
            "\"ttl\":\"300\"",
            "\"route POST /orders/{id}/refunds\":\"asks grantway-authorizer-");
    assertThat(sandbox.connect("orders/dev"))
        .as("deployed with another authorizer than the API has now")
        .contains("\"kind\":\"TOKEN\"", "\"code\":\"not-deployed-yet\"", "\"problem\":\"\"");
  }

  /** The folder that the zip was unpacked to. */
  private static Path function(ProcessHandle authorizer) {
    String command = authorizer.info().commandLine().orElseThrow();
    int end = command.indexOf("/function/lib/");
    return Path.of(command.substring(command.lastIndexOf(' ', end) + 1, end).split(":")[0])
        .resolve("function");
  }

  @ParameterizedTest
  @ValueSource(strings = {"prod", "dev"})
  void aTokenThatIsNotGoodIsTheSame401WhateverIsWrong(String stage) throws Exception {
    String path = "/orders/" + stage + "/orders";
    for (Bad bad : badTokens()) {
      HttpResponse<String> answer = get(path, bad.token());
      assertThat(answer.statusCode()).as(bad.why()).isEqualTo(401);
      assertThat(answer.body()).as(bad.why()).isEqualTo("{\"message\":\"Unauthorized\"}");
      assertThat(answer.headers().firstValue("x-amzn-errortype"))
          .as(bad.why())
          .hasValue("UnauthorizedException");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"prod", "dev"})
  void aMissingTokenIs401(String stage) {
    HttpResponse<String> answer = sandbox.callWithout("/orders/" + stage + "/orders");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).isEqualTo("{\"message\":\"Unauthorized\"}");
    assertThat(answer.headers().firstValue("x-amzn-errortype")).hasValue("UnauthorizedException");
  }

  @Test
  void anUnknownRouteAndAPublicOneAskNobody() {
    HttpResponse<String> unknown = sandbox.callWithout("/orders/prod/no/such/route");
    assertThat(unknown.statusCode()).isEqualTo(403);
    assertThat(unknown.body()).isEqualTo("{\"message\":\"Missing Authentication Token\"}");
    assertThat(sandbox.callWithout("/orders/prod/health").statusCode()).isEqualTo(200);
  }

  @Test
  void theSecondCallOfARouteIsServedFromTheCacheAndAnotherRouteIsNot() {
    String token = sandbox.token("support");
    assertThat(cache(get("/orders/prod/orders/1", token))).isEqualTo("miss");
    assertThat(cache(get("/orders/prod/orders/2", token))).isEqualTo("hit");
    assertThat(cache(get("/orders/prod/orders/1/items", token))).isEqualTo("miss");
  }

  @Test
  void underTheTokenAloneOneDocumentServesEveryRoute() {
    String token = sandbox.token("support");
    assertThat(cache(get("/orders/dev/orders/1", token))).isEqualTo("miss");
    HttpResponse<String> another = get("/orders/dev/orders", token);
    assertThat(cache(another)).isEqualTo("hit");
    assertThat(another.statusCode()).isEqualTo(200);
    HttpResponse<String> denied = sandbox.curl("POST", "/orders/dev/orders/42/refunds", token);
    assertThat(cache(denied)).isEqualTo("hit");
    assertThat(denied.statusCode()).isEqualTo(403);
  }

  @Test
  void whatTheTokenMayNotDoIsDeniedInTheWordsOfApiGateway() {
    HttpResponse<String> denied =
        sandbox.curl("DELETE", "/orders/prod/orders/42", sandbox.token("support"));
    assertThat(denied.statusCode()).isEqualTo(403);
    assertThat(denied.body())
        .isEqualTo(
            "{\"Message\":\"User is not authorized to access this resource with an explicit"
                + " deny\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/billing", "/billing/prod"})
  void theHttpApiAnswersInItsOwnWords(String stage) {
    String biller = sandbox.token("biller");
    HttpResponse<String> read = get(stage + "/invoices/7", biller);
    assertThat(read.statusCode()).isEqualTo(200);
    assertThat(read.body())
        .contains("\"routeKey\" : \"GET /invoices/{id}\"", "\"roles\" : \"biller\"");
    assertThat(cache(get(stage + "/invoices/8", biller))).isEqualTo("hit");
    HttpResponse<String> pay = sandbox.curl("POST", stage + "/invoices/7/pay", biller);
    assertThat(pay.statusCode()).isEqualTo(403);
    assertThat(pay.body()).isEqualTo("{\"message\":\"Forbidden\"}");
    assertThat(
            sandbox.curl("POST", stage + "/invoices/7/pay", sandbox.token("cashier")).statusCode())
        .isEqualTo(200);
    assertThat(get(stage + "/invoices/7", biller + "x").body())
        .isEqualTo("{\"message\":\"Forbidden\"}");
    assertThat(sandbox.callWithout(stage + "/invoices").statusCode()).isEqualTo(401);
    assertThat(get(stage + "/invoices/", biller).statusCode()).isEqualTo(404);
  }

  @Test
  void theWebSocketApiHoldsEachConnectionToItsRoutes() throws Exception {
    String follower = sandbox.token("follower");
    for (String target : List.of("/live/prod", "/live/dev?token=" + follower)) {
      assertThat(ask(target, follower, "follow")).contains("\"routeKey\":\"follow\"");
      assertThat(ask(target, follower, "reply")).contains("\"message\":\"Forbidden\"");
    }
    assertThat(ask("/live/prod", sandbox.token("agent"), "reply"))
        .contains("\"routeKey\":\"reply\"", "\"routes\":");
    assertThat(ask("/live/prod", sandbox.token("viewer"), "follow")).isEqualTo("403");
    assertThat(ask("/live/prod", follower + "x", "follow")).isEqualTo("401");
  }

  /** What is answered to one message on a connection of its own, or the refusal's status. */
  private String ask(String target, String token, String action) throws Exception {
    var heard = new CompletableFuture<String>();
    var listener =
        new WebSocket.Listener() {
          @Override
          public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
            heard.complete(text.toString());
            return WebSocket.Listener.super.onText(from, text, last);
          }
        };
    try (HttpClient client = HttpClient.newHttpClient()) {
      WebSocket socket =
          client
              .newWebSocketBuilder()
              .header("Authorization", "Bearer " + token)
              .buildAsync(
                  URI.create("ws://127.0.0.1:" + sandbox.ports().gateway() + target), listener)
              .get(20, TimeUnit.SECONDS);
      socket.sendText("{\"action\":\"" + action + "\"}", true).get(20, TimeUnit.SECONDS);
      String answer = heard.get(20, TimeUnit.SECONDS);
      socket.abort();
      return answer;
    } catch (ExecutionException e) {
      return e.getCause() instanceof WebSocketHandshakeException refused
          ? String.valueOf(refused.getResponse().statusCode())
          : "failed: " + e;
    }
  }

  private record Bad(String why, String token) {}

  private List<Bad> badTokens() throws JOSEException, ParseException {
    String good = sandbox.token("viewer");
    var parts = List.of(good.split("\\."));
    var claims = SignedJWT.parse(good).getJWTClaimsSet();
    long now = Instant.now().getEpochSecond();
    var key = new RSAKeyGenerator(2048).keyID("nobody-published-this").generate();
    var sameId =
        new RSAKeyGenerator(2048).keyID(SignedJWT.parse(good).getHeader().getKeyID()).generate();
    var bad = new ArrayList<Bad>();
    bad.add(new Bad("expired", tokenWith("\"iat\":" + (now - 600) + ",\"exp\":" + (now - 300))));
    bad.add(new Bad("not valid yet", tokenWith("\"nbf\":" + (now + 3000))));
    bad.add(new Bad("another issuer", tokenWith("\"iss\":\"http://127.0.0.1:1/dev\"")));
    bad.add(new Bad("another audience", tokenWith("\"aud\":\"https://elsewhere.example\"")));
    bad.add(new Bad("exp is null", tokenWith("\"exp\":null")));
    bad.add(new Bad("key nobody published", signed(key, claims)));
    bad.add(new Bad("another key under a known id", signed(sameId, claims)));
    bad.add(
        new Bad("tampered payload", parts.get(0) + "." + other(parts.get(1)) + "." + parts.get(2)));
    bad.add(
        new Bad(
            "tampered signature", parts.get(0) + "." + parts.get(1) + "." + other(parts.get(2))));
    bad.add(new Bad("no signature", parts.get(0) + "." + parts.get(1) + "."));
    bad.add(new Bad("padding", good + "="));
    bad.add(new Bad("not a token", "42"));
    bad.add(new Bad("two tokens", good + "," + good));
    return bad;
  }

  private String tokenWith(String claim) {
    return sandbox.answer(
        "./grantway", "token", "--roles", "viewer", "--claims", "{" + claim + "}");
  }

  private static String signed(com.nimbusds.jose.jwk.RSAKey key, JWTClaimsSet claims)
      throws JOSEException {
    var token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  /** The same text with one character in its middle replaced. */
  private static String other(String text) {
    int middle = text.length() / 2;
    return text.substring(0, middle)
        + (text.charAt(middle) == 'A' ? 'B' : 'A')
        + text.substring(middle + 1);
  }

  private HttpResponse<String> get(String path, String token) {
    return sandbox.curl("GET", path, token);
  }

  private static String cache(HttpResponse<String> answer) {
    return answer.headers().firstValue("x-twin-cache").orElse("none");
  }
}
