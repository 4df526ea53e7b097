package dev.grantway.decision;

import static dev.grantway.decision.Worlds.NOW;
import static dev.grantway.decision.Worlds.allow;
import static dev.grantway.decision.Worlds.api;
import static dev.grantway.decision.Worlds.deny;
import static dev.grantway.decision.Worlds.during;
import static dev.grantway.decision.Worlds.ofApi;
import static dev.grantway.decision.Worlds.onStage;
import static dev.grantway.decision.Worlds.principal;
import static dev.grantway.decision.Worlds.request;
import static dev.grantway.decision.Worlds.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.policy.Api;
import dev.grantway.policy.Attribute;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Operator;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Validity;
import dev.grantway.resource.ApiType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionsTest {
  private static final Api API =
      api("GET /orders", "GET /orders/{id}", "POST /orders/{id}/refunds", "GET /orders/search");

  private static String decide(Api api, AccessRequest request, Permission... permissions) {
    Decision decision = Decisions.decide(api, request, List.of(permissions));
    return decision.reason().code() + " " + decision.by();
  }

  @Test
  void nothingApplicableMeansDenied() {
    assertThat(decide(API, request("GET /orders", principal("clerk"))))
        .isEqualTo("default-deny []");
  }

  @Test
  void denyOverridesAllowInAnyOrder() {
    var permissions =
        new ArrayList<>(
            List.of(
                allow("a", "clerk", "GET", "/orders"),
                allow("b", "clerk", "*", "/**"),
                deny("d", "clerk", "GET", "/orders"),
                deny("e", "clerk", "*", "/orders/**")));
    for (int i = 0; i < 24; i++) {
      Collections.rotate(permissions, 1);
      if (i % 4 == 0) {
        Collections.swap(permissions, 0, i % 3 + 1);
      }
      Decision decision =
          Decisions.decide(API, request("GET /orders", principal("clerk")), permissions);
      assertThat(decision.reason()).isEqualTo(Decision.Reason.EXPLICIT_DENY);
      assertThat(decision.by()).hasToString("[d, e]");
    }
  }

  @Test
  void everyAllowingPermissionIsNamed() {
    assertThat(
            decide(
                API,
                request("GET /orders/7", principal("clerk")),
                allow("b", "clerk", "GET", "/orders/{id}"),
                allow("a", "clerk", "GET", "/orders/**"),
                allow("c", "clerk", "GET", "/orders/8")))
        .isEqualTo("allowed [a, b]");
  }

  @Test
  void eachTestOfApplicabilityCanFailAlone() {
    Permission base = allow("p", "clerk", "GET", "/orders/{id}");
    Principal clerk = principal("clerk");
    assertThat(decide(API, request("GET /orders/1", clerk), base)).startsWith("allowed");
    assertThat(decide(API, request("GET /orders/1", principal("other")), base))
        .startsWith("default-deny");
    assertThat(decide(API, request("GET /orders/1", clerk), ofApi(base, "another")))
        .startsWith("default-deny");
    assertThat(decide(API, request("GET /orders/1", clerk), onStage(base, "dev")))
        .startsWith("default-deny");
    assertThat(
            decide(
                API,
                request("GET /orders/1", clerk),
                during(base, new Validity(NOW.plusSeconds(1), null))))
        .startsWith("default-deny");
    assertThat(decide(API, request("GET /orders", clerk), base)).startsWith("default-deny");
    assertThat(
            decide(
                API,
                request("GET /orders/1", clerk),
                when(base, clause("StringEquals", "claims.region", "eu"))))
        .startsWith("default-deny");
    assertThat(
            decide(
                API, request("GET /orders/1", clerk), allow("p", "clerk", "POST", "/orders/{id}")))
        .startsWith("default-deny");
  }

  @Test
  void pathThatNoRouteServesIsDeniedWhateverIsGranted() {
    assertThat(decide(API, request("GET /x", principal("clerk")), allow("a", "clerk", "*", "/**")))
        .isEqualTo("unknown-route []");
    assertThat(
            decide(
                API,
                request("POST /orders/search", principal("clerk")),
                allow("a", "clerk", "*", "/**")))
        .isEqualTo("unknown-route []");
  }

  @Test
  void withoutARouteTableOnlyTheTextCounts() {
    assertThat(
            decide(
                api(),
                request("GET /orders/search", principal("clerk")),
                allow("a", "clerk", "GET", "/orders/{id}")))
        .isEqualTo("allowed [a]");
    assertThat(
            decide(
                API,
                request("GET /orders/search", principal("clerk")),
                allow("a", "clerk", "GET", "/orders/{id}")))
        .isEqualTo("default-deny []");
  }

  @ParameterizedTest
  @CsvSource({
    "GET /orders/42, explicit-deny [no]",
    "GET /orders/%34%32, explicit-deny [no]",
    "GET /orders/42;a=1, explicit-deny [no]",
    "GET /orders/42/, explicit-deny [no]",
    "GET /orders/43;42, allowed [yes]",
    "GET /orders/43/, allowed [yes]",
    "GET /orders/%2E, allowed [yes]",
    "GET /orders/searc%68, default-deny []",
    "GET /order%73/43, unknown-route []",
    "GET /orders//43, unknown-route []",
    "GET /orders/43//, unknown-route []",
    "GET /orders/;x, default-deny []",
  })
  void irregularPathIsAllowedOnlyIfItIsAllowedBothAsItStandsAndNormalised(
      String request, String expected) {
    assertThat(
            decide(
                API,
                request(request, principal("clerk")),
                allow("yes", "clerk", "GET", "/orders/{id}"),
                deny("no", "clerk", "GET", "/orders/42")))
        .isEqualTo(expected);
  }

  @Test
  void httpApisDoNotIgnoreTheTrailingSlash() {
    Api http = api(ApiType.HTTP, "GET /orders/{id}");
    assertThat(
            decide(
                http,
                request("GET /orders/42/", principal("clerk")),
                allow("yes", "clerk", "*", "/**")))
        .isEqualTo("unknown-route []");
  }

  @ParameterizedTest
  @CsvSource({
    "u1, GET /users/u1, allowed, explicit-deny",
    "u1, GET /users/u2, default-deny, default-deny",
    "auth0|1, GET /users/auth0|1, default-deny, explicit-deny",
    "'', GET /users/x, default-deny, explicit-deny",
    "a/b, GET /users/x, default-deny, explicit-deny",
    "*, GET /users/x, default-deny, explicit-deny",
  })
  void claimThatCannotBeBoundMatchesNothingOnAllowAndEverythingOnDeny(
      String sub, String request, String onAllow, String onDeny) {
    Api users = api("GET /users/{id}");
    Principal caller = principal(Map.of("sub", new ClaimValue.Text(sub)), "clerk");
    Permission mine = allow("a", "clerk", "GET", "/users/${claims.sub}");
    Permission notMine = deny("d", "clerk", "GET", "/users/${claims.sub}");
    assertThat(decide(users, request(request, caller), mine)).startsWith(onAllow);
    assertThat(decide(users, request(request, caller), notMine)).startsWith(onDeny);
  }

  @Test
  void listsObjectsAndMissingClaimsCannotBeBoundButNumbersAndTruthCan() {
    Api users = api("GET /users/{id}");
    Permission mine = allow("a", "clerk", "GET", "/users/${claims.n}");
    for (ClaimValue value :
        List.of(
            new ClaimValue.Opaque(),
            new ClaimValue.Items(List.of(new ClaimValue.Text("7"))),
            new ClaimValue.Number(new BigDecimal("7e999999999")))) {
      assertThat(
              decide(users, request("GET /users/7", principal(Map.of("n", value), "clerk")), mine))
          .startsWith("default-deny");
    }
    assertThat(decide(users, request("GET /users/7", principal("clerk")), mine))
        .startsWith("default-deny");
    for (ClaimValue value :
        List.of(new ClaimValue.Number(new BigDecimal("7")), new ClaimValue.Bool(true))) {
      String own = value instanceof ClaimValue.Bool ? "true" : "7";
      Principal caller = principal(Map.of("n", value), "clerk");
      assertThat(decide(users, request("GET /users/" + own, caller), mine)).startsWith("allowed");
      assertThat(decide(users, request("GET /users/false", caller), mine))
          .startsWith("default-deny");
    }
  }

  @Test
  void anAnswerThatContradictsItselfCannotBeMade() {
    var nobody = new TreeSet<PermissionId>();
    var one = new TreeSet<>(List.of(new PermissionId("p")));
    assertThatThrownBy(() -> new Decision.Allowed(nobody))
        .isInstanceOf(IllegalArgumentException.class);
    for (Decision.Reason reason : Decision.Reason.values()) {
      boolean explicit = reason == Decision.Reason.EXPLICIT_DENY;
      assertThatThrownBy(() -> new Decision.Denied(explicit ? nobody : one, reason))
          .as(reason.code())
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new Decision.Denied(nobody, Decision.Reason.ALLOWED))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Condition.Clause clause(String operator, String attribute, String... values) {
    return new Condition.Clause(
        Operator.parse(operator), Attribute.parse(attribute), List.of(values));
  }

  /** SEM-04 and SEM-05 as laws, on random policies. */
  @Test
  void addingADenyNeverWidensAndAddingAnAllowNeverNarrows() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    String[] patterns = {"/orders", "/orders/{id}", "/orders/**", "/orders/1", "/**", "/{x}"};
    String[] requests = {"GET /orders", "GET /orders/1", "GET /orders/2", "GET /orders/search"};
    for (int round = 0; round < 2_000; round++) {
      var permissions = new ArrayList<Permission>();
      for (int i = random.nextInt(5); i >= 0; i--) {
        String pattern = patterns[random.nextInt(patterns.length)];
        permissions.add(
            random.nextInt(3) == 0
                ? deny("p" + i, "clerk", "GET", pattern)
                : allow("p" + i, "clerk", "GET", pattern));
      }
      String pattern = patterns[random.nextInt(patterns.length)];
      for (String text : requests) {
        AccessRequest request = request(text, principal("clerk"));
        boolean before = Decisions.decide(API, request, permissions).isAllowed();
        var shuffled = new ArrayList<>(permissions);
        Collections.shuffle(shuffled, random);
        assertThat(Decisions.decide(API, request, shuffled))
            .as("seed %d round %d %s", seed, round, text)
            .isEqualTo(Decisions.decide(API, request, permissions));
        var denied = new ArrayList<>(permissions);
        denied.add(deny("more", "clerk", "GET", pattern));
        var allowed = new ArrayList<>(permissions);
        allowed.add(allow("more", "clerk", "GET", pattern));
        assertThat(before || !Decisions.decide(API, request, denied).isAllowed())
            .as("seed %d round %d %s", seed, round, text)
            .isTrue();
        assertThat(!before || Decisions.decide(API, request, allowed).isAllowed())
            .as("seed %d round %d %s", seed, round, text)
            .isTrue();
      }
    }
  }

  @Test
  void nearestMissesNameTheOneTestThatFailed() {
    Permission base = allow("p", "clerk", "GET", "/orders/{id}");
    List<Permission> all =
        List.of(
            allow("role", "boss", "GET", "/orders/{id}"),
            allow("method", "clerk", "POST", "/orders/{id}"),
            allow("resource", "clerk", "GET", "/orders/1"),
            onStage(allow("stage", "clerk", "GET", "/orders/{id}"), "dev"),
            during(allow("validity", "clerk", "GET", "/orders/{id}"), new Validity(null, NOW)),
            when(
                allow("condition", "clerk", "GET", "/orders/{id}"),
                clause("Bool", "claims.mfa", "true")),
            allow("both", "boss", "POST", "/orders/{id}"),
            deny("deny", "boss", "GET", "/orders/{id}"));
    AccessRequest request = request("GET /orders/2", principal("clerk"));
    assertThat(
            NearestMisses.of(API, request, all).stream()
                .map(miss -> miss.permission() + "=" + miss.failed()))
        .containsExactly(
            "condition=CONDITION",
            "method=METHOD",
            "resource=RESOURCE",
            "role=ROLE",
            "stage=STAGE");
    assertThat(base.id()).hasToString("p");
  }
}
