package dev.grantway.sandbox.bench;

import java.util.Arrays;
import java.util.Locale;

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

  /** Three significant digits at least, whatever the machine's language. */
  public static String text(double value) {
    int decimals = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
