package dev.grantway.authorizer;

/** What API Gateway turns into a 500; the code is in the log line too (GATEWAY rule 12). */
public final class AuthorizerFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AuthorizerFailedException(String code) {
    super("the authorizer cannot answer: " + code, null, false, false);
  }
}
