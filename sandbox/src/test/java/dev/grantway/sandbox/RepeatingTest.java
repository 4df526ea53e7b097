package dev.grantway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RepeatingTest {
  private static final Duration OFTEN = Duration.ofMillis(5);

  @Test
  void stoppingTellsHowOftenItWasDone() throws Exception {
    var three = new CountDownLatch(3);
    Repeating repeating = Repeating.start(OFTEN, nth -> three.countDown());
    assertThat(three.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(repeating.stop()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void aStepThatFailsIsToldWhenItIsStopped() throws Exception {
    var failed = new CountDownLatch(1);
    Repeating repeating =
        Repeating.start(
            OFTEN,
            nth -> {
              failed.countDown();
              throw new java.io.IOException("no table");
            });
    assertThat(failed.await(10, TimeUnit.SECONDS)).isTrue();
    assertThatThrownBy(repeating::stop)
        .isInstanceOf(SandboxException.class)
        .hasMessageContaining("no table");
  }

  @Test
  void nothingIsDoneBeforeItsTime() throws Exception {
    assertThat(Repeating.start(Duration.ofDays(1), nth -> {}).stop()).isZero();
  }
}
