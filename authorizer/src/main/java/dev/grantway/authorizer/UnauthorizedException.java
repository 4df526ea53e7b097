package dev.grantway.authorizer;

/**
 * What API Gateway turns into a 401 on REST APIs: the message must be exactly this, and nothing may
 * stand around it (GATEWAY rule 11).
 */
public final class UnauthorizedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnauthorizedException() {
    super("Unauthorized", null, false, false);
  }
}
