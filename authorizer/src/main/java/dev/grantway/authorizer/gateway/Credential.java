package dev.grantway.authorizer.gateway;

import dev.grantway.authorizer.token.Rejection;

/** The one credential of an event, or why there is not exactly one (TOKENS step 1). */
public sealed interface Credential {
  /** The whole value of the header, scheme included. */
  record Presented(String value) implements Credential {
    /** Shows nothing of it. */
    @Override
    public String toString() {
      return "credential of " + value.length();
    }
  }

  /** None that could be used. */
  record None(Rejection.NoCredential why) implements Credential {}
}
