package dev.grantway.admin.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.admin.common.Sentence;
import dev.grantway.policy.Api;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.policy.StageScope;
import dev.grantway.resource.Action;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import dev.grantway.resource.Template;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What of a draft's effect is said to deserve a second look. */
class RiskTest {
  private World world = new World();

  private Effect effect(Change... changes) {
    assertThat(world.changes.stage(Sentence.of("label.permission.add", "x"), List.of(changes)))
        .isInstanceOf(Staged.Done.class);
    return world.changes.review().effect();
  }

  private List<String> risks(Change... changes) {
    return effect(changes).risks().stream()
        .map(it -> it.kind() + " " + it.about().in(Locale.ENGLISH))
        .toList();
  }

  private Change allow(String role, String id, String method, String resource) {
    return Change.add(new PolicyRow.OfPermission(world.permission(role, id, method, resource)));
  }

  @Test
  void aTaggedRouteIsNamedForEachRoleThatGainsIt() {
    assertThat(risks(allow("support", "x", "POST", "/orders/{id}/refunds")))
        .containsExactly(
            "TAGGED role support may call orders POST /orders/{id}/refunds, which is tagged money");
  }

  @Test
  void nothingIsSaidOfAPlainGrant() {
    assertThat(risks(allow("support", "x", "GET", "/customers"))).isEmpty();
  }

  @Test
  void whatReachesRoutesToComeIsNamedUnlessItDidBefore() {
    Change wide = allow("support", "wide", "GET", "/customers/**");
    assertThat(risks(wide))
        .anyMatch(it -> it.startsWith("WILDCARD") && it.contains("/customers/**"));
    world.publish(world.changes.draft().hash(), "why");
    Permission was = world.permission("support", "wide", "GET", "/customers/**");
    Permission noted =
        new Permission(
            was.id(),
            was.role(),
            was.effect(),
            was.api(),
            was.stage(),
            was.actions(),
            was.resource(),
            was.condition(),
            was.validity(),
            "OPS-1");
    assertThat(
            risks(Change.alter(new PolicyRow.OfPermission(was), new PolicyRow.OfPermission(noted))))
        .isEmpty();
  }

  @Test
  void whatARoleBeginsOrEndsToInheritIsGainedOrLost() {
    Role support = world.repository.live().role(new RoleName("support")).orElseThrow().role();
    var more = new TreeSet<>(support.inherits());
    more.add(new RoleName("finance"));
    for (boolean begins : new boolean[] {true, false}) {
      world = new World();
      TreeSet<RoleName> inherits = begins ? more : new TreeSet<>();
      var after =
          new Role(support.id(), support.name(), support.description(), support.owner(), inherits);
      List<String> grants =
          effect(Change.alter(new PolicyRow.OfRole(support), new PolicyRow.OfRole(after)))
              .grants()
              .stream()
              .map(it -> it.kind() + " " + it.role() + " " + it.route())
              .toList();
      assertThat(grants)
          .contains(
              begins
                  ? "GAINED support POST /orders/{id}/refunds"
                  : "LOST support GET /orders/{id}");
    }
  }

  @Test
  void theBuiltInRoleIsEveryone() {
    assertThat(risks(allow("authenticated", "x", "GET", "/customers")))
        .containsExactly(
            "EVERYONE whoever is signed in may call orders GET /customers, whatever their roles");
  }

  @Test
  void aRouteThatNobodyMayCallAnyMoreIsNamed() {
    Permission x = world.permission("one", "x", "PUT", "/customers/{id}");
    var roles =
        Stream.of("one", "two")
            .map(name -> new Role("r-" + name, new RoleName(name), "", "", new TreeSet<>()))
            .toList();
    for (boolean another : new boolean[] {false, true}) {
      var permissions = new ArrayList<>(List.of(x));
      if (another) {
        permissions.add(world.permission("two", "y", "PUT", "/customers/**"));
      }
      world =
          new World(new Policy(World.sample().apis(), roles, permissions, List.of(), Rules.NONE));
      List<String> risks = risks(Change.remove(new PolicyRow.OfPermission(x)));
      if (another) {
        assertThat(risks).isEmpty();
      } else {
        assertThat(risks)
            .containsExactly(
                "NOBODY no role may call orders PUT /customers/{customerId} on stage dev any more",
                "NOBODY no role may call orders PUT /customers/{customerId} on stage prod any more");
      }
    }
  }

  @Test
  void aRouteTableChangesWhatWildcardsReach() {
    Api api = world.api();
    var routes = new ArrayList<>(api.routes().routes());
    routes.add(
        new Route(
            Set.of(Action.GET),
            Template.parse("/files/secret"),
            "",
            new TreeSet<>(Set.of("Pii")),
            "",
            Route.Access.GRANTED,
            Route.State.NEW));
    var after =
        new Api(
            api.id(),
            api.name(),
            api.stages(),
            new RouteTable(api.type(), routes),
            api.allowUnconfirmedRouteTable());
    Effect effect =
        effect(
            allow("support", "files", "GET", "/files/**"),
            Change.alter(new PolicyRow.OfApi(api), new PolicyRow.OfApi(after)));
    assertThat(effect.grants())
        .anyMatch(
            it -> it.route().equals("GET /files/secret") && it.role().value().equals("support"));
    assertThat(effect.risks()).extracting(Risk::kind).contains(Risk.Kind.TAGGED);
  }

  @Test
  void aStageOfTheBaseStaysApart() {
    Change devOnly =
        Change.add(
            new PolicyRow.OfPermission(
                new Permission(
                    new dev.grantway.policy.PermissionId("dev-only"),
                    new RoleName("support"),
                    dev.grantway.policy.Effect.ALLOW,
                    World.ORDERS,
                    new StageScope("dev"),
                    Set.of(Action.GET),
                    dev.grantway.resource.ResourcePattern.parse("/customers"),
                    dev.grantway.policy.Condition.NONE,
                    dev.grantway.policy.Validity.ALWAYS,
                    "")));
    assertThat(effect(devOnly).grants())
        .singleElement()
        .satisfies(it -> assertThat(it.stages()).containsExactly("dev"));
  }
}
