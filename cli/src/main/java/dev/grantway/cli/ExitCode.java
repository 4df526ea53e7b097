package dev.grantway.cli;

/** What every command exits with (CONTRACT). */
final class ExitCode {
  static final int DONE = 0;

  /** The answer is "no": not representable, tests failed, differences or errors found. */
  static final int NO = 1;

  /** Usage or input error. */
  static final int USAGE = 2;

  /** Something outside failed. */
  static final int OUTSIDE = 3;

  private ExitCode() {}
}
