package dev.grantway.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SamplesTest {
  private static Samples millis(long... millis) {
    return Samples.ofNanos(LongStream.of(millis).map(each -> each * 1_000_000).toArray());
  }

  @Test
  void percentilesAreOfTheNearestRank() {
    Samples hundred =
        Samples.ofNanos(LongStream.rangeClosed(1, 100).map(n -> n * 1_000_000).toArray());
    assertThat(hundred.percentile(50)).isEqualTo(50);
    assertThat(hundred.percentile(90)).isEqualTo(90);
    assertThat(hundred.percentile(99)).isEqualTo(99);
    assertThat(hundred.percentile(99.9)).isEqualTo(100);
    assertThat(hundred.percentile(0.1)).isEqualTo(1);
    assertThat(hundred.max()).isEqualTo(100);
    assertThat(hundred.min()).isEqualTo(1);
  }

  @Test
  void theOrderInWhichTheyCameDoesNotMatter() {
    assertThat(millis(30, 10, 20).median()).isEqualTo(20);
    assertThat(millis(4, 1, 3, 2).median()).isEqualTo(2);
  }

  @Test
  void oneSampleIsEveryPercentile() {
    Samples one = millis(7);
    assertThat(one.percentile(0.001)).isEqualTo(7);
    assertThat(one.percentile(100)).isEqualTo(7);
    assertThat(one.count()).isEqualTo(1);
  }

  @Test
  void theSpreadIsOfRatiosTurnByTurn() {
    assertThat(Samples.spread(new long[] {2, 9, 4}, new long[] {1, 3, 4}))
        .isEqualTo("1.00 to 3.00");
    assertThat(Samples.middle(3, 1, 2)).isEqualTo("2.00");
    assertThat(Samples.middle(4, 1)).isEqualTo("2.50");
    assertThatThrownBy(() -> Samples.spread(new long[] {2}, new long[] {1, 3}))
        .hasMessageContaining("1 turns are not 2");
  }

  @Test
  void nothingMeasuredAndPercentilesThatAreNoneAreRefused() {
    assertThatThrownBy(Samples::ofNanos).hasMessageContaining("nothing was measured");
    assertThatThrownBy(() -> millis(1).percentile(0)).hasMessageContaining("percentile 0.0");
    assertThatThrownBy(() -> millis(1).percentile(100.1)).hasMessageContaining("percentile 100.1");
  }

  @Test
  void textKeepsThreeDigits() {
    assertThat(Samples.text(0.1234)).isEqualTo("0.123");
    assertThat(Samples.text(1.2345)).isEqualTo("1.23");
    assertThat(Samples.text(12.345)).isEqualTo("12.3");
    assertThat(Samples.text(1234.5)).isIn("1234", "1235");
  }
}
