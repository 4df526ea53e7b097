package dev.grantway.store;

/** Hears how far a publish has come. */
@FunctionalInterface
public interface Progress {
  Progress NONE = (step, done, total) -> {};

  /**
   * @param step {@code checking}, {@code logging}, {@code writing} or {@code committing}
   */
  void at(String step, long done, long total);
}
