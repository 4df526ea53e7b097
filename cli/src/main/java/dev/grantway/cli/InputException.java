package dev.grantway.cli;

/** What a person typed or a file holds cannot be used; the message says why and what to do. */
final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InputException(String message) {
    super(message, null, false, false);
  }
}
