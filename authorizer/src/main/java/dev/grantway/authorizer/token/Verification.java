package dev.grantway.authorizer.token;

/** What came of verifying a token. */
public sealed interface Verification {

  /** Every check passed. */
  record Verified(VerifiedToken token) implements Verification {}

  /**
   * Refused: a 401.
   *
   * @param alias the issuer it claims to be from, empty where that is none of ours
   * @param keyHint the first characters of its key id, for the log
   */
  record Rejected(Rejection why, String alias, String keyHint) implements Verification {}

  /**
   * Genuine, and more than may be read whole: a 403 with a logged reason, never a silent cut.
   *
   * @param token without any roles
   */
  record Excessive(VerifiedToken token, Excess why) implements Verification {}

  /** What there is too much of. */
  enum Excess {
    ROLES("too-many-roles"),
    ROLE_NAME("role-name-too-long"),
    OVERAGE("groups-overage");

    private final String code;

    Excess(String code) {
      this.code = code;
    }

    /** Stable, for logs and for {@code reason}. */
    public String code() {
      return code;
    }
  }
}
