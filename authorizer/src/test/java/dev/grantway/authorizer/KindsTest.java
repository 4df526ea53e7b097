package dev.grantway.authorizer;

import static dev.grantway.authorizer.HandlerWorld.text;
import static dev.grantway.authorizer.Kinds.HTTP;
import static dev.grantway.authorizer.Kinds.LIVE;
import static dev.grantway.authorizer.Kinds.connect;
import static dev.grantway.authorizer.Kinds.http1;
import static dev.grantway.authorizer.Kinds.http2;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.compile.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** HTTP and WebSocket APIs, from the bytes of an event to the bytes of an answer. */
class KindsTest {
  private static final String NOT_A_TOKEN = "e30.e30.e30";

  private final HandlerWorld none = world(Map.of());
  private final HandlerWorld perRoute = world(cached("token+route"));

  private static HandlerWorld world(Map<String, String> changes) {
    return new HandlerWorld(Kinds.policy(), changes);
  }

  private static Map<String, String> cached(String key) {
    return Map.of("GRANTWAY_CACHE_KEY", key, "GRANTWAY_CACHE_TTL", "300s");
  }

  private static Map<String, String> simple(String key) {
    return Map.of(
        "GRANTWAY_CACHE_KEY", key,
        "GRANTWAY_CACHE_TTL", "300s",
        "GRANTWAY_SIMPLE_RESPONSES", "on");
  }

  private static boolean allows(HandlerWorld world, String answer, String arn) {
    return world.verdict(answer, arn) == Verdict.ALLOW;
  }

  private static String item(HandlerWorld world, String role) {
    return world.answer(
        http2("GET", "/invoices/42", "GET /invoices/{id}", "", world.token("a", role)));
  }

  @Test
  void payloadTwoUnderNoneIsForThisRequestAlone() {
    var answer = item(none, "viewer");
    assertThat(allows(none, answer, HTTP + "$default/GET/invoices/42")).isTrue();
    assertThat(allows(none, answer, HTTP + "$default/GET/invoices/43")).isFalse();
    assertThat(text(answer, "/principalId")).isEqualTo("corp|a");
    assertThat(text(answer, "/context/reason")).isEqualTo("allowed");
    assertThat(none.logged("/kind")).isEqualTo("HTTP_2");
  }

  @Test
  void payloadTwoUnderTokenAndRouteIsForItsRouteAlone() {
    var answer = item(perRoute, "viewer");
    assertThat(allows(perRoute, answer, HTTP + "$default/GET/invoices/43")).isTrue();
    for (var other : List.of("GET/invoices", "GET/invoices/1/x", "POST/invoices/42", "GET/x")) {
      assertThat(allows(perRoute, answer, HTTP + "$default/" + other)).as(other).isFalse();
    }
  }

  @Test
  void payloadTwoUnderTokenIsForTheWholeStage() {
    var world = world(cached("token"));
    var answer = item(world, "viewer");
    assertThat(allows(world, answer, HTTP + "$default/GET/invoices")).isTrue();
    assertThat(allows(world, answer, HTTP + "$default/GET/elsewhere")).isFalse();
  }

  @Test
  void payloadOneIsAnsweredLikeIt() {
    var token = perRoute.token("a", "viewer");
    var answer = perRoute.answer(http1("GET", "/invoices/42", "/invoices/{id}", token));
    assertThat(allows(perRoute, answer, HTTP + "prod/GET/invoices/43")).isTrue();
    assertThat(allows(perRoute, answer, HTTP + "$default/GET/invoices/43")).isFalse();
    assertThat(perRoute.logged("/kind")).isEqualTo("HTTP_1");
  }

  @Test
  void theDefaultRouteIsARoute() {
    var boss = perRoute.token("a", "boss");
    perRoute.answer(http2("PUT", "/any/where", "$default", "", boss));
    assertThat(perRoute.logged("/route")).isEqualTo("$default");
    var answer =
        none.answer(http2("PUT", "/any/where", "$default", "mode=x", none.token("a", "boss")));
    assertThat(allows(none, answer, HTTP + "$default/PUT/any/where")).isTrue();
  }

  @Test
  void anotherRouteKeyThanOursIsADeny() {
    var token = perRoute.token("a", "boss");
    for (var key :
        List.of("$default", "GET /invoices", "ANY /invoices/{id}", "GET /invoices/{id+}", "x y")) {
      var answer = perRoute.answer(http2("GET", "/invoices/42", key, "", token));
      assertThat(allows(perRoute, answer, HTTP + "$default/GET/invoices/42")).as(key).isFalse();
      assertThat(perRoute.logged("/reason")).as(key).isEqualTo("template-mismatch");
    }
  }

  @Test
  void anotherTemplateInEitherPlaceIsADeny() {
    var token = perRoute.token("a", "boss");
    var one =
        new String(http1("GET", "/invoices/42", "/invoices/{id}", token), StandardCharsets.UTF_8);
    var two =
        new String(
            http2("GET", "/invoices/42", "GET /invoices/{id}", "", token), StandardCharsets.UTF_8);
    for (var change :
        List.of(
            List.of(one, "\"resource\":\"/invoices/{id}\"", "\"resource\":\"/invoices\""),
            List.of(one, "\"resourcePath\":\"/invoices/{id}\"", "\"resourcePath\":\"/invoices\""),
            List.of(
                two, "\"],\"routeKey\":\"GET /invoices/{id}\"", "\"],\"routeKey\":\"$default\""),
            List.of(
                two,
                "\"r\",\"routeKey\":\"GET /invoices/{id}\"",
                "\"r\",\"routeKey\":\"$default\""))) {
      var event = change.get(0).replace(change.get(1), change.get(2));
      assertThat(event).isNotEqualTo(change.get(0));
      perRoute.answer(event.getBytes(StandardCharsets.UTF_8));
      assertThat(perRoute.logged("/reason")).as(event).isEqualTo("template-mismatch");
      assertThat(perRoute.logged("/effect")).isEqualTo("DENY");
    }
  }

  @Test
  void contradictionsAreFoundOnEveryKindThatCouldHaveThem() {
    var one =
        new String(
            http1("GET", "/invoices", "/invoices", none.token("a", "viewer")),
            StandardCharsets.UTF_8);
    var live = new String(byHeader(none.token("a", "guest")), StandardCharsets.UTF_8);
    for (var change :
        List.of(
            List.of(one, "\"stage\":\"prod\"", "\"stage\":\"$default\""),
            List.of(one, "\"apiId\":\"h1h2h3h4h5\"", "\"apiId\":\"other\""),
            List.of(
                one,
                "\"/prod/invoices\",\"httpMethod\":\"GET\"",
                "\"/prod/invoices\",\"httpMethod\":\"PUT\""),
            List.of(
                one,
                "\"/invoices\",\"httpMethod\":\"GET\"",
                "\"/invoices\",\"httpMethod\":\"PUT\""),
            List.of(live, "\"stage\":\"prod\"", "\"stage\":\"dev\""),
            List.of(live, "\"apiId\":\"w1w2w3w4w5\"", "\"apiId\":\"other\""),
            List.of(live, "\"routeKey\":\"$connect\"", "\"routeKey\":\"$default\""))) {
      var event = change.get(0).replace(change.get(1), change.get(2));
      assertThat(event).as(change.get(1)).isNotEqualTo(change.get(0));
      none.answer(event.getBytes(StandardCharsets.UTF_8));
      assertThat(none.logged("/reason")).as(event).isEqualTo("event-contradiction");
    }
  }

  /** GATEWAY rule 13: 8 KB is a hard limit there. */
  @Test
  void aConnectionsAnswerHas8192BytesAtMost() {
    int room = 8_192 - connected("").length();
    assertThat(connected("x".repeat(room)).length()).isEqualTo(8_192);
    assertThat(none.logged("/reason")).isEqualTo("allowed");
    connected("x".repeat(room + 1));
    assertThat(none.logged("/reason")).isEqualTo("answer-too-large");
  }

  private String connected(String client) {
    var token = none.tokenWith("a", ",\"client_id\":\"c" + client + "\"", "guest");
    return none.answer(connect("near000000", "{\"Authorization\":\"Bearer " + token + "\"}", "{}"));
  }

  /** GATEWAY rule 16, last sentence: without any key set nobody can say no either. */
  @Test
  void noUsableKeySetIsThrownOnEveryKind() {
    var unreached =
        HandlerWorld.issuer("")
            .replaceAll("\"jwks\": .*}]}", "\"jwksUri\": \"http://127.0.0.1:1/keys\"");
    for (var more : List.of(Map.<String, String>of(), simple("token+route"))) {
      var settings = new HashMap<>(more);
      settings.put("GRANTWAY_ISSUERS", "[" + unreached + "]");
      settings.put("GRANTWAY_DENY_INSTEAD_OF_401", "on");
      var world = world(settings);
      var token = world.token("a", "viewer");
      var asked =
          List.of(
              HandlerWorld.request("GET", "/orders", "/orders", token),
              http1("GET", "/invoices", "/invoices", token),
              http2("GET", "/invoices", "GET /invoices", "", token),
              byHeader(token));
      for (var event : asked) {
        assertThat(world.answer(event)).isEqualTo("the authorizer cannot answer: keys-unavailable");
      }
    }
    var world = world(Map.of("GRANTWAY_ISSUERS", "[" + unreached + "]"));
    assertThat(world.answer(HandlerWorld.tokenEvent("GET", "/x", world.token("a", "viewer"))))
        .isEqualTo("the authorizer cannot answer: keys-unavailable");
  }

  @Test
  void anEventThatContradictsItsArnIsADeny() {
    var good =
        new String(
            http2("GET", "/invoices/42", "GET /invoices/{id}", "", none.token("a", "viewer")),
            StandardCharsets.UTF_8);
    for (var change :
        Map.of(
                "\"stage\":\"$default\"", "\"stage\":\"prod\"",
                "\"apiId\":\"h1h2h3h4h5\"", "\"apiId\":\"other\"",
                "\"method\":\"GET\"", "\"method\":\"POST\"")
            .entrySet()) {
      var event = good.replace(change.getKey(), change.getValue());
      assertThat(event).isNotEqualTo(good);
      var answer = none.answer(event.getBytes(StandardCharsets.UTF_8));
      assertThat(allows(none, answer, HTTP + "$default/GET/invoices/42")).isFalse();
      assertThat(none.logged("/reason")).as(event).isEqualTo("event-contradiction");
    }
  }

  @Test
  void aTokenRefusedOnAnHttpApiIsADenyAndNeverThrown() {
    var event = http2("GET", "/invoices", "GET /invoices", "", NOT_A_TOKEN);
    assertThat(none.verdict(none.answer(event), HTTP + "$default/GET/invoices"))
        .isEqualTo(Verdict.EXPLICIT_DENY);
    var yesOrNo = world(simple("token+route"));
    assertThat(yesOrNo.answer(event)).isEqualTo("{\"isAuthorized\":false,\"context\":{}}");
  }

  @Test
  void aValueHiddenBehindAnotherIsSeen() {
    var token = none.token("a", "boss");
    for (var query : List.of("mode=test", "mode=x&mode=test", "mo%64e=tes%74")) {
      none.answer(http2("GET", "/invoices", "GET /invoices", query, token));
      assertThat(none.logged("/reason")).as(query).isEqualTo("explicit-deny");
    }
    none.answer(http2("GET", "/invoices", "GET /invoices", "mode=x", token));
    assertThat(none.logged("/reason")).isEqualTo("allowed");
  }

  @Test
  void simpleAnswersAreForAllOfTheRouteOrNo() {
    var world = world(simple("token+route"));
    assertThat(text(item(world, "viewer"), "/isAuthorized")).isEqualTo("true");
    assertThat(text(item(world, "viewer"), "/context/roles")).isEqualTo("viewer");
    assertThat(text(item(world, "narrow"), "/isAuthorized")).isEqualTo("false");
    assertThat(world.logged("/reason")).isEqualTo("simple-not-exact");
    assertThat(text(item(world, "guest"), "/isAuthorized")).isEqualTo("false");
    assertThat(world.logged("/reason")).isEqualTo("default-deny");
  }

  @Test
  void simpleAnswersUnderNoneAreTheDecision() {
    var world = world(simple("none"));
    assertThat(text(item(world, "narrow"), "/isAuthorized")).isEqualTo("true");
    assertThat(text(item(world, "narrow"), "/context/reason")).isEqualTo("allowed");
    var token = world.token("a", "narrow");
    var other = world.answer(http2("GET", "/invoices/43", "GET /invoices/{id}", "", token));
    assertThat(text(other, "/isAuthorized")).isEqualTo("false");
  }

  @Test
  void payloadOneHasNoSimpleAnswer() {
    var world = world(simple("token+route"));
    var token = world.token("a", "viewer");
    var answer = world.answer(http1("GET", "/invoices", "/invoices", token));
    assertThat(allows(world, answer, HTTP + "prod/GET/invoices")).isTrue();
  }

  private static byte[] byHeader(String token) {
    return connect("w1w2w3w4w5", "{\"Authorization\":\"Bearer " + token + "\"}", "{}");
  }

  @Test
  void aConnectionLearnsWhatItMaySend() {
    for (var world : List.of(none, perRoute)) {
      var answer = world.answer(byHeader(world.token("a", "talker")));
      assertThat(allows(world, answer, LIVE + "$connect")).isTrue();
      for (var other : List.of("$disconnect", "sendMessage", "$connect/", "GET/$connect")) {
        assertThat(allows(world, answer, LIVE + other)).as(other).isFalse();
      }
      assertThat(text(answer, "/context/routes")).isEqualTo("$connect,sendMessage");
      assertThat(text(answer, "/context/reason")).isEqualTo("allowed");
      assertThat(world.logged("/kind")).isEqualTo("WEBSOCKET");
      assertThat(world.logged("/scope")).isEqualTo("REQUEST");
    }
  }

  @Test
  void whoeverMayNotConnectIsDenied() {
    var answer = none.answer(byHeader(none.token("a", "viewer")));
    assertThat(none.verdict(answer, LIVE + "$connect")).isEqualTo(Verdict.EXPLICIT_DENY);
    assertThat(text(answer, "/context/routes")).isEqualTo("");
  }

  @Test
  void aTokenRefusedOnAWebSocketIsThrown() {
    assertThat(none.answer(byHeader(NOT_A_TOKEN))).isEqualTo("Unauthorized");
    assertThat(none.answer(connect("w1w2w3w4w5", "{}", "{}"))).isEqualTo("Unauthorized");
  }

  @Test
  void aBrowserSendsItsTokenInTheQuery() {
    var world = world(Map.of("GRANTWAY_TOKEN_SOURCE", "query:access_token"));
    var token = world.token("a", "guest");
    var answer = world.answer(connect("w1w2w3w4w5", "{}", "{\"access_token\":\"" + token + "\"}"));
    assertThat(allows(world, answer, LIVE + "$connect")).isTrue();
    assertThat(world.answer(byHeader(token))).isEqualTo("Unauthorized");
  }

  @Test
  void anAnswerThatAWebSocketApiWouldNotTakeIsADeny() {
    var token = none.token("a", "guest");
    var headers = "{\"Authorization\":\"Bearer " + token + "\"}";
    var answer = none.answer(connect("wide000000", headers, "{}"));
    assertThat(none.logged("/reason")).isEqualTo("answer-too-large");
    var arn = "arn:aws:execute-api:eu-west-1:123456789012:wide000000/prod/$connect";
    assertThat(none.verdict(answer, arn)).isEqualTo(Verdict.EXPLICIT_DENY);
    assertThat(answer.length()).isLessThan(1_000);
  }

  @Test
  void anApiOfAnotherKindThanThePolicyHasIsAnError() {
    var token = none.token("a", "boss");
    var event =
        new String(http2("GET", "/invoices", "GET /invoices", "", token), StandardCharsets.UTF_8)
            .replace("h1h2h3h4h5", "w1w2w3w4w5");
    assertThat(none.answer(event.getBytes(StandardCharsets.UTF_8))).contains("api-is-another-kind");
  }

  @Test
  void whatIsNotAConnectionIsNoEvent() {
    var event = new String(byHeader(none.token("a", "guest")), StandardCharsets.UTF_8);
    for (var change :
        Map.of(
                "\"CONNECT\"", "\"MESSAGE\"",
                "/prod/$connect\"", "/prod/sendMessage\"",
                "/$connect\"", "/$connect/\"")
            .entrySet()) {
      var other = event.replace(change.getKey(), change.getValue());
      assertThat(none.answer(other.getBytes(StandardCharsets.UTF_8)))
          .as(other)
          .startsWith("the authorizer cannot answer: event-");
    }
  }
}
