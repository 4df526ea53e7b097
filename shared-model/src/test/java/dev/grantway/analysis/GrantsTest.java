package dev.grantway.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
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
import org.junit.jupiter.api.Test;

class GrantsTest {
  private static final Instant CUT = Instant.parse("2027-01-01T00:00:00Z");
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
                  Route.parse("POST /orders/{id}"))),
          false);

  private static Permission permission(String id, String pattern, Validity validity) {
    return new Permission(
        new PermissionId(id),
        new RoleName("clerk"),
        Effect.ALLOW,
        API.id(),
        StageScope.EVERY,
        Set.of(Action.GET),
        ResourcePattern.parse(pattern),
        Condition.NONE,
        validity,
        "");
  }

  /** SEM-06. */
  @Test
  void atATimeThoseCountWhoseValidityHoldsThenAsIfItAlwaysDid() {
    Permission always = permission("always", "/orders", Validity.ALWAYS);
    Permission ends = permission("ends", "/orders", new Validity(null, CUT));
    Permission begins = permission("begins", "/orders", new Validity(CUT, null));
    List<Permission> all = List.of(always, ends, begins);
    assertThat(Grants.at(CUT.minusMillis(1), all))
        .containsExactly(always, permission("ends", "/orders", Validity.ALWAYS));
    assertThat(Grants.at(CUT, all))
        .containsExactly(always, permission("begins", "/orders", Validity.ALWAYS));
  }

  @Test
  void thoseTouchARouteThatMayDetermineItsGrants() {
    Permission order = permission("order", "/orders/{id}", Validity.ALWAYS);
    Permission one = permission("one", "/orders/42", Validity.ALWAYS);
    Permission wide = permission("wide", "/**", Validity.ALWAYS);
    Permission list = permission("list", "/orders", Validity.ALWAYS);
    List<Permission> all = List.of(order, one, wide, list);
    List<Route> routes = API.routes().routes();
    assertThat(Grants.touching(API, routes.subList(1, 2), all)).containsExactly(order, one, wide);
    assertThat(Grants.touching(API, routes.subList(2, 3), all)).as("other methods").isEmpty();
    assertThat(Grants.touching(API, routes.subList(0, 1), all)).containsExactly(wide, list);
  }
}
