package dev.grantway.store;

/** Hears how far a publish has come. */
@FunctionalInterface
public interface Progress {
  Progress NONE = (step, done, total) -> {};

  /**
   * Hears of one more piece of a step.
   *
   * @param step {@code checking}, {@code logging}, {@code writing} or {@code committing}
   */
  void at(String step, long done, long total);
}
