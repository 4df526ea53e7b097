package dev.grantway.cli;

/** A number of things, as it is said. */
final class Counted {
  private Counted() {}

  static String of(long count, String one) {
    return count + " " + one + (count == 1 ? "" : "s");
  }
}
