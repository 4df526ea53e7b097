package dev.grantway.authorizer;

import dev.grantway.authorizer.gateway.ApiKind;
import dev.grantway.authorizer.token.Rejection;

/**
 * How a refused token is told to API Gateway: the one place that says what is thrown and what is
 * denied (GATEWAY rules 11, 12 and 16; decision 14).
 */
final class Refusals {
  /** The ways of refusing. */
  enum Way {
    /** An exception that says exactly {@code Unauthorized}: a 401, never cached. */
    THROW_UNAUTHORIZED,
    /** A Deny, or {@code isAuthorized: false}: a 403, cached where answers are. */
    DENY
  }

  private final boolean denyInsteadOf401;

  /**
   * @param denyInsteadOf401 whether a REST API's 401s become Denies
   */
  Refusals(boolean denyInsteadOf401) {
    this.denyInsteadOf401 = denyInsteadOf401;
  }

  /** What an authorizer of that kind does about a token refused for this. */
  Way of(ApiKind kind, Rejection why) {
    return switch (kind) {
      case REST_TOKEN, REST_REQUEST ->
          denyInsteadOf401 && !why.passing() ? Way.DENY : Way.THROW_UNAUTHORIZED;
      case WEBSOCKET -> Way.THROW_UNAUTHORIZED;
      // There every exception is a 500, so that even what may pass by itself has to be a Deny.
      case HTTP_1, HTTP_2 -> Way.DENY;
    };
  }
}
