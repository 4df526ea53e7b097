package dev.grantway.admin.assignments;

import dev.grantway.policy.Assignment;

/**
 * An assignment as it was typed.
 *
 * @param issuer the issuer's alias
 * @param value the subject, client id or group
 * @param until an instant with a zone, or empty for no end
 */
public record AssignmentInput(
    Assignment.Kind kind, String issuer, String value, String role, String until) {

  /** Where a problem is shown. */
  public enum Field {
    ISSUER,
    VALUE,
    ROLE,
    UNTIL,
    FORM
  }
}
