package dev.grantway.authorizer.telemetry;

/** The steps of a call, in their order; a line says how long each took, in microseconds. */
public enum Phase {
  /** The event. */
  READ("readMicros"),
  /** The token, fetching keys included. */
  VERIFY("verifyMicros"),
  /** The policy, reads of the table included. */
  POLICY("policyMicros"),
  /** The decision and its document. */
  COMPILE("compileMicros"),
  /** The bytes of the answer. */
  WRITE("writeMicros");

  private final String member;

  Phase(String member) {
    this.member = member;
  }

  /** The member of the line. */
  public String member() {
    return member;
  }
}
