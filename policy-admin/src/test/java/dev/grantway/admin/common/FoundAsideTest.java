package dev.grantway.admin.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FoundAsideTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final FoundAside<Asked, Integer> found = new FoundAside<>(Asked::draft);
  private final AtomicInteger searches = new AtomicInteger();

  private record Asked(String draft, int state) {}

  private static final Asked FIRST = new Asked("d", 1);
  private static final Asked SECOND = new Asked("d", 2);
  private static final Asked OTHER = new Asked("e", 1);

  private static Found<Integer> known(int value) {
    return new Found.Known<>(value);
  }

  @Test
  void whatIsFoundIsKept() {
    assertThat(found.of(FIRST, LONG, searches::incrementAndGet)).isEqualTo(known(1));
    assertThat(found.of(FIRST, LONG, searches::incrementAndGet)).isEqualTo(known(1));
    assertThat(found.known(FIRST)).isEqualTo(known(1));
    assertThat(found.latest("d")).isEqualTo(new Found.Known<>(Map.entry(FIRST, 1)));
    assertThat(found.known(OTHER)).isInstanceOf(Found.Failed.class);
    assertThat(found.latest("e")).isInstanceOf(Found.Failed.class);
  }

  @Test
  void whoeverHasNoPatienceHearsOfItLater() {
    var finish = new CountDownLatch(1);
    assertThat(found.of(FIRST, Duration.ZERO, () -> after(finish)))
        .isInstanceOf(Found.Looking.class);
    assertThat(found.known(FIRST)).isInstanceOf(Found.Looking.class);
    finish.countDown();
    assertThat(found.of(FIRST, LONG, () -> 0)).isEqualTo(known(7));
    assertThat(found.known(FIRST)).isEqualTo(known(7));
  }

  @Test
  void whatFailsIsToldAlsoWhereNobodyWaited() {
    var finish = new CountDownLatch(1);
    found.of(
        FIRST,
        Duration.ZERO,
        () -> {
          after(finish);
          return fail();
        });
    found.of(OTHER, Duration.ZERO, () -> 1);
    finish.countDown();
    found.of(OTHER, LONG, () -> 1);
    assertThat(found.known(FIRST)).isInstanceOf(Found.Failed.class);
  }

  @Test
  void whatFailedIsTriedAgain() {
    assertThat(found.of(FIRST, LONG, FoundAsideTest::fail)).isInstanceOf(Found.Failed.class);
    assertThat(found.of(FIRST, LONG, () -> 3)).isEqualTo(known(3));
  }

  @Test
  void aSearchThatHasNotBegunIsDroppedForALaterOneAboutTheSame() {
    var finish = new CountDownLatch(1);
    found.of(OTHER, Duration.ZERO, () -> after(finish));
    found.of(FIRST, Duration.ZERO, searches::incrementAndGet);
    found.of(SECOND, Duration.ZERO, searches::incrementAndGet);
    finish.countDown();
    assertThat(found.of(SECOND, LONG, () -> 0)).isEqualTo(known(1));
    assertThat(found.known(FIRST)).isInstanceOf(Found.Failed.class);
    assertThat(searches).hasValue(1);
    assertThat(found.of(OTHER, LONG, () -> 0)).as("of another").isEqualTo(known(7));
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
