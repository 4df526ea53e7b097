package dev.grantway.analysis;

import static dev.grantway.analysis.World.during;
import static dev.grantway.analysis.World.on;
import static dev.grantway.analysis.World.permission;
import static dev.grantway.analysis.World.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.policy.Attribute;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Operator;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Validity;
import dev.grantway.resource.ApiType;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Cases of each finding, with what is said about them. */
class PolicyAnalysisTest {
  private static final World ORDERS =
      World.of(
          ApiType.REST,
          "GET /orders",
          "POST /orders",
          "GET /orders/search",
          "GET /orders/{id}",
          "PUT /orders/{id}",
          "GET /orders/{id}/items",
          "GET /users/{sub}/orders",
          "GET /users/me/settings");

  private static Permission allow(String id, String what) {
    return permission(id, "staff", "ALLOW", what);
  }

  private static Permission deny(String id, String what) {
    return permission(id, "staff", "DENY", what);
  }

  private static Condition.Clause clause(Operator operator, Attribute attribute, String... values) {
    return new Condition.Clause(operator, attribute, List.of(values));
  }

  private static Condition.Clause region(String... values) {
    return clause(Operator.STRING_EQUALS, new Attribute.Claim("region"), values);
  }

  @Test
  void aPermissionThatNoRouteMatchesIsUnreachable() {
    assertThat(ORDERS.lines(allow("a", "GET /order/{id}")))
        .containsExactly(
            "warning unreachable permission `a` matches no request of a route: none serves"
                + " `/order/{id}`; correct the path, add the route, or remove it");
    assertThat(ORDERS.lines(allow("a", "DELETE /orders/{id}")))
        .containsExactly(
            "warning unreachable permission `a` matches no request of a route: those at"
                + " `/orders/{id}` have only GET, PUT; correct the methods, or remove it");
    assertThat(ORDERS.lines(allow("a", "GET /users/{sub}/settings")))
        .containsExactly(
            "warning unreachable permission `a` matches no request of a route: `GET"
                + " /users/me/settings` has a literal where `/users/{sub}/settings` has a variable;"
                + " write that literal, or end with /**");
    assertThat(ORDERS.lines(on(allow("a", "GET /orders"), "test")))
        .containsExactly(
            "warning unreachable permission `a` matches no request: the API has no stage `test`;"
                + " name a stage of the API, or leave it out for all");
  }

  @Test
  void whatIsOverIsExpiredAndCoversNothing() {
    Instant end = World.NOW;
    assertThat(
            ORDERS.lines(
                during(allow("old", "GET /orders/**"), new Validity(null, end)),
                allow("list", "GET /orders")))
        .containsExactly(
            "warning expired permission `old` ended at 2026-06-01T00:00:00Z; remove it or move its"
                + " end");
  }

  @Test
  void anAllowThatItsOwnRoleDeniesIsContradictory() {
    assertThat(
            ORDERS.lines(
                allow("read", "GET /orders/{id}"),
                permission("seek", "lead", "ALLOW", "GET /orders/search"),
                deny("no", "GET /orders/**")))
        .containsExactly(
            "warning contradictory permission `read` allows nothing: `no` denies it wherever it"
                + " applies; remove it, or narrow what denies it",
            "warning contradictory permission `seek` allows nothing: `no` denies it wherever it"
                + " applies; remove it, or narrow what denies it");
  }

  @Test
  void anAllowThatIsDeniedToEverybodyIsShadowed() {
    assertThat(
            ORDERS.lines(
                allow("read", "GET /orders/{id}"),
                permission("no", "authenticated", "DENY", "GET /orders/**")))
        .containsExactly(
            "warning shadowed permission `read` never decides: `no` denies it wherever it applies,"
                + " for everybody; remove it, or narrow what `authenticated` and the role itself"
                + " deny");
  }

  @Test
  void aDenyThatMayNotApplyOverridesNothing() {
    Permission read = allow("read", "GET /orders/{id}");
    Permission no = deny("no", "GET /orders/**");
    assertThat(ORDERS.lines(read, when(no, region("eu")))).isEmpty();
    assertThat(ORDERS.lines(read, on(no, "prod"))).isEmpty();
    assertThat(ORDERS.lines(read, during(no, new Validity(World.LATER, null)))).isEmpty();
    assertThat(ORDERS.lines(read, deny("no", "GET /orders/42"))).isEmpty();
    assertThat(ORDERS.lines(read, permission("no", "lead", "DENY", "GET /orders/**"))).isEmpty();
  }

  @Test
  void aConditionalAllowIsContradictoryIfTheDenyHoldsWheneverItDoes() {
    Permission read = when(allow("read", "GET /orders/{id}"), region("eu"));
    assertThat(ORDERS.findings(read, when(deny("no", "GET /orders/**"), region("eu", "us"))))
        .extracting(Finding::code)
        .containsExactly(FindingCode.CONTRADICTORY);
    assertThat(ORDERS.findings(read, when(deny("no", "GET /orders/**"), region("us")))).isEmpty();
  }

  @Test
  void theNarrowerOfTwoIsRedundant() {
    assertThat(ORDERS.lines(allow("all", "GET /orders/**"), allow("one", "GET /orders/{id}")))
        .containsExactly(
            "warning redundant permission `one` changes no decision: `all` applies wherever it"
                + " does; remove it");
    assertThat(ORDERS.findings(allow("a", "GET /orders"), allow("b", "GET /orders")))
        .containsExactly(
            new Finding.Redundant(
                new PermissionId("b"), new TreeSet<>(List.of(new PermissionId("a")))));
  }

  @Test
  void whatIsInheritedMakesTheHeirsRedundantAndNotTheOtherWayRound() {
    assertThat(
            ORDERS.findings(
                allow("base", "GET /orders"), permission("heir", "lead", "ALLOW", "GET /orders")))
        .extracting(finding -> finding.about().text())
        .containsExactly("heir");
    assertThat(
            ORDERS.findings(
                permission("everybody", "authenticated", "ALLOW", "GET /orders"),
                allow("mine", "GET /orders")))
        .extracting(finding -> finding.about().text())
        .containsExactly("mine");
  }

  @Test
  void severalTogetherMakeOneRedundant() {
    assertThat(
            ORDERS.lines(
                allow("both", "GET,PUT /orders/{id}"),
                allow("a-get", "GET /orders/**"),
                allow("a-put", "PUT,POST /orders/**")))
        .contains(
            "warning redundant permission `both` changes no decision: `a-get`, `a-put` apply"
                + " wherever it does; remove it");
    assertThat(
            ORDERS.findings(
                allow("always", "GET /orders"),
                during(allow("later", "GET /orders/**"), new Validity(World.LATER, null)),
                during(allow("before", "GET /orders/**"), new Validity(null, World.LATER))))
        .extracting(finding -> finding.about().text())
        .containsExactly("always");
    assertThat(
            ORDERS.findings(
                allow("always", "GET /orders"),
                during(allow("later", "GET /orders/**"), new Validity(World.END, null)),
                during(allow("before", "GET /orders/**"), new Validity(null, World.LATER))))
        .isEmpty();
  }

  @Test
  void aPermissionIsOnlyRedundantToOneThatAppliesWheneverItDoes() {
    Permission one = allow("one", "GET /orders/{id}");
    Permission all = allow("all", "GET /orders/**");
    assertThat(ORDERS.findings(one, when(all, region("eu")))).isEmpty();
    assertThat(ORDERS.findings(one, on(all, "prod"))).isEmpty();
    assertThat(ORDERS.findings(one, during(all, new Validity(World.LATER, null)))).isEmpty();
    assertThat(ORDERS.findings(when(one, region("eu")), when(all, region("us")))).isEmpty();
    assertThat(ORDERS.findings(when(one, region("eu")), when(all, region("eu", "us")))).hasSize(1);
    assertThat(ORDERS.findings(on(one, "prod"), on(all, "prod"))).hasSize(1);
    // Both listed stages are not every stage that may be asked about.
    assertThat(ORDERS.findings(one, on(all, "prod"), on(allow("dev", "GET /orders/**"), "dev")))
        .isEmpty();
  }

  @Test
  void underNegatedOperatorsMoreValuesForbidMore() {
    var eu = clause(Operator.STRING_NOT_EQUALS, new Attribute.Claim("region"), "eu");
    var both = clause(Operator.STRING_NOT_EQUALS, new Attribute.Claim("region"), "eu", "us");
    Permission one = allow("one", "GET /orders/{id}");
    Permission all = allow("all", "GET /orders/**");
    assertThat(ORDERS.findings(when(one, both), when(all, eu))).hasSize(1);
    assertThat(ORDERS.findings(when(one, eu), when(all, both))).isEmpty();
  }

  /** A DENY's condition also holds where it cannot be evaluated; an ALLOW's does not. */
  @Test
  void theConditionOfADenyImpliesThatOfNoAllow() {
    Permission allow = when(allow("a", "GET /orders"), region("eu"));
    Permission deny = when(deny("d", "GET /orders"), region("eu"));
    assertThat(Implied.by(deny, allow)).isFalse();
    assertThat(Implied.by(allow, deny)).isTrue();
    assertThat(Implied.by(deny, deny)).isTrue();
  }

  @Test
  void aClaimInAPathIsLessThanAVariableAndTheSameAsItself() {
    Permission own = allow("own", "GET /users/${claims.sub}/orders");
    assertThat(ORDERS.findings(own, allow("any", "GET /users/{sub}/orders")))
        .extracting(finding -> finding.about().text())
        .containsExactly("own");
    assertThat(ORDERS.findings(own, allow("other", "GET /users/${claims.id}/orders"))).isEmpty();
    assertThat(ORDERS.findings(own, allow("bob", "GET /users/bob/orders"))).isEmpty();
    assertThat(ORDERS.findings(own, deny("no", "GET /users/${claims.sub}/**")))
        .extracting(Finding::code)
        .containsExactly(FindingCode.CONTRADICTORY);
    // A DENY whose claim is missing covers everybody: it is not the same as the value.
    assertThat(
            ORDERS.findings(
                allow("all", "GET /users/**"), deny("not-own", "GET /users/${claims.sub}/orders")))
        .isEmpty();
  }

  @Test
  void aDenyOfWhatNothingAllowsIsANote() {
    assertThat(ORDERS.lines(deny("no", "PUT /orders/{id}"), allow("read", "GET /orders/{id}")))
        .containsExactly(
            "note redundant permission `no` denies what nothing allows; keep it against what may be"
                + " allowed later, or remove it");
    assertThat(
            ORDERS.lines(
                deny("no", "PUT /orders/{id}"),
                permission("change", "authenticated", "ALLOW", "PUT /orders/{id}")))
        .isEmpty();
  }

  @Test
  void methodsOfOnePatternCanBeOnePermission() {
    assertThat(ORDERS.lines(allow("get", "GET /orders/{id}"), allow("put", "PUT /orders/{x}")))
        .containsExactly(
            "note compact 2 permissions can be 1, with the same access: `get`, `put`; write ALLOW"
                + " GET, PUT `/orders/{id}` instead");
  }

  @Test
  void everythingBelowAPathCanBeOnePermission() {
    assertThat(
            ORDERS.lines(
                allow("list", "GET /orders"),
                allow("search", "GET /orders/search"),
                allow("read", "GET /orders/{id}"),
                allow("items", "GET /orders/{id}/items")))
        .containsExactly(
            "note compact 4 permissions can be 1, with the same access: `items`, `list`, `read`,"
                + " `search`; write ALLOW GET `/orders/**` instead, if routes added below it later"
                + " are meant as well");
    assertThat(
            ORDERS.findings(
                allow("list", "GET /orders"),
                allow("read", "GET /orders/{id}"),
                allow("items", "GET /orders/{id}/items")))
        .as("search is not granted")
        .isEmpty();
  }

  @Test
  void onlyLikePermissionsAreCompacted() {
    assertThat(
            ORDERS.findings(
                when(allow("get", "GET /orders/{id}"), region("eu")),
                allow("put", "PUT /orders/{id}")))
        .isEmpty();
    assertThat(
            ORDERS.findings(
                allow("get", "GET /orders/{id}"),
                permission("put", "lead", "ALLOW", "PUT /orders/{id}")))
        .isEmpty();
  }

  @Test
  void webSocketRouteKeysAreComparedAlike() {
    World live = World.of(ApiType.WEBSOCKET, "$connect", "send", "$default");
    assertThat(live.findings(allow("all", " **"), allow("send", " send")))
        .extracting(finding -> finding.code() + " " + finding.about().text())
        .containsExactly("REDUNDANT send");
    assertThat(live.findings(allow("other", " other"))).as("$default serves it").isEmpty();
    World closed = World.of(ApiType.WEBSOCKET, "$connect", "send");
    assertThat(closed.findings(allow("other", " other")))
        .extracting(Finding::code)
        .containsExactly(FindingCode.UNREACHABLE);
  }

  @Test
  void withoutARouteTableOnlyTheTextCounts() {
    World unknown = World.of(ApiType.REST);
    assertThat(unknown.findings(allow("all", "GET /a/**"), allow("one", "GET /a/{x}/b")))
        .extracting(finding -> finding.code() + " " + finding.about().text())
        .containsExactly("REDUNDANT one");
    assertThat(unknown.findings(allow("greedy", "GET /a/{p+}"), allow("sub", "GET /a/{x}/**")))
        .as("a doubled slash is only below the greedy one")
        .extracting(finding -> finding.code() + " " + finding.about().text())
        .containsExactly("REDUNDANT sub");
  }

  @Test
  void aWaiverNamesAFindingByCodeOrByCodeAndSubject() {
    Finding finding = ORDERS.findings(allow("a", "GET /order")).getFirst();
    assertThat(finding.isNamed("unreachable")).isTrue();
    assertThat(finding.isNamed("unreachable a")).isTrue();
    assertThat(finding.isNamed("unreachable b")).isFalse();
    assertThat(finding.isNamed("redundant")).isFalse();
  }
}
