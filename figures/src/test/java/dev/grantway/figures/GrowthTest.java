package dev.grantway.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrowthTest {
  /** x and y in turn. */
  private static String of(double... values) {
    List<Part.Point> points = new ArrayList<>();
    for (int i = 0; i < values.length; i += 2) {
      points.add(new Part.Point(values[i], values[i + 1]));
    }
    return Growth.of(points);
  }

  /** jCasbin in the report of 2026-11-27, times the signature. */
  @Test
  void whatBeginsOnAFloorIsToldByItsEndToo() {
    assertThat(of(10, 2, 1_000, 11.65, 100_000, 1_033))
        .isEqualTo("grows as n^0.68, from 1k to 100k as n^0.97");
    assertThat(of(100_000, 1_033, 10, 2, 1_000, 11.65))
        .as("in whatever order they come")
        .isEqualTo("grows as n^0.68, from 1k to 100k as n^0.97");
  }

  @Test
  void whatGrowsAlikeEverywhereIsToldOnce() {
    assertThat(of(1, 3, 10, 30, 100, 300)).isEqualTo("grows as n^1.00");
    assertThat(of(1, 3, 8, 24)).isEqualTo("grows as n^1.00");
  }

  @Test
  void whatFallsIsSaidToFall() {
    assertThat(of(1_000, 9.5, 10_000, 6.0, 100_000, 3.8)).isEqualTo("falls as n^-0.20");
    assertThat(of(1_000, 10, 10_000, 5, 100_000, 5))
        .isEqualTo("falls as n^-0.15, from 10k to 100k does not grow");
    assertThat(of(1_000, 10, 10_000, 4, 100_000, 8))
        .as("falls and grows: flat as a whole, and not at the end")
        .isEqualTo("does not grow as a whole, from 10k to 100k grows as n^0.30");
  }

  @Test
  void doesNotGrowIsSaidWithHowFarThePointsAreApart() {
    assertThat(of(1_000, 10, 10_000, 10.4, 100_000, 10.2))
        .isEqualTo("does not grow: the largest is 1.04 times the smallest");
    assertThat(of(1_000, 10, 10_000, 10, 100_000, 14))
        .as("its end grows")
        .isEqualTo("does not grow as a whole, from 10k to 100k grows as n^0.15");
  }

  @Test
  void whatMoreThanHalfAgainIsGrowsHardly() {
    assertThat(of(10, 1.7, 1_000, 3.6, 100_000, 3.9))
        .isEqualTo("hardly grows: the largest is 2.29 times the smallest");
    assertThat(of(10, 3.9, 1_000, 1.8, 100_000, 1.7))
        .isEqualTo("hardly falls: the largest is 2.29 times the smallest");
  }

  /** Two places that are near leave the exponent to chance: the end is then of more of them. */
  @Test
  void theEndIsWideEnough() {
    assertThat(of(1, 1, 2, 1, 4, 2, 8, 4)).isEqualTo("grows as n^0.70, from 2 to 8 as n^1.00");
    assertThat(of(1, 5, 2, 7)).isEmpty();
    assertThat(of(5, 1)).isEmpty();
    assertThat(of()).isEmpty();
  }
}
