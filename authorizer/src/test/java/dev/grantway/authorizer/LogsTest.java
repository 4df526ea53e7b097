package dev.grantway.authorizer;

import static dev.grantway.authorizer.HandlerWorld.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.json.JsonLimits;
import dev.grantway.authorizer.json.JsonReader;
import dev.grantway.policy.RoleName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One structured line per decision, and never a token or a claim's value in any line. */
@Timeout(60)
class LogsTest {
  private static final String CANARY = "canary7f3a";
  private static final String MORE =
      """
      ,"client_id":"client-canary7f3a","sid":"sid-canary7f3a","scope":"scope-canary7f3a",
      "email":"mail-canary7f3a","groups":["group-canary7f3a"],"nested":{"x":"deep-canary7f3a"}""";

  private final HandlerWorld world = new HandlerWorld(Policies.orders());

  private String canary(String... roles) {
    return world.tokenWith("sub-" + CANARY, MORE, roles);
  }

  private void assertSilent(String token) {
    for (var line : world.log) {
      assertThat(line).doesNotContain(CANARY);
      for (var part : token.split("\\.")) {
        assertThat(line).doesNotContain(part);
      }
    }
  }

  @Test
  void noLineShowsATokenOrAClaim() {
    var token = canary("clerk", "role-" + CANARY, "role " + CANARY);
    world.call(token, "GET", "/orders", "/orders");
    world.call(token, "GET", "/orders/" + CANARY, "/orders/{id}");
    world.call(token, "GET", "/" + CANARY, "/x");
    world.call(token + "x", "GET", "/orders", "/orders");
    world.call(token.substring(0, token.length() - 4) + "AAAA", "GET", "/orders", "/orders");
    world.policy.torn.put(new RoleName("viewer"), 1L);
    world.call(canary("viewer"), "GET", "/orders", "/orders");
    world.clock.advance(Duration.ofHours(2));
    world.call(token, "GET", "/orders", "/orders");
    world.policy.down = true;
    world.call(canary("clerk"), "GET", "/orders", "/orders");
    world.answer(
        ("{\"type\":\"TOKEN\",\"methodArn\":\"" + CANARY + "\"}").getBytes(StandardCharsets.UTF_8));
    assertThat(world.log).hasSize(9);
    assertSilent(token);
  }

  @Test
  void errorsHandedToTheGatewayShowNothingEither() {
    world.policy.down = true;
    var token = canary("clerk");
    var said = world.call(token, "GET", "/orders", "/orders");
    assertThat(said).isEqualTo("the authorizer cannot answer: policy-unavailable");
  }

  @Test
  void everyLineIsOneJsonObjectWithTheFactsOfTheDecision() throws Exception {
    world.call(world.token("alice", "clerk"), "GET", "/orders/42", "/orders/{id}");
    var line = world.log.getLast();
    assertThat(line).doesNotContain("\n");
    assertThat(JsonReader.read(line, JsonLimits.PLATFORM)).isInstanceOf(Json.Obj.class);
    var expected =
        Map.of(
            "event", "decision",
            "kind", "REST_REQUEST",
            "api", "a1b2c3d4e5",
            "stage", "prod",
            "method", "GET",
            "route", "GET /orders/{id}",
            "issuer", "corp",
            "effect", "ALLOW",
            "outcome", "answered");
    expected.forEach(
        (name, value) -> assertThat(world.logged("/" + name)).as(name).isEqualTo(value));
    assertThat(world.logged("/who")).matches("[0-9a-f]{16}");
    assertThat(line).contains("\"by\":[\"view-one\"]");
  }

  @Test
  void samePrincipalHasTheSameHashAndAnotherIssuerAnother() {
    world.call(world.token("alice", "clerk"), "GET", "/orders", "/orders");
    var first = world.logged("/who");
    world.call(world.token("alice", "viewer"), "GET", "/orders", "/orders");
    assertThat(world.logged("/who")).isEqualTo(first);
    world.call(world.token("bob", "viewer"), "GET", "/orders", "/orders");
    assertThat(world.logged("/who")).isNotEqualTo(first);
  }

  @Test
  void warningsAreSaidOnceAtTheStart() {
    var odd =
        SigningKeys.keySet().replace("{\"keys\":[", "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AA\"},");
    var issuers = "[" + HandlerWorld.issuer("").replace(SigningKeys.keySet(), odd) + "]";
    var warned =
        new HandlerWorld(
            Policies.orders().policy(),
            Map.of("GRANTWAY_ISSUERS", issuers, "GRANTWAY_STALE_LIMITS", "1m"));
    assertThat(warned.log).hasSize(2).allSatisfy(line -> assertThat(line).contains("warning"));
    assertThat(String.join("", warned.log))
        .contains("a key is skipped: private or symmetric", "did you mean `GRANTWAY_STALE_LIMIT`");
    assertThat(warned.call(warned.token("a", "viewer"), "GET", "/orders", "/orders"))
        .isEqualTo("ALLOW");
  }

  @Test
  void tokenPartsNeverStandInAnyAnswer() {
    var token = canary("clerk");
    var answer = world.answer(request("GET", "/orders", "/orders", token));
    for (var part : List.of(token.split("\\."))) {
      assertThat(answer).doesNotContain(part);
    }
  }
}
