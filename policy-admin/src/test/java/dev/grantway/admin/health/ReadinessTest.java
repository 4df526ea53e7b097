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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

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
        assertThat(readiness.isReady()).isTrue();
      }
      assertThat(asked).hasValue(1);
      down.set(true);
      assertThat(readiness.isReady()).as("kept").isTrue();
      clock.advance(Duration.ofSeconds(6));
      assertThat(readiness.isReady()).isFalse();
      down.set(false);
      clock.advance(Duration.ofSeconds(6));
      assertThat(readiness.isReady()).isTrue();
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
      assertThat(readiness.isReady()).isFalse();
      clock.advance(Duration.ofMinutes(1));
      assertThat(readiness.isReady()).isFalse();
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
        assertThat(readiness.isReady()).isTrue();
      }
      try (var bad = new IssuerAttempt(base + "/bad")) {
        assertThat(bad.run()).contains("its discovery document came with status 404");
      }
      try (var readiness =
          new Readiness(this::table, new IssuerAttempt(base + "/bad"), PATIENCE, clock)) {
        assertThat(readiness.isReady()).isFalse();
      }
    } finally {
      issuer.stop(0);
    }
  }
}
