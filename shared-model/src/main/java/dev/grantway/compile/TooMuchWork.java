package dev.grantway.compile;

/** Finding or proving a document would take longer than a call may. */
final class TooMuchWork extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooMuchWork() {
    super("more work than a call may take", null, false, false);
  }
}
