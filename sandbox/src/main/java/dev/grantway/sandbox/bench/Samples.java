package dev.grantway.sandbox.bench;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Measured times, every one of them kept. */
public final class Samples {
  private static final double NANOS_PER_MILLI = 1e6;

  private final long[] sorted;

  private Samples(long[] sorted) {
    this.sorted = sorted;
  }

  /**
   * At least one.
   *
   * @param nanos in any order
   */
  public static Samples ofNanos(long... nanos) {
    if (nanos.length == 0) {
      throw new IllegalArgumentException("nothing was measured");
    }
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Samples(sorted);
  }

  public int count() {
    return sorted.length;
  }

  /**
   * The smallest time that this share of all does not exceed (nearest rank), in milliseconds.
   *
   * @param percent above 0, up to 100
   */
  public double percentile(double percent) {
    if (!(percent > 0 && percent <= 100)) {
      throw new IllegalArgumentException("percentile " + percent + " must be above 0, up to 100");
    }
    int rank = (int) Math.ceil(percent * sorted.length / 100);
    return sorted[Math.clamp(rank - 1, 0, sorted.length - 1)] / NANOS_PER_MILLI;
  }

  public double median() {
    return percentile(50);
  }

  public double min() {
    return sorted[0] / NANOS_PER_MILLI;
  }

  public double max() {
    return percentile(100);
  }

  /**
   * How far the ratio of two goes that were measured in turn, from the least to the most.
   *
   * @param nanos in the order of turns, as many as of the other
   */
  public static String spread(long[] nanos, long[] others) {
    if (nanos.length != others.length) {
      throw new IllegalArgumentException(nanos.length + " turns are not " + others.length);
    }
    return spread(
        IntStream.range(0, nanos.length)
            .mapToDouble(turn -> (double) nanos[turn] / others[turn])
            .toArray());
  }

  /** The median of ratios, at least one. */
  public static String middle(double... ratios) {
    double[] sorted = ratios.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return text(sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2);
  }

  /** From the least to the most of ratios, at least one. */
  public static String spread(double... ratios) {
    DoubleSummaryStatistics all = DoubleStream.of(ratios).summaryStatistics();
    return text(all.getMin()) + " to " + text(all.getMax());
  }

  /** Three significant digits at least, whatever the machine's language. */
  public static String text(double value) {
    int decimals = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
