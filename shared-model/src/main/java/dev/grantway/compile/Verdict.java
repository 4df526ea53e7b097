package dev.grantway.compile;

/** What IAM evaluation of a policy document comes to. */
public enum Verdict {
  ALLOW,
  /** A Deny statement applies, whatever else does. */
  EXPLICIT_DENY,
  /** No statement applies. A resource policy may still allow (GATEWAY rule 10). */
  IMPLICIT_DENY
}
