package dev.grantway.review;

/** What about a line deserves a second look. */
public enum Flag {
  /** It covers a route that is tagged {@code pii}. */
  PERSONAL_DATA(true),
  /** It covers a route that is tagged {@code admin}. */
  ADMIN(true),
  /** It covers a route that is tagged {@code money}. */
  MONEY(true),
  /** It reaches everything below a path. */
  WILDCARD(true),
  /** Whoever is signed in has it. */
  EVERYONE(true),
  /** Nobody used it in the quiet period, and logs tell of every call of it. */
  UNUSED(true),
  /** A reviewer of the campaign granted it last; somebody else answers. */
  GRANTED_BY_REVIEWER(true),
  /** It takes access away: to revoke it widens access. */
  DENIAL(true),
  /** Nothing says when it ends. */
  NEVER_ENDS(false);

  private final boolean reason;

  Flag(boolean reason) {
    this.reason = reason;
  }

  /** Whether a line with it is kept for a reason only, and never together with others. */
  public boolean needsReason() {
    return reason;
  }
}
