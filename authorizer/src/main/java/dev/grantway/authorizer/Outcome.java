package dev.grantway.authorizer;

import dev.grantway.authorizer.gateway.GatewayAnswer;

/** What one event comes to. */
sealed interface Outcome {
  /** An answer to hand to API Gateway. */
  record Answered(GatewayAnswer answer) implements Outcome {}

  /** A 401 by exception. */
  record Unauthorized() implements Outcome {}

  /**
   * A 500 by exception.
   *
   * @param code stable, for the log
   */
  record Failed(String code) implements Outcome {}
}
