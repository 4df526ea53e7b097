package dev.grantway.admin.simulate;

import dev.grantway.admin.common.Sentence;
import dev.grantway.decision.PolicyTest;
import java.time.Instant;

/** What a token that somebody pasted comes to. */
public sealed interface Pasted {

  /**
   * The caller that it names; kept by whoever looks at it and nowhere else.
   *
   * @param principal {@code alias|name}, as backends are told
   * @param dropped how many role names the issuer may not give or that are mapped to nothing
   */
  record Known(
      PolicyTest.Caller caller, String principal, Instant issuedAt, Instant expiresAt, int dropped)
      implements Pasted {
    /** Shows no claim. */
    @Override
    public String toString() {
      return "caller of issuer " + caller.issuer();
    }
  }

  /** The authorizer would not let it through, or cannot be asked here. */
  record Refused(Sentence why) implements Pasted {}
}
