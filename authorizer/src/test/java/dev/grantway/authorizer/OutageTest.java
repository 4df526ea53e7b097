package dev.grantway.authorizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.policy.RoleName;
import dev.grantway.store.Revocation;
import dev.grantway.store.Revocation.Kind;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Outages end to end: stale for a while, then 500, never an Allow that nobody knows. */
@Timeout(60)
class OutageTest {
  private static final String DOWN = "the authorizer cannot answer: policy-unavailable";

  private final HandlerWorld world = new HandlerWorld(Policies.orders());

  private String orders(String token) {
    return world.call(token, "GET", "/orders", "/orders");
  }

  @Test
  void tableDownServesWhatIsHeldAndThenFails() {
    var token = world.token("alice", "clerk");
    assertThat(orders(token)).isEqualTo("ALLOW");
    world.policy.down = true;
    world.clock.advance(Duration.ofMinutes(5));
    assertThat(orders(token)).isEqualTo("ALLOW");
    assertThat(world.logged("/stale")).isEqualTo("true");
    assertThat(orders(world.token("bob", "clerk"))).isEqualTo(DOWN);
    world.clock.advance(Duration.ofSeconds(1));
    assertThat(orders(token)).isEqualTo(DOWN);
    world.policy.down = false;
    assertThat(orders(token)).isEqualTo("ALLOW");
    assertThat(world.logged("/stale")).isEqualTo("false");
  }

  @Test
  void badTokenIsUnauthorizedEvenWhileTheTableIsDown() {
    world.policy.down = true;
    assertThat(orders("AAAA.AAAA.AAAA")).isEqualTo("Unauthorized");
    assertThat(world.policy.reads).isEmpty();
  }

  @Test
  void tornSliceIsAFailureThatNamesTheItem() {
    world.policy.torn.put(new RoleName("viewer"), 1L);
    assertThat(orders(world.token("alice", "clerk")))
        .isEqualTo("the authorizer cannot answer: policy-torn");
    assertThat(world.logged("/detail")).contains("ROLE#viewer", "lacks a chunk");
    assertThat(orders(world.token("alice", "auditor"))).isEqualTo("ALLOW");
  }

  @Test
  void issuerThatWasNeverReachedIsTheOneFailureOfAToken() {
    var remote =
        HandlerWorld.issuer("")
            .replaceAll("\"jwks\": .*}]}", "\"jwksUri\": \"http://127.0.0.1:1/keys\"");
    var unreached =
        new HandlerWorld(
            Policies.orders().policy(), Map.of("GRANTWAY_ISSUERS", "[" + remote + "]"));
    assertThat(unreached.call(unreached.token("a", "clerk"), "GET", "/orders", "/orders"))
        .isEqualTo("the authorizer cannot answer: keys-unavailable");
    assertThat(unreached.log.getFirst()).contains("key-set-not-fetched", "\"issuer\":\"corp\"");
    assertThat(unreached.call("AAAA.AAAA.AAAA", "GET", "/orders", "/orders"))
        .isEqualTo("Unauthorized");
  }

  @Test
  void revokedTokenIsUnauthorizedWithinMaxAge() {
    var token = world.token("alice", "clerk");
    assertThat(orders(token)).isEqualTo("ALLOW");
    var at = world.clock.instant();
    world.policy.revoke(
        new Revocation(
            0,
            true,
            Kind.TOKEN_ID,
            "corp",
            "t-alice",
            at,
            at.plusSeconds(86_400),
            "olga",
            at,
            "r"));
    world.clock.advance(Duration.ofSeconds(6));
    assertThat(orders(token)).isEqualTo("Unauthorized");
    assertThat(world.logged("/reason")).isEqualTo("revoked");
    assertThat(orders(world.token("bob", "clerk"))).isEqualTo("ALLOW");
  }

  @Test
  void publishedDenyIsInForceWithinMaxAge() {
    var token = world.token("alice", "clerk");
    assertThat(orders(token)).isEqualTo("ALLOW");
    world.policy.publish(Policies.orders().deny("stop", "viewer", "GET", "/orders").policy());
    world.clock.advance(Duration.ofMillis(5_001));
    assertThat(orders(token)).isEqualTo("EXPLICIT_DENY");
    assertThat(world.logged("/reason")).isEqualTo("explicit-deny");
  }
}
