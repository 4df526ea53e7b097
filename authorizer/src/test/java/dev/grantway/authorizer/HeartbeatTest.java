package dev.grantway.authorizer;

import static dev.grantway.authorizer.HandlerWorld.request;
import static dev.grantway.authorizer.HandlerWorld.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import dev.grantway.store.Heartbeat;
import dev.grantway.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What instances report of themselves, and that no answer notices. */
@Timeout(60)
class HeartbeatTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final TestClock clock = new TestClock();
  private final TestPolicy policy = new TestPolicy(Policies.orders().policy(), clock);
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final LinkedBlockingQueue<Heartbeat> beats = new LinkedBlockingQueue<>();

  private AuthorizerHandler handler(Map<String, String> changes) {
    return new AuthorizerHandler(settings(changes), policy, beats::add, clock, log::add);
  }

  private byte[] event(String subject, String... roles) {
    var token = HandlerWorld.tokenAt(clock.instant(), subject, "", roles);
    return request("GET", "/orders", "/orders", token);
  }

  private Heartbeat next() throws InterruptedException {
    var beat = beats.poll(10, TimeUnit.SECONDS);
    assertThat(beat).isNotNull();
    return beat;
  }

  /** The report before may be about to end, and until then there is no other. */
  private Heartbeat answered(AuthorizerHandler handler, byte[] event) {
    var beat = beats.poll();
    while (beat == null) {
      handler.answer(event);
      beat = beats.poll();
    }
    return beat;
  }

  @Test
  void firstAnswerIsReportedAndThenAtMostOneAMinute() throws InterruptedException {
    var handler =
        handler(
            Map.of(
                "GRANTWAY_CACHE_KEY", "token+route+header:x",
                "GRANTWAY_CACHE_TTL", "60s",
                "GRANTWAY_OBSERVE", "until:" + TestClock.START.plusSeconds(3_600)));
    handler.answer(event("alice", "viewer", "ghost"));
    var first = next();
    assertThat(first.api()).isEqualTo("a1b2c3d4e5");
    assertThat(first.stage()).isEqualTo("prod");
    assertThat(first.at()).isEqualTo(TestClock.START);
    assertThat(first.revision()).isEqualTo(1);
    assertThat(first.live()).isTrue();
    assertThat(first.cacheKey()).isEqualTo("token+route+header:x");
    assertThat(first.cacheTtl()).isEqualTo(MINUTE);
    assertThat(first.maxAge()).isEqualTo(Duration.ofSeconds(5));
    assertThat(first.policyBytes()).isEqualTo(8_192);
    assertThat(first.observeUntil()).contains(TestClock.START.plusSeconds(3_600));
    assertThat(first.roleSets()).as("of the policy alone").hasToString("[[viewer]]");
    handler.answer(event("alice", "clerk"));
    clock.advance(MINUTE.minusMillis(1));
    handler.answer(event("bob", "clerk", "viewer"));
    clock.advance(Duration.ofMillis(1));
    var second = answered(handler, event("bob"));
    assertThat(second.instance()).isEqualTo(first.instance());
    assertThat(second.at()).isEqualTo(TestClock.START.plus(MINUTE));
    assertThat(second.roleSets()).as("what was told before as well").hasSize(4);
    assertThat(beats).isEmpty();
  }

  @Test
  void staleInstanceSaysThatItIsNotLive() throws InterruptedException {
    var handler = handler(Map.of());
    handler.answer(event("alice", "viewer"));
    assertThat(next().live()).isTrue();
    policy.down = true;
    clock.advance(MINUTE);
    assertThat(answered(handler, event("alice", "viewer")).live()).isFalse();
  }

  /** Whoever waits for a publish to be in force has to know at once, and not within a minute. */
  @Test
  void thatTheTableCannotBeReadIsToldAtOnceAndSoIsThatItCanAgain() throws InterruptedException {
    var handler = handler(Map.of());
    handler.answer(event("alice", "viewer"));
    assertThat(next().live()).isTrue();
    policy.down = true;
    clock.advance(Duration.ofSeconds(6));
    var stale = answered(handler, event("alice", "viewer"));
    assertThat(stale.live()).isFalse();
    assertThat(stale.at()).isEqualTo(TestClock.START.plusSeconds(6));
    clock.advance(Duration.ofSeconds(6));
    handler.answer(event("alice", "viewer"));
    assertThat(beats).as("nothing new").isEmpty();
    policy.down = false;
    clock.advance(Duration.ofSeconds(6));
    assertThat(answered(handler, event("alice", "viewer")).live()).isTrue();
  }

  @Test
  void anInstanceThatCouldNeverReadSaysSo() throws InterruptedException {
    policy.down = true;
    var handler = handler(Map.of());
    assertThatThrownBy(() -> handler.answer(event("alice", "viewer")))
        .isInstanceOf(AuthorizerFailedException.class);
    var beat = next();
    assertThat(beat.live()).isFalse();
    assertThat(beat.revision()).isZero();
    assertThat(beat.roleSets()).isEmpty();
  }

  @Test
  void whatCouldNotBeToldIsTriedAgainSoon() {
    var tried = new LinkedBlockingQueue<Heartbeat>();
    policy.down = true;
    var handler =
        new AuthorizerHandler(
            settings(Map.of()),
            policy,
            beat -> {
              tried.add(beat);
              throw new StoreException.Unavailable("down", null);
            },
            clock,
            log::add);
    for (int tries = 1; tries <= 3; tries++) {
      while (tried.size() < tries) {
        assertThatThrownBy(() -> handler.answer(event("alice", "viewer")))
            .isInstanceOf(AuthorizerFailedException.class);
      }
      clock.advance(Duration.ofSeconds(5));
    }
    assertThat(tried).allMatch(beat -> !beat.live());
  }

  @Test
  void theTimeoutIsWhatLambdaGivesACall() throws Exception {
    var handler = handler(Map.of());
    handler.answer(event("alice", "viewer"));
    assertThat(next().timeout()).as("nobody said").isZero();
    clock.advance(MINUTE);
    for (int remaining : new int[] {9_998, 7_000}) {
      handler.handleRequest(
          new ByteArrayInputStream(event("alice", "viewer")),
          new ByteArrayOutputStream(),
          remaining(remaining));
    }
    clock.advance(MINUTE);
    var beat = answered(handler, event("bob"));
    while (beat.at().isBefore(clock.instant())) {
      beat = answered(handler, event("bob"));
    }
    assertThat(beat.timeout()).isEqualTo(Duration.ofSeconds(10));
  }

  private static Context remaining(int millis) {
    return (Context)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(), new Class<?>[] {Context.class}, (_, _, _) -> millis);
  }

  @Test
  void answerWaitsForNoReport() throws InterruptedException {
    var release = new CountDownLatch(1);
    var hanging =
        new AuthorizerHandler(
            settings(Map.of()),
            policy,
            beat -> {
              try {
                release.await();
                beats.add(beat);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            clock,
            log::add);
    hanging.answer(event("alice", "viewer"));
    clock.advance(MINUTE);
    hanging.answer(event("alice", "viewer"));
    assertThat(beats).isEmpty();
    release.countDown();
    next();
    assertThat(beats).as("one at a time").isEmpty();
  }

  @Test
  void whoMayNotWriteSaysSoOnceAndAnswers() {
    var tried = new LinkedBlockingQueue<Heartbeat>();
    var readOnly =
        new AuthorizerHandler(
            settings(Map.of()),
            policy,
            beat -> {
              tried.add(beat);
              throw new StoreException.Unavailable("table `t` refused with `AccessDenied`", null);
            },
            clock,
            log::add);
    for (int tries = 1; tries <= 3; tries++) {
      while (tried.size() < tries) {
        assertThat(new String(readOnly.answer(event("alice", "viewer")), StandardCharsets.UTF_8))
            .contains("Allow");
      }
      clock.advance(MINUTE);
    }
    awaitEnd();
    assertThat(log).filteredOn(line -> line.contains("no-heartbeat")).hasSize(1);
    assertThat(log)
        .filteredOn(line -> line.contains("no-heartbeat"))
        .allSatisfy(line -> assertThat(line).contains("AccessDenied", "HeartbeatFailures"));
  }

  /** The line of the first failure comes after the attempt. */
  private void awaitEnd() {
    while (log.stream().noneMatch(line -> line.contains("no-heartbeat"))) {
      Thread.onSpinWait();
    }
  }
}
