package dev.grantway.admin.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import dev.grantway.admin.changes.OwnIssuer;
import dev.grantway.admin.changes.World;
import dev.grantway.admin.common.Messages;
import dev.grantway.authorizer.ConfigurationException;
import dev.grantway.decision.PolicyTest;
import dev.grantway.store.Revocation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tokens that somebody pastes: each refusal is said in its own words, and nothing is kept. */
class PastedTokenTest {
  private static final String SKEW = "60s";

  private final World world = new World();
  private final OwnIssuer issuer;
  private final SimulateService simulate;

  PastedTokenTest() throws JOSEException {
    issuer = new OwnIssuer();
    simulate = service(issuer.setting());
  }

  private SimulateService service(String issuers) {
    return new SimulateService(
        world.repository,
        world.changes,
        world.operators,
        world.activity,
        new PastedTokens(issuers, SKEW, world.clock),
        world.clock);
  }

  private String token(Instant issued) throws JOSEException {
    return issuer.token("alice", Map.of("roles", List.of("clerk"), "region", "eu"), issued);
  }

  private String refused(String text) {
    return ((Pasted.Refused) simulate.read(text)).why().in(Locale.ENGLISH);
  }

  private static String word(String key, Object... facts) {
    return Messages.text(key, Locale.ENGLISH, facts);
  }

  @Test
  void aGoodTokenNamesItsCallerWithItsSchemeOrWithout() throws Exception {
    String token = token(world.clock.instant());
    for (String text : List.of(token, " " + token + "\n", "Bearer " + token, "bearer " + token)) {
      PolicyTest.Caller caller = ((Pasted.Known) simulate.read(text)).caller();
      assertThat(caller.issuer()).isEqualTo("corp");
      assertThat(caller.sub()).isEqualTo("alice");
      assertThat(caller.roles()).containsExactly("clerk");
      assertThat(caller.claims().get("region")).hasToString("Text[value=eu]");
    }
  }

  @Test
  void whatIsWrongIsSaidInItsOwnWords() throws Exception {
    Instant now = world.clock.instant();
    String good = token(now);
    String other = new OwnIssuer().token("alice", Map.of(), now);
    assertThat(refused(token(now.minus(Duration.ofHours(4))))).isEqualTo(word("token.expired"));
    assertThat(refused(token(now.plus(Duration.ofMinutes(5)))))
        .isEqualTo(word("token.issued-in-future"));
    assertThat(refused(other)).isEqualTo(word("token.bad-signature"));
    assertThat(refused(good.substring(0, good.lastIndexOf('.'))))
        .isEqualTo(word("token.token-shape"));
    assertThat(refused("hello")).isEqualTo(word("token.token-shape"));
    assertThat(refused(issuer.token("alice", Map.of("iss", "https://other.test"), now)))
        .isEqualTo(word("token.unknown-issuer"));
    assertThat(refused(issuer.token("alice", Map.of("aud", "other"), now)))
        .isEqualTo(word("token.wrong-audience"));
    assertThat(refused(issuer.token("alice", Map.of("exp", "soon"), now)))
        .isEqualTo(word("token.other", "bad-exp"));
  }

  @Test
  void aRevokedTokenIsRefusedAsTheAuthorizerRefusesIt() throws Exception {
    Instant now = world.clock.instant();
    String before = token(now.minusSeconds(5));
    assertThat(simulate.read(before)).isInstanceOf(Pasted.Known.class);
    world.repository.revoke(
        new Revocation(
            0,
            true,
            Revocation.Kind.SUBJECT,
            "corp",
            "alice",
            now,
            now.plusSeconds(3600),
            "olga",
            now,
            "lost laptop"));
    assertThat(refused(before)).isEqualTo(word("token.revoked"));
    assertThat(simulate.read(token(now))).isInstanceOf(Pasted.Known.class);
  }

  @Test
  void nothingOfItIsRecordedOrShownByAccident() throws Exception {
    Pasted.Known known = (Pasted.Known) simulate.read(token(world.clock.instant()));
    assertThat(known.toString()).doesNotContain("alice").doesNotContain("eu");
    simulate.simulate(
        world.repository.live().policy().apiNamed("orders").orElseThrow(),
        "prod",
        new SimulationInput(
            Map.of(SimulationInput.Field.METHOD, "GET", SimulationInput.Field.PATH, "/orders")),
        Optional.of(known));
    assertThat(world.log.all().toString()).isNotEmpty().doesNotContain("alice");
  }

  @Test
  void withoutIssuersNobodyCanBeRead() throws Exception {
    Pasted none = service("").read(token(world.clock.instant()));
    assertThat(((Pasted.Refused) none).why().in(Locale.ENGLISH))
        .isEqualTo(word("token.no-issuers"));
  }

  @Test
  void issuersThatTheAuthorizerWouldRefuseKeepTheAppFromStarting() {
    assertThatThrownBy(() -> service("[{\"alias\":\"corp\"}]"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("GRANTWAY_ISSUERS[0]");
  }
}
