package dev.grantway.authorizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.authorizer.keys.KeyServer;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.RoleName;
import dev.grantway.store.Revocation;
import dev.grantway.store.Revocation.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is published or revoked reaches an instance within {@code maxAge}, and at which reads. */
@Timeout(60)
class FreshnessTest {
  private static final Duration MAX_AGE = Duration.ofSeconds(5);
  private static final String MORE =
      ",\"client_id\":\"web\",\"sid\":\"s-1\",\"groups\":[\"staff\"]";

  private final HandlerWorld world = new HandlerWorld(Policies.orders());
  private final String token = world.tokenWith("alice", MORE);
  private volatile TestPolicy asked = world.policy;

  private String orders(String bearer) {
    return world.call(bearer, "GET", "/orders", "/orders");
  }

  private List<String> reads(String bearer) {
    world.policy.reads.clear();
    orders(bearer);
    return world.policy.reads.stream().sorted().toList();
  }

  private void toTheEndOfMaxAge() {
    world.clock.advance(MAX_AGE.plusMillis(1));
  }

  private static Assignment assignment(Assignment.Kind kind, String value) {
    return new Assignment(new RoleName("viewer"), "corp", kind, value, null);
  }

  @Test
  void assignmentOfEveryKindIsInForceWithinMaxAgeAndCostsNothingWarm() {
    var values = new EnumMap<Assignment.Kind, String>(Assignment.Kind.class);
    values.put(Assignment.Kind.SUBJECT, "alice");
    values.put(Assignment.Kind.CLIENT, "web");
    values.put(Assignment.Kind.GROUP, "staff");
    assertThat(values.keySet()).containsExactly(Assignment.Kind.values());
    assertThat(orders(token)).isEqualTo("EXPLICIT_DENY");
    values.forEach(
        (kind, value) -> {
          world.policy.publish(Policies.orders().assign(assignment(kind, value)).policy());
          toTheEndOfMaxAge();
          assertThat(orders(token)).as(kind.name()).isEqualTo("ALLOW");
          assertThat(reads(token)).as(kind.name()).isEmpty();
          world.policy.publish(Policies.orders().policy());
          toTheEndOfMaxAge();
          assertThat(orders(token)).as("without " + kind).isEqualTo("EXPLICIT_DENY");
        });
  }

  @Test
  void revocationOfEveryKindIsInForceWithinMaxAgeAndCostsNothingWarm() {
    var values = new EnumMap<Kind, String>(Kind.class);
    values.put(Kind.TOKEN_ID, "t-alice");
    values.put(Kind.SUBJECT, "alice");
    values.put(Kind.CLIENT, "web");
    values.put(Kind.SESSION, "s-1");
    assertThat(values.keySet()).containsExactlyInAnyOrder(Kind.values());
    var bearer = world.tokenWith("alice", MORE, "viewer");
    var other = world.token("bob", "viewer");
    assertThat(orders(bearer)).isEqualTo("ALLOW");
    values.forEach(
        (kind, value) -> {
          revoke(kind, value, true);
          assertThat(reads(bearer)).as("not known of yet").isEmpty();
          toTheEndOfMaxAge();
          assertThat(reads(bearer)).as(kind.name()).containsExactly("head", "revocations");
          assertThat(orders(bearer)).as(kind.name()).isEqualTo("Unauthorized");
          assertThat(orders(other)).as(kind.name()).isEqualTo("ALLOW");
          assertThat(reads(bearer)).as(kind.name()).isEmpty();
          revoke(kind, value, false);
          toTheEndOfMaxAge();
          assertThat(orders(bearer)).as("lifted " + kind).isEqualTo("ALLOW");
        });
  }

  private void revoke(Kind kind, String value, boolean added) {
    var at = world.clock.instant();
    world.policy.revoke(
        new Revocation(
            0,
            added,
            kind,
            "corp",
            value,
            at.plusSeconds(1),
            at.plusSeconds(86_400),
            "olga",
            at,
            "lost laptop"));
  }

  @Test
  void forgedTokensCauseOneReadOfHeadInMaxAge() {
    var genuine = world.token("alice", "viewer");
    orders(genuine);
    var forged = genuine.substring(0, genuine.length() - 8) + "AAAAAAAA";
    assertThat(reads(forged)).as("head is fresh").isEmpty();
    toTheEndOfMaxAge();
    world.policy.reads.clear();
    for (int i = 0; i < 50; i++) {
      assertThat(orders(forged)).isEqualTo("Unauthorized");
    }
    assertThat(world.policy.reads.size()).isLessThanOrEqualTo(1);
    assertThat(orders(genuine)).isEqualTo("ALLOW");
  }

  @Test
  void headIsReadWhileTheKeysAre() throws IOException {
    try (var server = new KeyServer((_, out) -> keysOnceHeadIsAskedFor(out))) {
      var remote =
          HandlerWorld.issuer("")
              .replaceAll("\"jwks\": .*}]}", "\"jwksUri\": \"" + server.uri("/keys") + "\"");
      var cold =
          new HandlerWorld(
              Policies.orders().policy(), Map.of("GRANTWAY_ISSUERS", "[" + remote + "]"));
      asked = cold.policy;
      assertThat(cold.call(cold.token("a", "viewer"), "GET", "/orders", "/orders"))
          .isEqualTo("ALLOW");
    }
  }

  /** Without an answer the fetch gives up after a second and a half, and the call is a 500. */
  private void keysOnceHeadIsAskedFor(OutputStream out) throws IOException {
    long giveUp = System.nanoTime() + Duration.ofSeconds(3).toNanos();
    while (asked.reads.isEmpty() && System.nanoTime() < giveUp) {
      Thread.onSpinWait();
    }
    KeyServer.send(out, 200, "Content-Type: application/json\r\n", SigningKeys.keySet());
  }
}
