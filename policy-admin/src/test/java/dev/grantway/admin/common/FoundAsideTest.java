package dev.grantway.admin.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FoundAsideTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final FoundAside<String, Integer> found = new FoundAside<>();

  @Test
  void whatIsFoundIsKept() {
    var asked = new AtomicInteger();
    assertThat(found.of("a", LONG, asked::incrementAndGet)).contains(1);
    assertThat(found.of("a", LONG, asked::incrementAndGet)).contains(1);
    assertThat(found.last("a"::equals)).hasValueSatisfying(it -> assertThat(it.getValue()).isOne());
    assertThat(found.last("b"::equals)).isEmpty();
  }

  @Test
  void whoeverHasNoPatienceHearsOfItLater() {
    var finish = new CountDownLatch(1);
    assertThat(found.of("a", Duration.ZERO, () -> after(finish))).isEmpty();
    assertThat(found.last("a"::equals)).isEmpty();
    finish.countDown();
    assertThat(found.of("a", LONG, () -> 0)).contains(7);
    assertThat(found.last("a"::equals)).isPresent();
  }

  @Test
  void whatFailedIsTriedAgain() {
    assertThatThrownBy(() -> found.of("a", LONG, FoundAsideTest::fail)).hasMessage("down");
    assertThat(found.of("a", LONG, () -> 3)).contains(3);
  }

  private static int after(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return 7;
  }

  private static int fail() {
    throw new IllegalStateException("down");
  }
}
