package dev.grantway.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The soak sees both effects, finds nothing wrong, and would see what is too old. */
@Timeout(60)
class SoakTest {
  private static final Duration LENGTH = Duration.ofSeconds(3);

  @Test
  void everyAnswerIsRightWhileHeadMoves() throws JOSEException {
    var result = new Soak(Duration.ZERO).run(LENGTH);
    assertThat(result.calls()).isPositive();
    assertThat(result).extracting("errors", "wrong", "stale").containsOnly(0L);
  }

  @Test
  void whatIsOlderThanMaxAgeIsSeen() throws JOSEException {
    var result = new Soak(Duration.ofSeconds(2)).run(LENGTH);
    assertThat(result).extracting("errors", "wrong").containsOnly(0L);
    assertThat(result.stale()).isPositive();
    assertThat(result.passed()).isFalse();
  }

  @Test
  void heapThatGrowsFails() {
    long mb = 1 << 20;
    assertThat(new Soak.Result(1, 0, 0, 0, 50 * mb, 57 * mb).passed()).isTrue();
    assertThat(new Soak.Result(1, 0, 0, 0, 50 * mb, 58 * mb).passed()).isFalse();
    assertThat(new Soak.Result(0, 0, 0, 0, 50 * mb, 50 * mb).passed()).isFalse();
  }
}
