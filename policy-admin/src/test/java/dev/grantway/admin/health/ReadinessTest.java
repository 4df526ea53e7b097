package dev.grantway.admin.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.grantway.admin.changes.World.TestClock;
import dev.grantway.store.StoreException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class ReadinessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final TestClock clock = new TestClock();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicBoolean down = new AtomicBoolean();

  private Optional<String> table() {
    asked.incrementAndGet();
    if (down.get()) {
      throw new StoreException.Unavailable("the table is down", null);
    }
    return Optional.empty();
  }

  @Test
  void theTableIsAskedOnceInFiveSecondsHoweverManyAsk() {
    try (var readiness = new Readiness(this::table, Optional::empty, PATIENCE, clock)) {
      for (int i = 0; i < 50; i++) {
        assertThat(readiness.now().isReady()).isTrue();
      }
      assertThat(asked).hasValue(1);
      down.set(true);
      assertThat(readiness.now().isReady()).as("kept").isTrue();
      clock.advance(Duration.ofSeconds(6));
      assertThat(readiness.now().isReady()).isFalse();
      down.set(false);
      clock.advance(Duration.ofSeconds(6));
      assertThat(readiness.now().isReady()).isTrue();
      assertThat(asked).hasValue(3);
    }
  }

  @Test
  void aTableThatHangsIsDownAndIsNotAskedTwiceAtATime() {
    var release = new CountDownLatch(1);
    try (var readiness =
        new Readiness(
            () -> {
              asked.incrementAndGet();
              release.await();
              return Optional.empty();
            },
            Optional::empty,
            Duration.ofMillis(50),
            clock)) {
      assertThat(readiness.now().isReady()).isFalse();
      clock.advance(Duration.ofMinutes(1));
      assertThat(readiness.now().isReady()).isFalse();
      assertThat(asked).hasValue(1);
      release.countDown();
    }
  }

  @Test
  void anIssuerWithoutADiscoveryDocumentIsDown() throws Exception {
    var issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String base = "http://127.0.0.1:" + issuer.getAddress().getPort();
    issuer.createContext(
        "/good/.well-known/openid-configuration",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    issuer.start();
    try {
      var good = new IssuerAttempt(base + "/good/");
      try (var readiness = new Readiness(this::table, good, PATIENCE, clock)) {
        assertThat(readiness.now()).isEqualTo(new Readiness.Standing(true, true));
      }
      try (var bad = new IssuerAttempt(base + "/bad")) {
        assertThat(bad.run()).contains("its discovery document came with status 404");
      }
      try (var readiness =
          new Readiness(this::table, new IssuerAttempt(base + "/bad"), PATIENCE, clock)) {
        assertThat(readiness.now()).isEqualTo(new Readiness.Standing(true, false));
        assertThat(readiness.now().isReady()).as("sessions go on").isTrue();
      }
    } finally {
      issuer.stop(0);
    }
  }

  @Test
  void nobodyWaitsForAnIssuerThatHangsButTheFirst() throws Exception {
    var hangs = new AtomicBoolean();
    var release = new CountDownLatch(1);
    var begun = new CountDownLatch(1);
    try (var readiness =
        new Readiness(
            Optional::empty,
            () -> {
              if (hangs.get()) {
                begun.countDown();
                release.await();
              }
              return Optional.empty();
            },
            PATIENCE,
            clock)) {
      assertThat(readiness.now().issuer()).isTrue();
      hangs.set(true);
      clock.advance(Duration.ofSeconds(31));
      long before = System.nanoTime();
      assertThat(readiness.now().issuer()).as("as it was").isTrue();
      assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
      clock.advance(PATIENCE.plusSeconds(1));
      assertThat(readiness.now().issuer()).as("it takes too long").isFalse();
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(PATIENCE);
      assertThat(readiness.now().isReady()).isTrue();
      release.countDown();
    }
  }

  @Test
  void whoeverIsAskedIsToldOfWhichTraceItIs() throws Exception {
    var told = new AtomicReference<String>();
    var issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer.createContext(
        "/",
        exchange -> {
          told.set(exchange.getRequestHeaders().getFirst("traceparent"));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    issuer.start();
    MDC.put("traceId", "4bf92f3577b34da6a3ce929d0e0e4736");
    try (var readiness =
        new Readiness(
            this::table,
            new IssuerAttempt("http://127.0.0.1:" + issuer.getAddress().getPort()),
            PATIENCE,
            clock)) {
      assertThat(readiness.now().issuer()).isTrue();
      assertThat(told.get()).matches("00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-00");
    } finally {
      MDC.clear();
      issuer.stop(0);
    }
  }
}
