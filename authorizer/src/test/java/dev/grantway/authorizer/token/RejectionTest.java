package dev.grantway.authorizer.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.authorizer.TestClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the tables of tokens cannot say about rejections. */
class RejectionTest {
  private final TokenVerifier verifier =
      new TokenVerifier(
          List.of(new TrustedIssuer(Issuers.corp(), Issuers.keys())),
          Duration.ofSeconds(60),
          new TestClock());

  @Test
  void onlyRefusalsThatMayPassByThemselvesSaySo() {
    assertThat(Rejection.NotAcceptable.NOT_YET_VALID.passing()).isTrue();
    assertThat(Rejection.NotAcceptable.ISSUED_IN_FUTURE.passing()).isTrue();
    assertThat(new Rejection.UnknownKey(false).passing()).isTrue();
    assertThat(new Rejection.UnknownKey(true).passing()).isFalse();
    assertThat(new Rejection.Broken("x").passing()).isTrue();
    assertThat(Rejection.NotAcceptable.EXPIRED.passing()).isFalse();
    assertThat(new Rejection.BadSignature().passing()).isFalse();
  }

  @Test
  void rejectionNamesTheIssuerAndTheFirstCharactersOfTheKeyIdAndNothingElse() throws Exception {
    var header = "{\"alg\":\"RS256\",\"kid\":\"0123456789abcdef\"}";
    var rejection = verifier.verify(Claims.good().with("sub", "\"canary\"").bearerUnder(header));
    assertThat(rejection)
        .isEqualTo(new Verification.Rejected(new Rejection.UnknownKey(true), "corp", "01234567"));
    assertThat(rejection.toString()).doesNotContain("canary").doesNotContain("89abcdef");
  }

  @Test
  void rejectionsOfUnknownIssuersNameNoIssuer() throws Exception {
    assertThat(verifier.verify(Claims.good().with("iss", "\"https://canary\"").bearer()))
        .isEqualTo(new Verification.Rejected(Rejection.BadIssuer.UNKNOWN, "", ""));
  }
}
