package dev.grantway.authorizer;

import static dev.grantway.authorizer.HandlerWorld.STAGE;
import static dev.grantway.authorizer.HandlerWorld.request;
import static dev.grantway.authorizer.HandlerWorld.text;
import static dev.grantway.authorizer.HandlerWorld.tokenEvent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.compile.Verdict;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Validity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The whole way of a call, from the bytes of an event to the bytes of an answer. */
class HandlerTest {
  private static final Map<String, String> PER_ROUTE =
      Map.of("GRANTWAY_CACHE_KEY", "token+route", "GRANTWAY_CACHE_TTL", "300s");

  private final HandlerWorld world = new HandlerWorld(Policies.orders());

  @Test
  void clerkIsAllowedWhatViewersAreAndMore() {
    var token = world.token("alice", "clerk");
    assertThat(world.call(token, "GET", "/orders", "/orders")).isEqualTo("ALLOW");
    assertThat(world.call(token, "GET", "/orders/42", "/orders/{id}")).isEqualTo("ALLOW");
    assertThat(world.call(token, "POST", "/orders", "/orders")).isEqualTo("ALLOW");
    assertThat(world.call(token, "GET", "/orders/search", "/orders/search"))
        .isEqualTo("EXPLICIT_DENY");
    assertThat(world.logged("/reason")).isEqualTo("default-deny");
  }

  @Test
  void denyOverridesAllowAndSaysByWhat() {
    var both = Policies.orders().role("boss").allow("all", "boss", "POST", "/**");
    var strict = new HandlerWorld(both);
    assertThat(
            strict.call(
                strict.token("b", "boss"), "POST", "/orders/1/refunds", "/orders/{id}/refunds"))
        .isEqualTo("ALLOW");
    assertThat(
            strict.call(
                strict.token("b", "boss", "support"),
                "POST",
                "/orders/1/refunds",
                "/orders/{id}/refunds"))
        .isEqualTo("EXPLICIT_DENY");
    assertThat(strict.log.getLast())
        .contains("\"reason\":\"explicit-deny\"", "\"by\":[\"no-refunds\"]");
  }

  @Test
  void contextIsFlatAndSaysWhoMayWhatAtWhichRevision() {
    var token =
        world.tokenWith(
            "alice", ",\"client_id\":\"web\",\"scope\":\"write read\"", "clerk", "ghost");
    var answer = world.answer(request("GET", "/orders", "/orders", token));
    assertThat(text(answer, "/principalId")).isEqualTo("corp|alice");
    var expected =
        Map.of(
            "principal", "alice",
            "issuer", "corp",
            "sub", "alice",
            "client", "web",
            "roles", "clerk",
            "token_scopes", "read write",
            "revision", "1",
            "reason", "allowed");
    expected.forEach(
        (name, value) -> assertThat(text(answer, "/context/" + name)).as(name).isEqualTo(value));
    assertThat(text(answer, "/context/document")).matches("[0-9a-f]{12}");
    assertThat(world.logged("/otherRoles")).isEqualTo("1");
  }

  @Test
  void reasonStandsInTheContextOnlyWhereNothingIsCached() {
    var cached = new HandlerWorld(Policies.orders().policy(), PER_ROUTE);
    var answer = cached.answer(request("GET", "/orders", "/orders", cached.token("a", "clerk")));
    assertThat(text(answer, "/context/reason")).isEqualTo("absent");
    assertThat(text(answer, "/context/roles")).isEqualTo("clerk");
  }

  @Test
  void answerUnderNoneIsForThisRequestAlone() {
    var answer =
        world.answer(request("GET", "/orders/42", "/orders/{id}", world.token("a", "clerk")));
    assertThat(world.verdict(answer, STAGE + "/GET/orders/42")).isEqualTo(Verdict.ALLOW);
    for (var other : List.of("GET/orders/43", "GET/orders", "POST/orders", "GET/orders/42/x")) {
      assertThat(world.verdict(answer, STAGE + "/" + other)).isNotEqualTo(Verdict.ALLOW);
    }
  }

  @Test
  void answerUnderTokenAndRouteIsForTheWholeRouteAndNoOther() {
    var cached = new HandlerWorld(Policies.orders().policy(), PER_ROUTE);
    var answer =
        cached.answer(request("GET", "/orders/42", "/orders/{id}", cached.token("a", "clerk")));
    assertThat(cached.verdict(answer, STAGE + "/GET/orders/42")).isEqualTo(Verdict.ALLOW);
    assertThat(cached.verdict(answer, STAGE + "/GET/orders/43")).isEqualTo(Verdict.ALLOW);
    for (var other : List.of("GET/orders", "POST/orders", "GET/orders/search", "GET/orders/42/x")) {
      assertThat(cached.verdict(answer, STAGE + "/" + other)).as(other).isNotEqualTo(Verdict.ALLOW);
    }
  }

  @Test
  void wildcardInAPathIsNeverEchoed() {
    var answer =
        world.answer(request("GET", "/files/*", "/files/{path+}", world.token("a", "auditor")));
    assertThat(answer).doesNotContain("/files/");
    assertThat(world.verdict(answer, STAGE + "/GET/files/x")).isEqualTo(Verdict.EXPLICIT_DENY);
    assertThat(text(answer, "/context/reason")).isEqualTo("not-in-document");
  }

  @Test
  void tokenEventIsAnsweredUnderNone() {
    var token = world.token("a", "viewer");
    assertThat(world.verdict(tokenEvent("GET", "/orders", token), "GET", "/orders"))
        .isEqualTo("ALLOW");
    assertThat(world.verdict(tokenEvent("GET", "/", token), "GET", "/")).isEqualTo("EXPLICIT_DENY");
  }

  @Test
  void tokenEventUnderTokenAndRouteIsAFailureThatSaysWhy() {
    var cached = new HandlerWorld(Policies.orders().policy(), PER_ROUTE);
    var event = tokenEvent("GET", "/orders", cached.token("a", "viewer"));
    assertThat(cached.answer(event)).contains("token-authorizer-under-token-and-route");
    assertThat(cached.logged("/detail")).contains("cannot have such a key");
    assertThat(cached.policy.reads).isEmpty();
  }

  @Test
  void unauthorizedIsExactlyThatWithoutAnythingAround() {
    var event = request("GET", "/orders", "/orders", "AAAA.AAAA.AAAA");
    assertThatThrownBy(() -> world.handler.answer(event))
        .isInstanceOf(UnauthorizedException.class)
        .hasMessage("Unauthorized")
        .hasNoCause()
        .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
    assertThat(world.logged("/outcome")).isEqualTo("unauthorized");
    assertThat(world.policy.reads).isEmpty();
  }

  @Test
  void refusedTokenIsADenyWhereTheSettingSaysSo() {
    var gentle =
        new HandlerWorld(Policies.orders().policy(), Map.of("GRANTWAY_DENY_INSTEAD_OF_401", "on"));
    var event = request("GET", "/orders", "/orders", "AAAA.AAAA.AAAA");
    assertThat(gentle.verdict(event, "GET", "/orders")).isEqualTo("EXPLICIT_DENY");
    var now = gentle.clock.instant().getEpochSecond();
    var early = gentle.tokenWith("a", ",\"nbf\":" + (now + 600), "clerk");
    assertThat(gentle.call(early, "GET", "/orders", "/orders")).isEqualTo("Unauthorized");
  }

  @Test
  void templateOfTheEventMustBeTheOneThatThePathHas() {
    var token = world.token("a", "auditor");
    assertThat(world.call(token, "GET", "/orders/42", "/orders/{orderId}")).isEqualTo("ALLOW");
    assertThat(world.call(token, "GET", "/orders/search", "/orders/{id}"))
        .isEqualTo("EXPLICIT_DENY");
    assertThat(world.logged("/reason")).isEqualTo("template-mismatch");
    assertThat(world.call(token, "GET", "/files/a/b", "/files/{proxy+}")).isEqualTo("ALLOW");
    assertThat(world.call(token, "GET", "/files/a", "/files/{p}")).isEqualTo("EXPLICIT_DENY");
  }

  @Test
  void whatThePolicyDoesNotKnowIsDenied() {
    var token = world.token("a", "auditor");
    var other =
        new String(request("GET", "/orders", "/orders", token), StandardCharsets.UTF_8)
            .replace("a1b2c3d4e5", "zzzzzzzzzz");
    assertThat(text(world.answer(other.getBytes(StandardCharsets.UTF_8)), "/context/reason"))
        .isEqualTo("unknown-api");
    assertThat(world.call(token, "GET", "/nowhere/at/all", "/nowhere")).isEqualTo("EXPLICIT_DENY");
    assertThat(world.logged("/reason")).isEqualTo("unknown-route");
    assertThat(world.call(token, "TRACE", "/orders", "/orders")).isEqualTo("EXPLICIT_DENY");
  }

  /** COMP-03: whatever is asked first, what is cached must be right for every other route. */
  @Test
  void answerUnderTokenIsTheSameWhicheverRequestComesFirst() {
    var whole = world(Map.of("GRANTWAY_CACHE_KEY", "token", "GRANTWAY_CACHE_TTL", "300s"));
    var token = whole.token("a", "viewer");
    var granted = document(whole.answer(request("GET", "/orders", "/orders", token)));
    Map.of(
            request("POST", "/orders", "/orders", token), "false",
            request("GET", "/nowhere/*", "/nowhere/{p}", token), "true",
            request("GET", "/orders/search", "/orders/{id}", token), "true")
        .forEach(
            (event, beyond) -> {
              var cold = world(Map.of("GRANTWAY_CACHE_KEY", "token", "GRANTWAY_CACHE_TTL", "300s"));
              var answer = cold.answer(event);
              assertThat(document(answer)).isEqualTo(granted);
              assertThat(cold.verdict(answer, STAGE + "/GET/orders")).isEqualTo(Verdict.ALLOW);
              assertThat(cold.logged("/beyondTable")).isEqualTo(beyond);
            });
  }

  private static HandlerWorld world(Map<String, String> changes) {
    return new HandlerWorld(Policies.orders().policy(), changes);
  }

  private static String document(String answer) {
    return answer.substring(answer.indexOf("\"policyDocument\":"), answer.indexOf(",\"context\""));
  }

  /** GATEWAY rules 2 and 5: what a caller wrote into the path enters no ARN. */
  @Test
  void whatIsDeniedOutrightNamesTheStageAndNothingOfTheRequest() {
    var perRoute = world(PER_ROUTE);
    var gentle = world(Map.of("GRANTWAY_DENY_INSTEAD_OF_401", "on"));
    for (var answer :
        List.of(
            perRoute.answer(
                request("GET", "/nowhere/*", "/nowhere/{p}", perRoute.token("a", "auditor"))),
            gentle.answer(request("GET", "/orders/*", "/orders/{id}", "AAAA.AAAA.AAAA")))) {
      assertThat(document(answer)).contains("\"" + STAGE + "/*\"").doesNotContain("nowhere");
      assertThat(document(answer).split("arn:")).hasSize(2);
      for (var arn : List.of("/GET/orders", "/DELETE/x/y", "/GET/")) {
        assertThat(world.verdict(answer, STAGE + arn)).isEqualTo(Verdict.EXPLICIT_DENY);
      }
    }
  }

  @Test
  void tokenEventIsRefusedUnderEveryKeyThatItCannotHave() {
    var cached =
        world(Map.of("GRANTWAY_CACHE_KEY", "token+header:x-tenant", "GRANTWAY_CACHE_TTL", "9s"));
    assertThat(cached.answer(tokenEvent("GET", "/orders", cached.token("a", "viewer"))))
        .contains("token-authorizer-under-token-and-route");
  }

  /** GATEWAY rule 13: the budget is a setting. */
  @Test
  void documentOverTheBudgetIsNarrowedAndSaysSo() {
    var many = new Policies().role("many");
    IntStream.range(0, 20)
        .forEach(i -> many.allow("p" + i, "many", "GET", "/files/" + "f".repeat(40) + i));
    var settings = new HashMap<>(PER_ROUTE);
    var roomy = new HandlerWorld(many.policy(), settings);
    settings.put("GRANTWAY_POLICY_BYTES", "1000");
    var tight = new HandlerWorld(many.policy(), settings);
    var path = "/files/" + "f".repeat(40) + 7;
    for (var each : List.of(roomy, tight)) {
      each.call(each.token("a", "many"), "GET", path, "/files/{path+}");
    }
    assertThat(Integer.parseInt(roomy.logged("/bytes"))).isBetween(1_001, 8_192);
    assertThat(roomy.logged("/narrowed")).isEqualTo("absent");
    assertThat(tight.logged("/narrowed")).startsWith("too-large:");
    assertThat(Integer.parseInt(tight.logged("/bytes"))).isLessThanOrEqualTo(1_000);
  }

  /** COMP-04: without conditions, what ends while the answer is cached is not allowed at all. */
  @Test
  void whatEndsWithinTheTtlIsAConditionOrNothing() {
    var until = TestClock.START.plusSeconds(200);
    var ending =
        new Policies()
            .role("temp")
            .permission(
                "t",
                "temp",
                Effect.ALLOW,
                "GET",
                "/orders",
                Condition.NONE,
                new Validity(null, until))
            .policy();
    var settings = new HashMap<>(PER_ROUTE);
    var on = new HandlerWorld(ending, settings);
    settings.put("GRANTWAY_IAM_CONDITIONS", "off");
    var off = new HandlerWorld(ending, settings);
    var conditional = on.answer(request("GET", "/orders", "/orders", on.token("a", "temp")));
    assertThat(conditional).contains("aws:CurrentTime");
    assertThat(on.verdict(conditional, STAGE + "/GET/orders")).isEqualTo(Verdict.ALLOW);
    assertThat(HandlerWorld.verdictAt(until, conditional, STAGE + "/GET/orders"))
        .isNotEqualTo(Verdict.ALLOW);
    var plain = off.answer(request("GET", "/orders", "/orders", off.token("a", "temp")));
    assertThat(plain).doesNotContain("\"Condition\"", "\"Allow\"");
  }

  /**
   * Two policies under one hash, as no store gives them: the document kept for one is no answer.
   */
  @Test
  void documentWiderThanTheDecisionIsThrownAndAlarms() {
    var cached = world(PER_ROUTE);
    cached.policy.hash = cached.policy.head().hash();
    var token = cached.token("a", "viewer");
    assertThat(cached.call(token, "GET", "/orders", "/orders")).isEqualTo("ALLOW");
    cached.policy.publish(Policies.orders().deny("stop", "viewer", "GET", "/orders").policy());
    cached.clock.advance(Duration.ofSeconds(6));
    assertThat(cached.call(token, "GET", "/orders", "/orders"))
        .isEqualTo("the authorizer cannot answer: document-too-wide");
    assertThat(cached.logged("/alarm")).isEqualTo("true");
  }

  @Test
  void principalCanBeHashed() {
    var hashed =
        new HandlerWorld(Policies.orders().policy(), Map.of("GRANTWAY_PRINCIPAL_HASH_KEY", "k"));
    var answer =
        hashed.answer(request("GET", "/orders", "/orders", hashed.token("alice", "clerk")));
    assertThat(text(answer, "/principalId")).matches("[A-Za-z0-9_-]{43}");
    assertThat(text(answer, "/context/principal")).isEqualTo("alice");
  }

  @Test
  void tooManyRolesAreADenyWithAReason() {
    var many = IntStream.range(0, 201).mapToObj(i -> "r" + i).toArray(String[]::new);
    var event = request("GET", "/orders", "/orders", world.token("a", many));
    assertThat(world.verdict(event, "GET", "/orders")).isEqualTo("EXPLICIT_DENY");
    assertThat(world.logged("/reason")).isEqualTo("too-many-roles");
    assertThat(world.policy.reads).isSubsetOf("head");
  }

  @Test
  void inheritedRolesCountTowardsTheLimitOfAll() {
    var policy = Policies.orders();
    var below = IntStream.range(0, 60).mapToObj(i -> "b" + i).toList();
    below.forEach(policy::role);
    policy.role("top", below.toArray(String[]::new)).allow("t", "top", "GET", "/orders");
    var deep = new HandlerWorld(policy);
    var tokens = IntStream.range(0, 198).mapToObj(i -> "r" + i).collect(Collectors.toList());
    assertThat(deep.call(deep.token("a", "top"), "GET", "/orders", "/orders")).isEqualTo("ALLOW");
    tokens.add("top");
    var token = deep.token("a", tokens.toArray(String[]::new));
    assertThat(deep.call(token, "GET", "/orders", "/orders")).isEqualTo("EXPLICIT_DENY");
    assertThat(deep.logged("/reason")).isEqualTo("too-many-roles");
  }

  @Test
  void whatIsNoEventIsAnErrorThatSaysWhy() {
    assertThat(world.answer("nonsense".getBytes(StandardCharsets.UTF_8)))
        .contains("event-not-json");
    assertThat(world.answer("[]".getBytes(StandardCharsets.UTF_8))).contains("event-not-object");
    assertThat(world.answer("{}".getBytes(StandardCharsets.UTF_8))).contains("event-kind-unknown");
  }

  @Test
  void streamsCarryExactlyTheAnswer() throws Exception {
    var event = request("GET", "/orders", "/orders", world.token("a", "clerk"));
    var out = new ByteArrayOutputStream();
    world.handler.handleRequest(new ByteArrayInputStream(event), out, null);
    assertThat(out.toByteArray()).isEqualTo(world.handler.answer(event));
  }
}
