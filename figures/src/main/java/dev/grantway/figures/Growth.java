package dev.grantway.figures;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * How a line grows: the exponent of the power of x that fits it best, by least squares, over the
 * whole line and over its end. A line that begins with a floor under it and then grows in step is
 * told by its end.
 */
final class Growth {
  /** From there on a line that no exponent describes is still not level. */
  private static final double LEVEL = 1.5;

  /** Below it an exponent is none. */
  private static final double NONE = 0.1;

  /** Exponents that differ by less are told once. */
  private static final double ALIKE = 0.05;

  /**
   * The spread of the logarithms of x that an exponent needs; a decade has 2.65, 2 to 8 has 0.96.
   */
  private static final double LEAST_SPREAD = 0.5;

  private final List<Part.Point> points;
  private final double spread;
  private final double exponent;

  private Growth(List<Part.Point> points) {
    this.points = points;
    double[] x = points.stream().mapToDouble(point -> Math.log(point.x())).toArray();
    double[] y = points.stream().mapToDouble(point -> Math.log(point.y())).toArray();
    double meanX = mean(x);
    double meanY = mean(y);
    double around = 0;
    double together = 0;
    for (int i = 0; i < x.length; i++) {
      around += (x[i] - meanX) * (x[i] - meanX);
      together += (x[i] - meanX) * (y[i] - meanY);
    }
    this.spread = around;
    this.exponent = around == 0 ? 0 : together / around;
  }

  /** A sentence for each line of the plot whose growth can be told; none where it is not to be. */
  static List<String> told(Part.Plot plot) {
    return plot.series().stream()
        .filter(it -> plot.grows() && !of(it.points()).isEmpty())
        .map(it -> it.name() + " " + of(it.points()))
        .toList();
  }

  /**
   * In words, such as {@code grows as n^0.68, from 1000 to 100000 as n^0.97}; empty where the
   * places are too few or too near.
   */
  static String of(List<Part.Point> points) {
    List<Part.Point> inOrder =
        points.stream().sorted(Comparator.comparingDouble(Part.Point::x)).toList();
    var whole = new Growth(inOrder);
    if (whole.spread < LEAST_SPREAD) {
      return "";
    }
    Growth end = end(inOrder);
    if (whole.isFlat() && end.isFlat()) {
      return String.format(
          Locale.ROOT,
          "%s: the largest is %.2f times the smallest",
          whole.range() < LEVEL
              ? "does not grow"
              : "hardly " + (whole.exponent < 0 ? "falls" : "grows"),
          whole.range());
    }
    if (whole.isFlat() == end.isFlat() && Math.abs(whole.exponent - end.exponent) < ALIKE) {
      return whole.verb() + whole.power();
    }
    String same = whole.verb().equals(end.verb()) && !end.isFlat() ? "" : end.verb();
    return String.format(
        Locale.ROOT,
        "%s%s, from %s to %s %s%s",
        whole.verb(),
        whole.isFlat() ? " as a whole" : whole.power(),
        Svg.number(end.points.getFirst().x()),
        Svg.number(end.points.getLast().x()),
        same,
        end.power());
  }

  /** The shortest end of the line that is wide enough: of decades, the last. */
  private static Growth end(List<Part.Point> points) {
    for (int from = points.size() - 2; from > 0; from--) {
      var end = new Growth(points.subList(from, points.size()));
      if (end.spread >= LEAST_SPREAD) {
        return end;
      }
    }
    return new Growth(points);
  }

  private boolean isFlat() {
    return Math.abs(exponent) < NONE;
  }

  private String verb() {
    return isFlat() ? "does not grow" : exponent < 0 ? "falls " : "grows ";
  }

  private String power() {
    return isFlat() ? "" : String.format(Locale.ROOT, "as n^%.2f", exponent);
  }

  private double range() {
    return points.stream().mapToDouble(Part.Point::y).max().orElse(1)
        / points.stream().mapToDouble(Part.Point::y).min().orElse(1);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return values.length == 0 ? 0 : sum / values.length;
  }
}
