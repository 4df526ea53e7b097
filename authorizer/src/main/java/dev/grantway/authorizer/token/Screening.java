package dev.grantway.authorizer.token;

/** What came of looking at a token without its keys. */
public sealed interface Screening {
  /** Refused already. */
  record Refused(Verification.Rejected why) implements Screening {}

  /** Worth looking its keys up. */
  record Passed(ScreenedToken token) implements Screening {}
}
