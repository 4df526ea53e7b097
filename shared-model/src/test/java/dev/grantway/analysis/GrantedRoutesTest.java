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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GrantedRoutesTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final List<String> PATTERNS = List.of("/a", "/a/**", "/b/{id}", "/**", "/c");

  private final Api api =
      new Api(
          new ApiId("a1"),
          "orders",
          List.of("dev", "prod"),
          new RouteTable(
              ApiType.REST,
              Stream.of("GET /a", "POST /a", "GET /a/{id}", "GET /b/{id}", "GET /c/{path+}")
                  .map(Route::parse)
                  .toList()),
          true);
  private final TouchedRoutes touched = new TouchedRoutes(api);

  private Permission permission(Random random, int number) {
    Instant end = NOW.plusSeconds(random.nextInt(-2, 3));
    return new Permission(
        new PermissionId("p" + number),
        new RoleName("r"),
        random.nextInt(3) == 0 ? Effect.DENY : Effect.ALLOW,
        api.id(),
        new StageScope(List.of("*", "dev", "prod").get(random.nextInt(3))),
        Set.of(random.nextBoolean() ? Action.GET : Action.POST),
        ResourcePattern.parse(PATTERNS.get(random.nextInt(PATTERNS.size()))),
        Condition.NONE,
        random.nextInt(3) == 0
            ? Validity.ALWAYS
            : new Validity(random.nextInt(4) == 0 ? end.minusSeconds(1) : null, end),
        "");
  }

  /** At each instant, whatever was asked before, as one permission after the other says it. */
  @Test
  void aRouteIsGrantedWhereSomeAllowOfTheStageIsNotOver() {
    long seed = Long.getLong("grantway.seed", new Random().nextLong());
    var random = new Random(seed);
    int left = 0;
    for (int world = 0; world < 2_000; world++) {
      var permissions = new ArrayList<Permission>();
      for (int i = random.nextInt(5); i > 0; i--) {
        permissions.add(permission(random, i));
      }
      for (String stage : api.stages()) {
        GrantedRoutes granted = GrantedRoutes.of(stage, permissions.stream(), touched::of);
        for (int second = 3; second >= -3; second--) {
          Instant at = NOW.plusSeconds(second);
          var expected = new HashSet<Route>();
          permissions.stream()
              .filter(it -> it.effect() == Effect.ALLOW)
              .filter(it -> it.stage().includes(stage))
              .filter(it -> !it.validity().isOver(at))
              .forEach(it -> expected.addAll(touched.of(it)));
          assertThat(granted.at(at))
              .as("seed %d, world %d, %s at %s: %s", seed, world, stage, at, permissions)
              .isEqualTo(expected);
          left += expected.size();
        }
      }
    }
    assertThat(left).isPositive();
  }

  @Test
  void aGreedyTailNeedsItsParentAsARoute() {
    assertThat(lacking("GET /c/{path+}", "GET /a")).containsExactly("/c");
    assertThat(lacking("GET /c/{path+}", "POST /c")).as("by any method").isEmpty();
    assertThat(lacking("GET /{x}/{path+}", "GET /{y}")).as("of the same shape").isEmpty();
    assertThat(lacking("ANY /{proxy+}")).containsExactly("/");
    assertThat(lacking("ANY /{proxy+}", "GET /")).isEmpty();
    assertThat(lacking("GET /c/{id}", "GET /a")).isEmpty();
  }

  @Test
  void aGreedyTailLacksNothingWhereAnotherRouteTakesItsParent() {
    for (ApiType type : List.of(ApiType.REST, ApiType.HTTP)) {
      assertThat(lacking(type, "GET /c/{path+}", "ANY /{proxy+}")).containsExactly("/");
      assertThat(lacking(type, "GET /c/{path+}", "GET /{any}")).isEmpty();
      assertThat(lacking(type, "ANY /c/{path+}", "GET /{any}")).as("by one method").isEmpty();
      assertThat(lacking(type, "GET /c/{path+}", "POST /{any}")).containsExactly("/c");
      assertThat(lacking(type, "GET /a/{x}/{path+}", "GET /a/b"))
          .as("one value of many")
          .containsExactly("/a/{x}");
    }
    assertThat(lacking(ApiType.HTTP, "GET /c/{path+}", "$default")).isEmpty();
    Route route = Route.parse("$default");
    var gone =
        new Route(
            route.actions(),
            route.template(),
            "",
            route.tags(),
            "",
            route.access(),
            Route.State.GONE);
    Route greedy = Route.parse("GET /c/{path+}");
    assertThat(new GreedyTwins(new RouteTable(ApiType.HTTP, List.of(gone, greedy))).lacks(greedy))
        .as("what is gone takes nothing")
        .isTrue();
  }

  private static List<String> lacking(String... routes) {
    return lacking(ApiType.REST, routes);
  }

  private static List<String> lacking(ApiType type, String... routes) {
    List<Route> all = Stream.of(routes).map(Route::parse).toList();
    var twins = new GreedyTwins(new RouteTable(type, all));
    return all.stream().filter(twins::lacks).map(it -> GreedyTwins.parent(it).toString()).toList();
  }
}
