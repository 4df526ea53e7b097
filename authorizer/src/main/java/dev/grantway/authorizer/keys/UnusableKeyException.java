package dev.grantway.authorizer.keys;

/** Why one member of a key set is skipped; never leaves the reading of that set. */
final class UnusableKeyException extends Exception {
  private static final long serialVersionUID = 1L;

  UnusableKeyException(String reason) {
    super(reason, null, false, false);
  }
}
