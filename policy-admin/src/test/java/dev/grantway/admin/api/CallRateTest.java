package dev.grantway.admin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CallRateTest {
  private final AtomicLong now = new AtomicLong(-5);
  private final CallRate rate = new CallRate(60, now::get);

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Test
  void aMinutesWorthMayBeCalledAtOnceAndThenAsItComesBack() {
    for (int i = 0; i < 60; i++) {
      assertThat(rate.take("ana")).as("call " + i).isEmpty();
    }
    assertThat(rate.take("ana")).contains(Duration.ofSeconds(1));
    pass(Duration.ofMillis(400));
    assertThat(rate.take("ana")).hasValueSatisfying(it -> assertThat(it.toMillis()).isEqualTo(600));
    pass(Duration.ofMillis(601));
    assertThat(rate.take("ana")).isEmpty();
    assertThat(rate.take("ana")).isPresent();
    assertThat(rate.take("ben")).as("each for themselves").isEmpty();
    pass(Duration.ofHours(1));
    for (int i = 0; i < 60; i++) {
      assertThat(rate.take("ana")).as("no more than a minute is kept").isEmpty();
    }
    assertThat(rate.take("ana")).isPresent();
  }

  @Test
  void manyCallersDoNotFillTheMemory() {
    for (int i = 0; i < 60; i++) {
      rate.take("ana");
    }
    for (int i = 0; i < 10_000; i++) {
      rate.take("caller" + i);
    }
    assertThat(rate.take("ana")).as("forgotten, as she called least lately").isEmpty();
    assertThatThrownBy(() -> new CallRate(0, now::get)).hasMessageContaining("GRANTWAY_API_RATE");
  }
}
