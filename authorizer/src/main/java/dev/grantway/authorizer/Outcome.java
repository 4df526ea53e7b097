package dev.grantway.authorizer;

import dev.grantway.authorizer.gateway.GatewayAnswer;
import dev.grantway.policy.Effect;

/** What one event comes to. */
sealed interface Outcome {
  /**
   * An answer to hand to API Gateway.
   *
   * @param effect on the request that was asked about
   */
  record Answered(GatewayAnswer answer, Effect effect) implements Outcome {
    static Answered denied(GatewayAnswer answer) {
      return new Answered(answer, Effect.DENY);
    }
  }

  /** A 401 by exception. */
  record Unauthorized() implements Outcome {}

  /**
   * A 500 by exception.
   *
   * @param code stable, for the log
   */
  record Failed(String code) implements Outcome {}
}
