package dev.grantway.admin.revocations;

/** How a revocation ended. */
public sealed interface Revoked {

  /** It is in the log: authorizers follow. */
  record Done(RevocationLine line) implements Revoked {}

  /** The table stopped answering, and whether it is in the log is not known. */
  record Unknown() implements Revoked {}

  /** Nothing is revoked: it was to end before now. */
  record TooLate() implements Revoked {}
}
