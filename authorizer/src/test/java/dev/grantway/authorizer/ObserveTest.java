package dev.grantway.authorizer;

import static dev.grantway.authorizer.HandlerWorld.request;
import static dev.grantway.authorizer.HandlerWorld.text;
import static dev.grantway.authorizer.HandlerWorld.tokenEvent;
import static dev.grantway.authorizer.Kinds.LIVE;
import static dev.grantway.authorizer.Kinds.connect;
import static dev.grantway.authorizer.Kinds.http2;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.compile.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** While observing, everything is decided and logged and nothing is refused; then it ends. */
@Timeout(60)
class ObserveTest {
  private static final Instant UNTIL = TestClock.START.plus(Duration.ofHours(1));
  private static final String GARBAGE = "e30.e30.e30";

  private final HandlerWorld none = world(Map.of());

  private static HandlerWorld world(Map<String, String> changes) {
    return new HandlerWorld(Policies.orders().policy(), observing(changes));
  }

  private static Map<String, String> observing(Map<String, String> changes) {
    Map<String, String> all = new HashMap<>(changes);
    all.put("GRANTWAY_OBSERVE", "until:" + UNTIL);
    return all;
  }

  private static Map<String, String> cached(String key, String... more) {
    Map<String, String> all = new HashMap<>();
    all.put("GRANTWAY_CACHE_KEY", key);
    all.put("GRANTWAY_CACHE_TTL", "300s");
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return all;
  }

  private static String refunds(HandlerWorld world, String token) {
    return world.answer(request("POST", "/orders/1/refunds", "/orders/{id}/refunds", token));
  }

  private static void assertWould(HandlerWorld world, String would, String reason) {
    assertThat(world.logged("/would")).isEqualTo(would);
    assertThat(world.logged("/reason")).isEqualTo(reason);
    assertThat(world.logged("/effect")).isEqualTo("ALLOW");
    assertThat(world.logged("/outcome")).isEqualTo("answered");
    assertThat(world.logged("/observe")).isEqualTo(UNTIL.toString());
    assertThat(world.logged("/WouldRefuse")).isEqualTo(would.equals("ALLOW") ? "absent" : "1");
  }

  @Test
  void denialIsLoggedWithItsReasonAndAllowed() {
    var answer = refunds(none, none.token("alice", "support"));
    assertThat(none.verdict(answer, HandlerWorld.STAGE + "/POST/orders/1/refunds"))
        .isEqualTo(Verdict.ALLOW);
    assertWould(none, "DENY", "explicit-deny");
    assertThat(none.log.getLast()).contains("\"by\":[\"no-refunds\"]");
    assertThat(text(answer, "/principalId")).isEqualTo("corp|alice");
    assertThat(text(answer, "/context/sub")).isEqualTo("alice");
    assertThat(text(answer, "/context/observe")).isEqualTo(UNTIL.toString());
    assertThat(text(answer, "/context/document")).isEmpty();
  }

  @Test
  void whatWouldBeAllowedSaysSoToo() {
    var answer = none.answer(request("GET", "/orders", "/orders", none.token("alice", "viewer")));
    assertWould(none, "ALLOW", "allowed");
    assertThat(text(answer, "/context/observe")).isEqualTo(UNTIL.toString());
  }

  @Test
  void badTokensOutagesAndBugsAreAllowedAndTold() {
    var answer = refunds(none, GARBAGE);
    assertThat(none.verdict(answer, HandlerWorld.STAGE + "/POST/orders/1/refunds"))
        .isEqualTo(Verdict.ALLOW);
    assertWould(none, "UNAUTHORIZED", "alg-not-allowed");
    assertThat(text(answer, "/principalId")).isEqualTo("unauthenticated");
    none.policy.down = true;
    refunds(none, none.token("alice", "support"));
    assertWould(none, "FAILED", "policy-unavailable");
    none.policy.down = false;
    none.policy.broken = true;
    refunds(none, none.token("alice", "clerk"));
    assertWould(none, "FAILED", "internal");
    assertThat(none.logged("/Alarms")).isEqualTo("1");
  }

  @Test
  void eventThatCannotBeReadIsStillAFailure() {
    assertThat(none.answer("{}".getBytes(StandardCharsets.UTF_8))).contains("event-kind-unknown");
    assertThat(none.logged("/observe")).isEqualTo(UNTIL.toString());
  }

  @Test
  void everyScopeIsAllowedAsAWholeAndNotBeyondTheEnd() {
    for (var world : List.of(none, world(cached("token+route")), world(cached("token")))) {
      var answer = refunds(world, GARBAGE);
      for (var other : List.of("GET/orders", "POST/orders/2/refunds", "DELETE/x/y/z")) {
        var arn = HandlerWorld.STAGE + "/" + other;
        assertThat(HandlerWorld.verdictAt(UNTIL.minusSeconds(1), answer, arn))
            .isEqualTo(Verdict.ALLOW);
        assertThat(HandlerWorld.verdictAt(UNTIL, answer, arn)).isNotEqualTo(Verdict.ALLOW);
      }
      for (var elsewhere :
          List.of(
              HandlerWorld.STAGE.replace("/prod", "/dev"),
              HandlerWorld.STAGE.replace("a1b2c3d4e5", "other"))) {
        assertThat(world.verdict(answer, elsewhere + "/GET/orders"))
            .as(elsewhere)
            .isEqualTo(Verdict.IMPLICIT_DENY);
      }
    }
  }

  @Test
  void itEndsByItselfWhereNothingIsCached() {
    var token = none.token("alice", "support");
    none.clock.advance(Duration.ofHours(1).minusMillis(1));
    assertThat(none.call(token, "POST", "/orders", "/orders")).isEqualTo("ALLOW");
    none.clock.advance(Duration.ofMillis(1));
    assertThat(none.call(token, "POST", "/orders", "/orders")).isEqualTo("EXPLICIT_DENY");
    assertThat(none.logged("/observe")).isEqualTo("absent");
    assertThat(none.call(GARBAGE, "POST", "/orders", "/orders")).isEqualTo("Unauthorized");
  }

  /** A cache drops the last such answer before the end, so that nobody is denied by one. */
  @Test
  void itEndsSoMuchEarlierThatNoCacheHoldsAnythingAtTheEnd() {
    var off = cached("token+route", "GRANTWAY_IAM_CONDITIONS", "off");
    for (var world : List.of(world(cached("token+route")), world(cached("token")), world(off))) {
      world.clock.advance(Duration.ofHours(1).minusSeconds(312));
      assertThat(world.call(GARBAGE, "GET", "/orders", "/orders")).isEqualTo("ALLOW");
      world.clock.advance(Duration.ofSeconds(1));
      assertThat(world.call(GARBAGE, "GET", "/orders", "/orders")).isEqualTo("Unauthorized");
    }
  }

  @Test
  void withoutConditionsTheDocumentHasNone() {
    var answer = refunds(world(Map.of("GRANTWAY_IAM_CONDITIONS", "off")), GARBAGE);
    assertThat(answer).contains("Allow").doesNotContain("CurrentTime");
  }

  @Test
  void simpleAnswersSayYes() {
    var world =
        new HandlerWorld(
            Kinds.policy(), observing(cached("token+route", "GRANTWAY_SIMPLE_RESPONSES", "on")));
    var answer = world.answer(http2("GET", "/invoices", "GET /invoices", "", GARBAGE));
    assertThat(text(answer, "/isAuthorized")).isEqualTo("true");
    assertWould(world, "DENY", "alg-not-allowed");
  }

  @Test
  void connectionsMaySendEverything() {
    var world = new HandlerWorld(Kinds.policy(), observing(Map.of()));
    var answer =
        world.answer(connect("w1w2w3w4w5", "{\"Authorization\":\"Bearer " + GARBAGE + "\"}", "{}"));
    assertThat(text(answer, "/context/routes").split(",")).contains("$connect", "sendMessage");
    assertThat(world.verdict(answer, LIVE + "$connect")).isEqualTo(Verdict.ALLOW);
    world.policy.down = true;
    var cold = new HandlerWorld(Kinds.policy(), observing(Map.of()));
    cold.policy.down = true;
    assertThat(
            text(
                cold.answer(
                    connect("w1w2w3w4w5", "{\"Authorization\":\"Bearer " + GARBAGE + "\"}", "{}")),
                "/context/routes"))
        .isEmpty();
  }

  @Test
  void tokenAuthorizerIsObservedToo() {
    var answer = none.answer(tokenEvent("GET", "/orders", GARBAGE));
    assertThat(none.verdict(answer, HandlerWorld.STAGE + "/GET/orders")).isEqualTo(Verdict.ALLOW);
    assertThat(none.log.getFirst()).contains("\"warning\"", "every request is allowed");
  }
}
