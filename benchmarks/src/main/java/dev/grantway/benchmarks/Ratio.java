package dev.grantway.benchmarks;

/**
 * How many times as long something took as its baseline in the same run.
 *
 * @param value of the two means
 * @param least where both confidence intervals say the lowest
 * @param most where both say the highest; infinite where the baseline's interval reaches 0
 */
record Ratio(double value, double least, double most) {

  /** Whether the interval reaches 0 or has no end, so that the value is worth little. */
  boolean isOpen() {
    return least <= 0 || Double.isInfinite(most);
  }

  static Ratio of(Measured measured, Measured baseline) {
    double most =
        baseline.least() > 0 ? measured.most() / baseline.least() : Double.POSITIVE_INFINITY;
    return new Ratio(
        measured.time() / baseline.time(), Math.max(0, measured.least()) / baseline.most(), most);
  }
}
