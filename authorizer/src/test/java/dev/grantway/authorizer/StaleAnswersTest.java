package dev.grantway.authorizer;

import static dev.grantway.authorizer.HandlerWorld.request;
import static dev.grantway.authorizer.HandlerWorld.text;
import static dev.grantway.authorizer.Kinds.http2;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.compile.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is answered from before an outage gives nothing beyond {@code GRANTWAY_STALE_LIMIT}. */
@Timeout(60)
class StaleAnswersTest {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Instant END = TestClock.START.plus(LIMIT);
  private static final String TOO_OLD = "the authorizer cannot answer: policy-too-old";

  private static HandlerWorld world(String key, String ttl, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("GRANTWAY_CACHE_KEY", key);
    settings.put("GRANTWAY_CACHE_TTL", ttl);
    return new HandlerWorld(Policies.orders().policy(), settings);
  }

  private static String orders(HandlerWorld world) {
    return world.answer(request("GET", "/orders", "/orders", world.token("alice", "clerk")));
  }

  private static Verdict at(Instant at, String answer) {
    return HandlerWorld.verdictAt(at, answer, HandlerWorld.STAGE + "/GET/orders");
  }

  /** Warm, then without its table for that long. */
  private static HandlerWorld outage(HandlerWorld world, Duration length) {
    assertThat(at(world.clock.instant(), orders(world))).isEqualTo(Verdict.ALLOW);
    world.policy.down = true;
    world.clock.advance(length);
    return world;
  }

  private static void assertEndsWithTheLimit(String key) {
    var world = outage(world(key, "300s", Map.of()), Duration.ofMinutes(4));
    var answer = orders(world);
    assertThat(world.logged("/stale")).isEqualTo("true");
    assertThat(at(world.clock.instant(), answer)).isEqualTo(Verdict.ALLOW);
    assertThat(at(END.minusSeconds(1), answer)).isEqualTo(Verdict.ALLOW);
    assertThat(at(END, answer)).isNotEqualTo(Verdict.ALLOW);
    world.policy.down = false;
    assertThat(at(END, orders(world))).as("recovered").isEqualTo(Verdict.ALLOW);
    assertThat(world.logged("/stale")).isEqualTo("false");
  }

  @Test
  void documentForARouteEndsWithTheLimit() {
    assertEndsWithTheLimit("token+route");
  }

  @Test
  void documentForTheStageEndsWithTheLimit() {
    assertEndsWithTheLimit("token");
  }

  @Test
  void documentThatIsForgottenBeforeTheLimitIsTheSameAsEver() {
    var world = world("token+route", "60s", Map.of());
    var fresh = orders(world);
    assertThat(orders(outage(world, Duration.ofMinutes(3)))).isEqualTo(fresh);
    assertThat(world.logged("/stale")).isEqualTo("true");
  }

  @Test
  void answerWithoutConditionsIsAFailureWhereItWouldOutliveTheLimit() {
    var off = Map.of("GRANTWAY_IAM_CONDITIONS", "off");
    var world = outage(world("token+route", "60s", off), Duration.ofSeconds(228));
    assertThat(at(world.clock.instant(), orders(world))).isEqualTo(Verdict.ALLOW);
    world.clock.advance(Duration.ofSeconds(2));
    assertThat(orders(world)).isEqualTo(TOO_OLD);
    assertThat(world.logged("/detail")).contains("would outlive the stale limit");
    world.policy.down = false;
    assertThat(at(world.clock.instant(), orders(world))).isEqualTo(Verdict.ALLOW);
  }

  @Test
  void simpleAnswerIsAFailureWhereItWouldOutliveTheLimit() {
    var world =
        new HandlerWorld(
            Kinds.policy(),
            Map.of(
                "GRANTWAY_CACHE_KEY", "token+route",
                "GRANTWAY_CACHE_TTL", "60s",
                "GRANTWAY_SIMPLE_RESPONSES", "on"));
    var token = world.token("a", "viewer");
    var event = http2("GET", "/invoices", "GET /invoices", "", token);
    assertThat(text(world.answer(event), "/isAuthorized")).isEqualTo("true");
    world.policy.down = true;
    world.clock.advance(Duration.ofSeconds(228));
    assertThat(text(world.answer(event), "/isAuthorized")).isEqualTo("true");
    world.clock.advance(Duration.ofSeconds(2));
    assertThat(world.answer(event)).isEqualTo(TOO_OLD);
  }

  @Test
  void limitThatIsReachedInMidSecondLeavesNoDenyBehind() {
    var world = world("token+route", "300s", Map.of());
    world.clock.advance(Duration.ofMillis(700));
    outage(world, LIMIT);
    assertThat(orders(world)).isEqualTo(TOO_OLD);
  }

  @Test
  void answerThatNobodyKeepsNeedsNoEnd() {
    var world = new HandlerWorld(Policies.orders().policy(), Map.of());
    assertThat(orders(outage(world, LIMIT))).contains("Allow").doesNotContain("CurrentTime");
  }
}
