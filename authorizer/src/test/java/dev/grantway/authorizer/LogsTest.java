package dev.grantway.authorizer;

import static dev.grantway.authorizer.HandlerWorld.request;
import static dev.grantway.authorizer.HandlerWorld.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.json.JsonLimits;
import dev.grantway.authorizer.json.JsonReader;
import dev.grantway.authorizer.telemetry.Phase;
import dev.grantway.policy.Attribute;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Operator;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Validity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
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
    world.policy.down = false;
    world.policy.broken = true;
    world.call(canary("support"), "GET", "/orders", "/orders");
    world.answer(
        ("{\"type\":\"TOKEN\",\"methodArn\":\"" + CANARY + "\"}").getBytes(StandardCharsets.UTF_8));
    assertThat(world.log).hasSize(10);
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
  void whatIsSaidWhileObservingShowsNothingEither() {
    var observing =
        new HandlerWorld(
            Policies.orders().policy(),
            Map.of("GRANTWAY_OBSERVE", "until:" + TestClock.START.plusSeconds(3_600)));
    var token = canary("clerk", "role-" + CANARY);
    observing.call(token, "POST", "/orders/" + CANARY + "/refunds", "/orders/{id}/refunds");
    observing.call(token + "x", "GET", "/orders", "/orders");
    world.log.addAll(observing.log);
    assertThat(world.log).hasSize(3);
    assertSilent(token);
  }

  @Test
  void conditionsAreToldByNameAndOutcomeWithoutAValue() {
    var eu =
        new Condition.Clause(
            Operator.STRING_EQUALS, new Attribute.Claim("region"), List.of("eu-" + CANARY));
    var ip =
        new Condition.Clause(
            Operator.IP_ADDRESS, new Attribute.SourceIp(), List.of("203.0.113.0/24"));
    var policy =
        Policies.orders()
            .permission(
                "far",
                "clerk",
                Effect.ALLOW,
                "GET",
                "/",
                new Condition(List.of(eu, ip)),
                Validity.ALWAYS)
            .permission(
                "not",
                "viewer",
                Effect.DENY,
                "GET",
                "/",
                new Condition(List.of(eu)),
                Validity.ALWAYS)
            .permission(
                "elsewhere",
                "clerk",
                Effect.ALLOW,
                "POST",
                "/",
                new Condition(List.of(eu)),
                Validity.ALWAYS);
    var conditional = new HandlerWorld(policy);
    var token = conditional.tokenWith("a", ",\"region\":\"" + CANARY + "\"", "clerk");
    conditional.call(token, "GET", "/", "/");
    world.log.addAll(conditional.log);
    assertSilent(token);
    assertThat(conditional.log.getLast())
        .contains(
            "\"conditions\":[\"far StringEquals claims.region: false\",\"far IpAddress request.sourceIp: true\",\"not StringEquals claims.region: false\"]");
  }

  @Test
  void rolesOfThePolicyAreNamedAndOthersAreCounted() {
    world.call(
        world.token("alice", "viewer", "clerk", "ghost", "a b"), "GET", "/orders", "/orders");
    assertThat(world.log.getLast())
        .contains("\"roles\":[\"clerk\",\"viewer\"]")
        .doesNotContain("ghost");
    assertThat(world.logged("/otherRoles")).isEqualTo("2");
  }

  @Test
  void linesSayWhatWasReadAndWhatWasKept() {
    var cached =
        new HandlerWorld(
            Policies.orders().policy(),
            Map.of("GRANTWAY_CACHE_KEY", "token+route", "GRANTWAY_CACHE_TTL", "300s"));
    var token = cached.token("alice", "viewer");
    cached.call(token, "GET", "/orders", "/orders");
    assertThat(cached.logged("/kept")).isEqualTo("false");
    assertThat(cached.logged("/reads")).isEqualTo("5");
    cached.call(token, "GET", "/orders", "/orders");
    assertThat(cached.logged("/kept")).isEqualTo("true");
    assertThat(cached.logged("/reads")).isEqualTo("0");
    cached.clock.advance(Duration.ofSeconds(6));
    cached.call(token, "GET", "/orders", "/orders");
    assertThat(cached.logged("/reads")).isEqualTo("1");
  }

  @Test
  void phasesAddUpToNoMoreThanTheWhole() {
    world.call(world.token("alice", "viewer"), "GET", "/orders", "/orders");
    long sum = 0;
    for (var phase : Phase.values()) {
      long micros = Long.parseLong(world.logged("/" + phase.member()));
      assertThat(micros).as(phase.name()).isNotNegative();
      sum += micros;
    }
    assertThat(sum).isPositive().isLessThanOrEqualTo(Long.parseLong(world.logged("/Latency")));
  }

  @Test
  void metricsNameMembersOfTheirLineAndTheirDimensions() throws Exception {
    world.call(world.token("alice", "viewer"), "GET", "/orders", "/orders");
    assertMetrics("Allowed", "HeadAge", "Latency");
    world.call(world.token("alice", "viewer"), "POST", "/orders", "/orders");
    assertMetrics("Denied", "HeadAge", "Latency");
    world.call("e30.e30.e30", "POST", "/orders", "/orders");
    assertMetrics("Latency", "Unauthorized");
    world.policy.broken = true;
    world.call(world.token("alice", "clerk"), "POST", "/orders", "/orders");
    assertMetrics("Alarms", "Failed", "Latency");
    world.policy.broken = false;
    world.policy.down = true;
    world.clock.advance(Duration.ofSeconds(6));
    world.call(world.token("alice", "viewer"), "GET", "/orders", "/orders");
    assertMetrics("Allowed", "HeadAge", "Latency", "Stale");
  }

  @Test
  void ageOfHeadIsSinceTheTableLastNamedIt() throws Exception {
    var token = world.token("alice", "viewer");
    world.call(token, "GET", "/orders", "/orders");
    assertHeadAge(0);
    world.clock.advance(Duration.ofMillis(1_500));
    world.call(token, "GET", "/orders", "/orders");
    assertHeadAge(1_500);
    world.clock.advance(Duration.ofSeconds(4));
    world.call(token, "GET", "/orders", "/orders");
    assertHeadAge(0);
    world.policy.down = true;
    world.clock.advance(Duration.ofSeconds(90));
    world.call(token, "GET", "/orders", "/orders");
    assertHeadAge(90_000);
    world.call(world.token("bob", "clerk"), "GET", "/orders", "/orders");
    assertThat(world.logged("/outcome")).isEqualTo("failed");
    assertHeadAge(90_000);
    assertThat(world.log.getLast()).contains("{\"Name\":\"HeadAge\",\"Unit\":\"Milliseconds\"}");
    world.call("e30.e30.e30", "GET", "/orders", "/orders");
    assertThat(world.logged("/HeadAge")).isEqualTo("absent");
  }

  private void assertHeadAge(long millis) {
    assertThat(world.logged("/HeadAge")).isEqualTo("" + millis);
  }

  private void assertMetrics(String... names) throws Exception {
    var line = world.log.getLast();
    assertThat(text(line, "/_aws/Timestamp")).isEqualTo("" + world.clock.millis());
    assertThat(text(line, "/_aws/CloudWatchMetrics/0/Namespace")).isEqualTo("Grantway");
    assertThat(text(line, "/_aws/CloudWatchMetrics/0/Dimensions/0/0")).isEqualTo("api");
    assertThat(text(line, "/_aws/CloudWatchMetrics/0/Dimensions/0/1")).isEqualTo("stage");
    var found = new TreeSet<String>();
    for (int i = 0; i < names.length; i++) {
      var name = text(line, "/_aws/CloudWatchMetrics/0/Metrics/" + i + "/Name");
      long value = Long.parseLong(text(line, "/" + name));
      assertThat(value).as(name).isGreaterThanOrEqualTo(name.equals("HeadAge") ? 0 : 1);
      found.add(name);
    }
    assertThat(found).containsExactly(names);
    assertThat(text(line, "/_aws/CloudWatchMetrics/0/Metrics/" + names.length)).isEqualTo("absent");
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
  void withoutAKeyNobodyCanGuessNames() {
    var other = new HandlerWorld(Policies.orders());
    world.call(world.token("alice", "clerk"), "GET", "/orders", "/orders");
    other.call(other.token("alice", "clerk"), "GET", "/orders", "/orders");
    assertThat(other.logged("/who")).isNotEqualTo(world.logged("/who"));
    assertThat(hashedUnder("k").logged("/who")).isEqualTo(hashedUnder("k").logged("/who"));
    assertThat(hashedUnder("k").logged("/who")).isNotEqualTo(hashedUnder("l").logged("/who"));
  }

  private static HandlerWorld hashedUnder(String key) {
    var hashed =
        new HandlerWorld(Policies.orders().policy(), Map.of("GRANTWAY_PRINCIPAL_HASH_KEY", key));
    hashed.call(hashed.token("alice", "clerk"), "GET", "/orders", "/orders");
    return hashed;
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
