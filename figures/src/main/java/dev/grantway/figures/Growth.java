package dev.grantway.figures;

import java.util.List;
import java.util.Locale;

/** How a line grows: the exponent of the power of x that fits it best, by least squares. */
final class Growth {
  private static final double NONE = 0.1;
  private static final double LEAST_SPREAD = 0.5;

  private Growth() {}

  /** In words, such as {@code grows as n^1.02}; empty where there are fewer than two places. */
  static String of(List<Part.Point> points) {
    double[] x = points.stream().mapToDouble(point -> Math.log(point.x())).toArray();
    double[] y = points.stream().mapToDouble(point -> Math.log(point.y())).toArray();
    double meanX = mean(x);
    double meanY = mean(y);
    double spread = 0;
    double together = 0;
    for (int i = 0; i < x.length; i++) {
      spread += (x[i] - meanX) * (x[i] - meanX);
      together += (x[i] - meanX) * (y[i] - meanY);
    }
    if (spread < LEAST_SPREAD) {
      return "";
    }
    double exponent = together / spread;
    return Math.abs(exponent) < NONE
        ? "does not grow"
        : String.format(Locale.ROOT, "grows as n^%.2f", exponent);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return values.length == 0 ? 0 : sum / values.length;
  }
}
