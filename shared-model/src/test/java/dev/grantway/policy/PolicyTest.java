package dev.grantway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.RouteTable;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {
  private static Role role(String name, String... inherits) {
    var parents = new TreeSet<RoleName>();
    Arrays.stream(inherits).map(RoleName::new).forEach(parents::add);
    return new Role(name, new RoleName(name), "", "", parents);
  }

  @Test
  void closureIsTransitiveAndSkipsWhatIsNotInThePolicy() {
    var graph =
        new RoleGraph(
            List.of(role("a", "b", "c"), role("b", "d"), role("c", "d"), role("d", "gone")));
    assertThat(graph.closure(List.of(new RoleName("a"))).toString())
        .isEqualTo("[a, b, c, d, gone]");
    assertThat(graph.closure(List.of(new RoleName("d"), new RoleName("x"))).toString())
        .isEqualTo("[d, gone, x]");
  }

  @Test
  void theWayToAnInheritedRoleIsTheShortestAndTheFirstByName() {
    var graph =
        new RoleGraph(
            List.of(role("a", "b", "c", "x"), role("b", "d"), role("c", "d"), role("x", "b")));
    assertThat(graph.path(new RoleName("a"), new RoleName("d")).toString()).isEqualTo("[a, b, d]");
    assertThat(graph.path(new RoleName("a"), new RoleName("a")).toString()).isEqualTo("[a]");
    assertThat(graph.path(new RoleName("d"), new RoleName("a"))).isEmpty();
  }

  @Test
  void aCycleIsRefusedNamingIt() {
    assertThatThrownBy(() -> new RoleGraph(List.of(role("clerk", "staff"), role("staff", "clerk"))))
        .hasMessage(
            "role `clerk` inherits itself through `clerk` → `staff` → `clerk`: remove one of these");
  }

  @Test
  void aDiamondIsNoCycle() {
    assertThat(
            new RoleGraph(List.of(role("a", "b", "c"), role("b", "d"), role("c", "d"), role("d"))))
        .isNotNull();
  }

  @Test
  void everySmallGraphIsRefusedExactlyWhenARoleReachesItself() {
    int cyclic = 0;
    for (int edges = 0; edges < 1 << 12; edges++) {
      var roles = new java.util.ArrayList<Role>();
      boolean[][] reach = new boolean[4][4];
      int bit = 0;
      for (int from = 0; from < 4; from++) {
        var parents = new TreeSet<RoleName>();
        for (int to = 0; to < 4; to++) {
          if (from != to && (edges >> bit++ & 1) == 1) {
            parents.add(new RoleName("r" + to));
            reach[from][to] = true;
          }
        }
        roles.add(new Role("r" + from, new RoleName("r" + from), "", "", parents));
      }
      for (int k = 0; k < 4; k++) {
        for (int i = 0; i < 4; i++) {
          for (int j = 0; j < 4; j++) {
            reach[i][j] |= reach[i][k] && reach[k][j];
          }
        }
      }
      boolean hasCycle = reach[0][0] || reach[1][1] || reach[2][2] || reach[3][3];
      cyclic += hasCycle ? 1 : 0;
      if (hasCycle) {
        assertThatThrownBy(() -> new RoleGraph(roles)).hasMessageContaining("inherits itself");
      } else {
        assertThat(new RoleGraph(roles)).isNotNull();
      }
    }
    assertThat(cyclic).isBetween(1_000, 4_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a#b", "a b", "a\tb", "\u00e4", "a*"})
  void namesThatCannotBeKeysAreRefused(String name) {
    assertThatThrownBy(() -> new RoleName(name)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PermissionId(name)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ApiId(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void namesHaveALimit() {
    assertThat(new RoleName("r".repeat(128)).value()).hasSize(128);
    assertThatThrownBy(() -> new RoleName("r".repeat(129)))
        .hasMessage("role name needs 1 to 128 characters, got 129");
  }

  @Test
  void validityIsFromInclusiveUntilExclusiveInWholeSeconds() {
    Instant from = Instant.parse("2026-01-01T00:00:00Z");
    Instant until = Instant.parse("2026-02-01T00:00:00Z");
    var window = new Validity(from, until);
    assertThat(window.contains(from)).isTrue();
    assertThat(window.contains(from.minusNanos(1))).isFalse();
    assertThat(window.contains(until.minusNanos(1))).isTrue();
    assertThat(window.contains(until)).isFalse();
    assertThat(new Validity(null, until).contains(Instant.MIN.plusSeconds(1))).isTrue();
    assertThat(new Validity(from, null).contains(Instant.MAX)).isTrue();
  }

  @Test
  void emptyWindowsAndFractionsAreRefused() {
    Instant at = Instant.parse("2026-01-01T00:00:00Z");
    assertThatThrownBy(() -> new Validity(at, at)).hasMessageContaining("not after its start");
    assertThatThrownBy(() -> new Validity(at.plusMillis(1), null))
        .hasMessageContaining("whole seconds");
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "203.0.113.9, 203.0.113.9, true",
    "203.0.113.9, 203.0.113.8, false",
    "0.0.0.0/0, 8.8.8.8, true",
    "0.0.0.0/0, ::1, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "203.0.113.128/25, 203.0.113.127, false",
  })
  void addressesLieInTheirBlocks(String block, String address, boolean expected) {
    InetAddress parsed = Cidr.address(address).orElseThrow();
    assertThat(Cidr.parse(block).contains(parsed)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "10.1",
        "1.2.3.4/33",
        "1.2.3.4/",
        "1.2.3.4/-1",
        "::1%lo",
        "999.1.1.1",
        "::1/129",
        "",
        "1.2.3.4/x"
      })
  void whatIsNoAddressIsRefused(String text) {
    assertThatThrownBy(() -> Cidr.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "IpAddress, time.now, 10.0.0.0/8",
    "StringEquals, request.sourceIp, 10.0.0.1",
    "DateLessThan, token.scopes, 2026-01-01T00:00:00Z",
    "NumericEquals, token.client, 1",
    "NumericEquals, claims.age, ten",
    "DateLessThan, time.now, tomorrow",
    "Bool, claims.mfa, yes",
    "Null, claims.mfa, maybe",
    "IpAddress, request.sourceIp, example.org",
  })
  void conditionsThatCannotBeEvaluatedAreRefused(String operator, String attribute, String value) {
    assertThatThrownBy(
            () ->
                new Condition.Clause(
                    Operator.parse(operator), Attribute.parse(attribute), List.of(value)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"claims.", "claims.a.b", "user.name", "request.header.", "request.query."})
  void unknownAttributesAreRefused(String text) {
    assertThatThrownBy(() -> Attribute.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void attributesAreWrittenAsTheyAreRead() {
    for (String text :
        List.of(
            "claims.sub",
            "token.scopes",
            "token.client",
            "request.sourceIp",
            "request.header.x-a",
            "request.query.v",
            "time.now")) {
      assertThat(Attribute.parse(text).text()).isEqualTo(text);
    }
    assertThat(Attribute.parse("request.header.X-A").text()).isEqualTo("request.header.x-a");
  }

  @Test
  void theSameClauseTwiceIsRefused() {
    var clause =
        new Condition.Clause(Operator.BOOL, Attribute.parse("claims.mfa"), List.of("true"));
    assertThatThrownBy(() -> new Condition(List.of(clause, clause))).hasMessageContaining("twice");
  }

  @Test
  void everyLimitOfARecordIsSaidInItsMessage() {
    var name = new RoleName("a");
    Map<String, ThrowingCallable> refused = new LinkedHashMap<>();
    refused.put("inherits itself: remove it", () -> role("a", "a"));
    refused.put("at most 1000", () -> new Role("a", name, "x".repeat(1001), "", new TreeSet<>()));
    refused.put("at most 1000 ", () -> new Role("a", name, "", "x".repeat(1001), new TreeSet<>()));
    for (var stage : List.of("*", "", "a/b", "a;b", "$connect", "pr?d", "x".repeat(129))) {
      refused.put("stage `" + stage + "` needs", () -> api("prod", stage));
    }
    refused.put("stage `a/b` needs 1 to 128", () -> new StageScope("a/b"));
    refused.put("needs distinct stages", () -> api());
    refused.put("distinct stages", () -> api("prod", "prod"));
    refused.put(
        "needs at least one value",
        () -> new Condition.Clause(Operator.STRING_EQUALS, new Attribute.Claim("c"), List.of()));
    refused.put(
        "at most 32 characters",
        () ->
            new Condition.Clause(
                Operator.NUMERIC_EQUALS, new Attribute.Claim("c"), List.of("1".repeat(33))));
    refused.put("is none of", () -> Operator.parse("StringMatches"));
    refused.put("0 to 10, got -1", () -> approval(-1));
    refused.put("0 to 10, got 11", () -> approval(11));
    refused.put("at least one day, got 0", () -> new Rules.Retention(0));
    refused.put("whole seconds", () -> given("alice", Instant.parse("2026-02-01T00:00:00.5Z")));
    for (String value : List.of("", "a\tb", "a".repeat(257))) {
      assertThatThrownBy(() -> given(value, null)).isInstanceOf(IllegalArgumentException.class);
    }
    refused.forEach(
        (says, made) ->
            assertThatThrownBy(made)
                .as(says)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(says));
    assertThat(approval(0).required() + approval(10).required()).isEqualTo(10);
    assertThat(new Rules.Retention(1).days()).contains(1);
    assertThat(Rules.Retention.EVERYTHING.days()).isEmpty();
    assertThat(given("a".repeat(256), null).isLiveAt(Instant.MAX)).isTrue();
  }

  private static Api api(String... stages) {
    var routes = new RouteTable(ApiType.REST, List.of());
    return new Api(new ApiId("a1"), "orders", List.of(stages), routes, false);
  }

  private static Rules.ApprovalRule approval(int required) {
    return new Rules.ApprovalRule(new ApiId("a1"), StageScope.EVERY, required);
  }

  private static Assignment given(String value, @Nullable Instant until) {
    return new Assignment(new RoleName("r"), "corp", Assignment.Kind.SUBJECT, value, until);
  }

  @Test
  void routeKeysHaveNoMethodsAndPathsHaveSome() {
    assertThatThrownBy(() -> permission(ResourcePattern.parse("/a"), Set.of(Action.CONNECT)))
        .hasMessageContaining("route key");
    assertThatThrownBy(() -> permission(ResourcePattern.parseRouteKey("send"), Set.of(Action.GET)))
        .hasMessageContaining("route key");
    assertThatThrownBy(() -> permission(ResourcePattern.parse("/a"), EnumSet.allOf(Action.class)))
        .hasMessageContaining("route key");
    assertThatThrownBy(() -> permission(ResourcePattern.parse("/a"), Set.of()))
        .hasMessageContaining("at least one method");
  }

  private static Permission permission(ResourcePattern resource, Set<Action> actions) {
    return new Permission(
        new PermissionId("p"),
        new RoleName("r"),
        Effect.ALLOW,
        new ApiId("api"),
        StageScope.EVERY,
        actions,
        resource,
        Condition.NONE,
        Validity.ALWAYS,
        "");
  }

  @Test
  void unknownRolesAndApisAreRefused() {
    assertThatThrownBy(
            () -> new Policy(List.of(), List.of(role("a", "b")), List.of(), List.of(), Rules.NONE))
        .hasMessageContaining("unknown role `b`");
    assertThatThrownBy(
            () ->
                new Policy(
                    List.of(),
                    List.of(role("r")),
                    List.of(permission(ResourcePattern.parse("/a"), Set.of(Action.GET))),
                    List.of(),
                    Rules.NONE))
        .hasMessageContaining("unknown API `api`");
    assertThatThrownBy(
            () ->
                new Policy(
                    List.of(), List.of(role("a"), role("a")), List.of(), List.of(), Rules.NONE))
        .hasMessageContaining("there twice");
  }

  @Test
  void assignmentsEndAtTheirInstant() {
    Instant until = Instant.parse("2026-02-01T00:00:00Z");
    var given = new Assignment(new RoleName("r"), "corp", Assignment.Kind.SUBJECT, "alice", until);
    assertThat(given.isLiveAt(until.minusNanos(1))).isTrue();
    assertThat(given.isLiveAt(until)).isFalse();
    assertThat(given.until()).contains(until);
  }
}
