package dev.grantway.admin.simulate;

import dev.grantway.decision.PolicyTest;

/**
 * A request that never was, and the state of the policy to ask.
 *
 * @param path on WebSocket the route key
 */
record Simulation(
    Against against,
    String method,
    String path,
    PolicyTest.Caller caller,
    PolicyTest.Context context) {

  Simulation by(PolicyTest.Caller other) {
    return new Simulation(against, method, path, other, context);
  }

  /** What is asked. */
  sealed interface Against {
    record Live() implements Against {}

    /** The draft that the operator edits, over what is live. */
    record Draft() implements Against {}

    record Revision(long number) implements Against {}
  }
}
