package dev.grantway.authorizer.token;

/** Carries a rejection out of nested checks to {@link TokenVerifier}; never leaves this package. */
final class RejectedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Rejection why;

  RejectedException(Rejection why) {
    super(why.code(), null, false, false);
    this.why = why;
  }

  Rejection why() {
    return why;
  }
}
