package dev.grantway.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.StageScope;
import dev.grantway.policy.Validity;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class EffectiveChangeTest {
  private static final Api API =
      new Api(
          new ApiId("a1"),
          "orders",
          List.of("prod"),
          new RouteTable(
              ApiType.REST,
              List.of(
                  Route.parse("GET /orders"),
                  Route.parse("GET /orders/{id}"),
                  Route.parse("POST /orders/{id}/refunds"))),
          false);
  private static final RoleName CLERK = new RoleName("clerk");
  private static final RoleName LEAD = new RoleName("lead");
  private static final RoleGraph GRAPH =
      new RoleGraph(
          List.of(
              new Role("clerk", CLERK, "", "", new TreeSet<>()),
              new Role("lead", LEAD, "", "", new TreeSet<>(Set.of(CLERK)))));

  private static Permission permission(
      String id, Effect effect, Action action, String pattern, Validity validity) {
    return new Permission(
        new PermissionId(id),
        CLERK,
        effect,
        API.id(),
        StageScope.EVERY,
        Set.of(action),
        ResourcePattern.parse(pattern),
        Condition.NONE,
        validity,
        "");
  }

  private static Permission allow(String id, Action action, String pattern) {
    return permission(id, Effect.ALLOW, action, pattern, Validity.ALWAYS);
  }

  private static String change(List<Permission> before, List<Permission> after) {
    var grants = new RouteGrants(API, API.routes().routes());
    var comparison = new GrantComparison(grants, grants);
    List<EffectiveChange> changes =
        List.of(CLERK, LEAD).stream()
            .map(role -> comparison.of("prod", role, before, after))
            .toList();
    return "gained "
        + text(changes, EffectiveChange::gained)
        + " lost "
        + text(changes, EffectiveChange::lost)
        + " changed "
        + text(changes, EffectiveChange::changed);
  }

  private static List<String> text(
      List<EffectiveChange> changes, Function<EffectiveChange, List<Grant>> which) {
    return text(changes.stream().flatMap(it -> which.apply(it).stream()).toList());
  }

  private static List<String> text(List<Grant> grants) {
    return grants.stream()
        .map(
            g ->
                g.role()
                    + " "
                    + g.route()
                    + (g.conditional() ? "?" : "")
                    + (g.inherited() ? "^" : ""))
        .toList();
  }

  @Test
  void whatARoleGainsItsHeirsGainToo() {
    assertThat(change(List.of(), List.of(allow("a", Action.GET, "/orders/{id}"))))
        .isEqualTo("gained [clerk GET /orders/{id}, lead GET /orders/{id}^] lost [] changed []");
  }

  @Test
  void aDenyLosesWhatItOverrides() {
    Permission all = allow("a", Action.GET, "/**");
    Permission no = permission("d", Effect.DENY, Action.GET, "/orders/{id}", Validity.ALWAYS);
    assertThat(change(List.of(all), List.of(all, no)))
        .isEqualTo("gained [] lost [clerk GET /orders/{id}, lead GET /orders/{id}^] changed []");
  }

  @Test
  void narrowingAWildcardWithoutEffectChangesNothing() {
    assertThat(
            change(
                List.of(allow("a", Action.POST, "/**")),
                List.of(allow("a", Action.POST, "/orders/**"))))
        .isEqualTo("gained [] lost [] changed []");
  }

  @Test
  void anotherValidityIsAChange() {
    var until = new Validity(null, Instant.parse("2027-01-01T00:00:00Z"));
    assertThat(
            change(
                List.of(allow("a", Action.GET, "/orders")),
                List.of(permission("a", Effect.ALLOW, Action.GET, "/orders", until))))
        .isEqualTo("gained [] lost [] changed [clerk GET /orders?, lead GET /orders?^]");
  }

  @Test
  void aLiteralInAVariableGrantsAPart() {
    assertThat(change(List.of(), List.of(allow("a", Action.GET, "/orders/42"))))
        .isEqualTo("gained [clerk GET /orders/{id}?, lead GET /orders/{id}?^] lost [] changed []");
  }

  @Test
  void everythingBelowALiteralIsAPartOfTheVariable() {
    assertThat(change(List.of(), List.of(allow("a", Action.GET, "/orders/42/**"))))
        .isEqualTo("gained [clerk GET /orders/{id}?, lead GET /orders/{id}?^] lost [] changed []");
  }

  @Test
  void aRouteOfItsOwnIsNoPartOfTheVariableBesideIt() {
    Api withSearch =
        new Api(
            API.id(),
            "orders",
            List.of("prod"),
            new RouteTable(
                ApiType.REST,
                List.of(Route.parse("GET /orders/{id}"), Route.parse("GET /orders/search"))),
            false);
    List<Permission> permissions =
        List.of(
            allow("one", Action.GET, "/orders/{id}"),
            allow("search", Action.GET, "/orders/search"));
    assertThat(Grants.of(withSearch, "prod", CLERK, GRAPH, permissions).stream().map(Grant::by))
        .extracting(Object::toString)
        .containsExactly("[one]", "[search]");
  }

  @Test
  void anInheritedAllowOfTheWholeRouteDeterminesMoreThanAnOwnOneOfAPart() {
    Permission own =
        new Permission(
            new PermissionId("own"),
            LEAD,
            Effect.ALLOW,
            API.id(),
            StageScope.EVERY,
            Set.of(Action.GET),
            ResourcePattern.parse("/orders/42"),
            Condition.NONE,
            Validity.ALWAYS,
            "");
    List<Grant> grants =
        Grants.of(API, "prod", LEAD, GRAPH, List.of(allow("a", Action.GET, "/orders/{id}"), own));
    Grant one = grants.stream().filter(Grant::isAllowed).reduce((x, y) -> y).orElseThrow();
    assertThat(one.by()).hasToString("[a]");
    assertThat(one.inherited()).isTrue();
    assertThat(one.conditional()).isFalse();
  }
}
