package dev.grantway.authorizer;

import dev.grantway.authorizer.keys.KeysUnavailableException;
import dev.grantway.authorizer.token.TokenVerifier;
import dev.grantway.authorizer.token.Verification;
import dev.grantway.authorizer.token.VerifiedToken;
import dev.grantway.store.LiveRevocations;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Reads tokens as the authorizer reads them, for whoever wants to know what one says or why it is
 * refused (TOKENS steps 1 to 10). Nothing is decided, and nothing of a token is kept or logged.
 */
public final class TokenTrial {
  private final TokenVerifier tokens;

  private TokenTrial(TokenVerifier tokens) {
    this.tokens = tokens;
  }

  /** What a token comes to. */
  public sealed interface Tried {

    /**
     * Every check passed; whether it is revoked is the policy's to say.
     *
     * @param revocable what it may be revoked by
     */
    record Read(VerifiedToken token, LiveRevocations.Token revocable) implements Tried {}

    /**
     * A 401, or a 403 for one that holds too much.
     *
     * @param code stable, as in the authorizer's log lines
     */
    record Refused(String code) implements Tried {}

    /** Its issuer's keys could never be fetched; of a call, nothing could be decided. */
    record Keyless() implements Tried {}
  }

  /**
   * Tries by these issuers.
   *
   * @param issuers as {@code GRANTWAY_ISSUERS} holds them: JSON, or {@code file:PATH}
   * @param clockSkew as {@code GRANTWAY_CLOCK_SKEW} holds it, such as {@code 60s}
   * @throws ConfigurationException that names everything that is wrong with them
   */
  public static TokenTrial by(String issuers, String clockSkew, Clock clock) {
    var problems = new Problems();
    List<IssuerSetting> settings = new IssuersReader(problems).read(issuers);
    Duration skew = ConfigurationReader.clockSkew(clockSkew, problems);
    problems.throwIfAny();
    return new TokenTrial(
        new TokenVerifier(
            settings.stream().map(setting -> setting.trusted(clock, line -> {})).toList(),
            skew,
            clock));
  }

  /**
   * Reads one.
   *
   * @param bearer the text of a header: {@code Bearer}, a space and the token
   */
  public Tried read(String bearer) {
    try {
      return switch (tokens.verify(bearer)) {
        case Verification.Verified(var token) -> new Tried.Read(token, Caller.revocable(token));
        case Verification.Rejected it -> new Tried.Refused(it.why().code());
        case Verification.Excessive it -> new Tried.Refused(it.why().code());
      };
    } catch (KeysUnavailableException e) {
      return new Tried.Keyless();
    }
  }
}
