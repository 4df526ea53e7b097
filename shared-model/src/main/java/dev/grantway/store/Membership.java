package dev.grantway.store;

import dev.grantway.policy.Assignment;
import dev.grantway.policy.RoleName;

/**
 * A subject that is in one of its issuer's groups, as a list of the issuer says.
 *
 * @param issuer the alias of the issuer, as assignments have it
 * @param subject 1 to 256 characters without control characters, like an assignment's value
 * @param group likewise
 */
public record Membership(String issuer, String subject, String group) {
  public Membership {
    of(Assignment.Kind.SUBJECT, issuer, subject);
    of(Assignment.Kind.GROUP, issuer, group);
  }

  /** Who is in the group, as assignments name it. */
  public Assignment.Holder member() {
    return new Assignment.Holder(issuer, Assignment.Kind.SUBJECT, subject);
  }

  /**
   * What the member is given roles by: an assignment to this group of its own issuer, and to no
   * other issuer's of that name.
   */
  public Assignment.Holder through() {
    return new Assignment.Holder(issuer, Assignment.Kind.GROUP, group);
  }

  /** What may be assigned to may be a member or a group: the same is refused. */
  private static void of(Assignment.Kind kind, String issuer, String value) {
    var _ = new Assignment(RoleName.AUTHENTICATED, issuer, kind, value, null);
  }
}
