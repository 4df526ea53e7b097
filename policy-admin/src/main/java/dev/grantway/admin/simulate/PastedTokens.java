package dev.grantway.admin.simulate;

import dev.grantway.authorizer.TokenTrial;
import java.time.Clock;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Reads tokens by the authorizer's issuers, where this app is told them as the authorizer is
 * ({@code GRANTWAY_ISSUERS}, {@code GRANTWAY_CLOCK_SKEW}). What cannot be used of them keeps the
 * app from starting, as it keeps the authorizer.
 */
@Component
class PastedTokens {
  private static final String SCHEME = "Bearer ";

  private final Optional<TokenTrial> trial;

  PastedTokens(
      @Value("${grantway.issuers}") String issuers,
      @Value("${grantway.clock-skew}") String skew,
      Clock clock) {
    this.trial =
        issuers.isBlank() ? Optional.empty() : Optional.of(TokenTrial.by(issuers, skew, clock));
  }

  /**
   * None where no issuers are known.
   *
   * @param text a token as people copy it: alone, or as the header's value with its scheme
   */
  Optional<TokenTrial.Tried> read(String text) {
    String stripped = text.strip();
    boolean schemed = stripped.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    return trial.map(it -> it.read(schemed ? stripped : SCHEME + stripped));
  }
}
