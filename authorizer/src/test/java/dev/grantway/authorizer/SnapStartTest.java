package dev.grantway.authorizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.authorizer.keys.KeyServer;
import dev.grantway.compile.DocumentScope;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.crac.Core;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens around a snapshot; {@code runtime} has the same under AWS's own client. */
class SnapStartTest {
  private final HandlerWorld world = new HandlerWorld(Policies.orders());

  private static void checkpoint(HandlerWorld world) {
    world.handler.beforeCheckpoint(Core.getGlobalContext());
  }

  private static void restore(HandlerWorld world) {
    world.handler.afterRestore(Core.getGlobalContext());
  }

  @ParameterizedTest
  @EnumSource
  void primingDecidesUnderEveryScope(DocumentScope scope) {
    assertThat(new Priming(scope, world.clock).run()).as("RS256 and ES256").isEqualTo(2);
  }

  @Test
  void primingReadsHeadOnceAndNothingElse() {
    checkpoint(world);
    assertThat(world.policy.reads).containsExactly("head");
    assertThat(world.logged("/event")).isEqualTo("primed");
    assertThat(world.logged("/decisions")).isEqualTo("2");
    assertThat(world.log).hasSize(1);
  }

  @Test
  void primingThatFailsIsSaidAndThrowsNothing() {
    world.policy.down = true;
    checkpoint(world);
    assertThat(world.logged("/event")).isEqualTo("not-primed");
    assertThat(world.logged("/detail")).contains("StoreException");
    var token = world.token("alice", "viewer");
    assertThat(world.call(token, "GET", "/orders", "/orders")).contains("policy-unavailable");
    world.policy.down = false;
    assertThat(world.call(token, "GET", "/orders", "/orders")).isEqualTo("ALLOW");
  }

  @Test
  void callerMadeUpForPrimingIsUnknownToWhoServesCalls() throws Exception {
    checkpoint(world);
    restore(world);
    for (var token : new DummyIssuer().tokens("clerk", world.clock.instant())) {
      assertThat(world.call(token, "GET", "/orders", "/orders")).isEqualTo("Unauthorized");
      assertThat(world.logged("/reason")).isEqualTo("unknown-issuer");
    }
  }

  /** The clock stands still, so what was held would have served. */
  @Test
  void nothingHeldBeforeTheSnapshotServesAfterARestore() {
    var token = world.token("alice", "viewer");
    assertThat(world.call(token, "GET", "/orders", "/orders")).isEqualTo("ALLOW");
    world.policy.publish(new Policies().role("viewer").policy());
    assertThat(world.call(token, "GET", "/orders", "/orders")).as("held").isEqualTo("ALLOW");
    checkpoint(world);
    assertThat(world.call(token, "GET", "/orders", "/orders")).as("held").isEqualTo("ALLOW");
    restore(world);
    assertThat(world.call(token, "GET", "/orders", "/orders")).isEqualTo("EXPLICIT_DENY");
  }

  @Test
  void keysAreFetchedAnewAfterARestore() throws IOException {
    var fetches = new AtomicInteger();
    try (var server =
        new KeyServer(
            (_, out) -> {
              fetches.incrementAndGet();
              KeyServer.send(out, 200, "Content-Type: application/json\r\n", SigningKeys.keySet());
            })) {
      var issuer =
          HandlerWorld.issuer("")
              .replaceAll("\"jwks\": .*}]}", "\"jwksUri\": \"" + server.uri("/keys") + "\"");
      var remote =
          new HandlerWorld(
              Policies.orders().policy(), Map.of("GRANTWAY_ISSUERS", "[" + issuer + "]"));
      var token = remote.token("alice", "viewer");
      remote.call(token, "GET", "/orders", "/orders");
      remote.call(token, "GET", "/orders", "/orders");
      assertThat(fetches).hasValue(1);
      restore(remote);
      assertThat(remote.call(token, "GET", "/orders", "/orders")).isEqualTo("ALLOW");
      assertThat(fetches).hasValue(2);
    }
  }
}
