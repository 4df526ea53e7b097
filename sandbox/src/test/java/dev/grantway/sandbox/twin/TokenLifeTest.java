package dev.grantway.sandbox.twin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.policy.Policy;
import dev.grantway.policyfile.PolicyFile;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * GATEWAY rule 15: a cached Allow outlives its token's {@code exp} by up to the TTL, and by no more
 * than that; the admin app shows the TTL as part of a token's life (ViewsTest there).
 */
class TokenLifeTest {
  private static final Policy POLICY =
      ((PolicyFile.Read) PolicyFile.read(PolicyFile.ordersSample(), "orders.yaml")).policy();
  private static final Duration SKEW = Duration.ofSeconds(60);
  private static final Duration TTL = Duration.ofSeconds(300);

  private static RealWorld world(String cacheKey, List<String> identitySources) throws Exception {
    var orders = POLICY.apiNamed("orders").orElseThrow();
    return new RealWorld(POLICY, orders, "prod", "corp", cacheKey, identitySources);
  }

  private static String answer(RealWorld world, RealWorld.Caller caller) throws Exception {
    var response = world.call("GET", "/orders/prod/orders", caller);
    return response.status() + " " + RealWorld.cache(response);
  }

  @Test
  void aCachedAllowOutlivesTheTokenByTheTtlAtMost() throws Exception {
    try (RealWorld world = world("token+route", World.TOKEN_AND_ROUTE)) {
      var caller = new RealWorld.Caller(world.issuer.withRoles(List.of("viewer")));
      Duration begun = Duration.ofHours(1).plus(SKEW).minusSeconds(1);
      world.clock.advance(begun);
      assertThat(answer(world, caller)).as("the last second of the token").isEqualTo("200 miss");
      world.clock.advance(TTL.minusSeconds(1));
      assertThat(answer(world, caller)).as("long after its end").isEqualTo("200 hit");
      world.clock.advance(Duration.ofSeconds(1));
      assertThat(answer(world, caller)).as("a TTL after it was last seen").isEqualTo("401 miss");
    }
  }

  @Test
  void withoutACacheATokenEndsWithItsExp() throws Exception {
    try (RealWorld world = world("none", List.of())) {
      var caller = new RealWorld.Caller(world.issuer.withRoles(List.of("viewer")));
      world.clock.advance(Duration.ofHours(1).plus(SKEW).minusSeconds(1));
      assertThat(answer(world, caller)).isEqualTo("200 off");
      world.clock.advance(Duration.ofSeconds(1));
      assertThat(answer(world, caller)).isEqualTo("401 off");
    }
  }
}
