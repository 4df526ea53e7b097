package dev.grantway.issuers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Keycloak's recipe, with the realm of the repository. */
@Tag("issuers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeycloakTest {
  private static final Duration LIFESPAN = Duration.ofSeconds(1_800);

  private Keycloak keycloak;
  private Gate gate;
  private Tokens alice;

  @BeforeAll
  void start() {
    keycloak = Keycloak.start();
    gate = new Gate(recipe(Keycloak.REALM));
    alice = keycloak.signIn(Keycloak.REALM);
  }

  @AfterAll
  void stop() {
    if (keycloak != null) {
      keycloak.close();
      assertThat(Leashed.listens("127.0.0.1", keycloak.port())).isFalse();
    }
  }

  private Recipe recipe(String realm) {
    return Recipe.of("Keycloak", 0)
        .with("https://keycloak.example.com/realms/orders", keycloak.issuer(realm));
  }

  @Test
  void itListensForThisMachineAlone() {
    assertThat(Leashed.listens("127.0.0.2", keycloak.port())).isFalse();
  }

  @Test
  void peopleHaveTheirRealmRolesClientRolesAndGroups() {
    var answer = gate.call(alice.access(), "POST /orders");
    assertThat(answer.verdict()).isEqualTo("Allow");
    assertThat(answer.roles())
        .containsExactlyInAnyOrder("clerk", "viewer", "orders-api:refund", "finance");
    assertThat(answer.context())
        .containsEntry("issuer", "corp")
        .containsEntry("client", "orders-web")
        .containsEntry("token_scopes", "email openid profile");
    assertThat(gate.call(alice.access(), "POST /orders/42/refunds").verdict()).isEqualTo("Allow");
    assertThat(gate.call(alice.access(), "GET /reports").verdict()).isEqualTo("Allow");
  }

  @Test
  void servicesHaveTheirOwnRoles() {
    var nightly = keycloak.service(Keycloak.REALM, "orders-nightly");
    var answer = gate.call(nightly, "GET /orders");
    assertThat(answer.verdict()).isEqualTo("Allow");
    assertThat(answer.roles()).containsExactly("viewer");
    assertThat(answer.context()).containsEntry("client", "orders-nightly");
    assertThat(gate.call(nightly, "POST /orders").verdict()).isEqualTo("Deny default-deny");
  }

  @Test
  void otherTokensAreRefusedEachWithItsCode() {
    assertThat(gate.verdict(alice.id())).isEqualTo("Unauthorized wrong-token-kind");
    assertThat(gate.verdict(alice.refresh())).isEqualTo("Unauthorized alg-not-allowed");
    assertThat(gate.verdict(keycloak.service(Keycloak.REALM, "reports")))
        .isEqualTo("Unauthorized wrong-audience");
    assertThat(gate.verdict(keycloak.signIn(Keycloak.SECOND).access()))
        .isEqualTo("Unauthorized unknown-issuer");
    assertThat(gate.verdict(Tampered.payload(alice.access(), "\"clerk\"", "\"owner\"")))
        .isEqualTo("Unauthorized bad-signature");
    var otherRealm =
        Tampered.payload(
            keycloak.signIn(Keycloak.SECOND).access(), "/realms/second", "/realms/orders");
    assertThat(new Gate(recipe(Keycloak.REALM)).verdict(otherRealm))
        .isEqualTo("Unauthorized unknown-key");
  }

  @Test
  void clientsCanBeNamedInPlaceOfAnAudience() {
    var byClient =
        new Gate(
            recipe(Keycloak.REALM)
                .with(
                    "\"audiences\": [\"https://api.example.com\"]",
                    "\"clientIds\": [\"orders-web\"]"));
    assertThat(byClient.verdict(alice.access())).isEqualTo("Allow");
    assertThat(byClient.verdict(keycloak.service(Keycloak.REALM, "orders-nightly")))
        .isEqualTo("Unauthorized wrong-client");
  }

  @Test
  void tokensEndWithTheirLifespanAndTheSkew() {
    var later = new Gate(recipe(Keycloak.REALM));
    var token = keycloak.signIn(Keycloak.REALM).access();
    later.advance(LIFESPAN.minusSeconds(10));
    assertThat(later.verdict(token)).isEqualTo("Allow");
    later.advance(Duration.ofSeconds(70));
    assertThat(later.verdict(token)).isEqualTo("Unauthorized expired");
  }

  @Test
  void theEncryptionKeyIsSkippedAndNothingOfATokenIsLogged() {
    var fresh = new Gate(recipe(Keycloak.REALM));
    assertThat(fresh.verdict(alice.access())).isEqualTo("Allow");
    assertThat(fresh.log()).filteredOn(line -> line.contains("keys-skipped")).hasSize(1);
    assertThat(fresh.log())
        .noneMatch(line -> line.contains(alice.access()) || line.contains("alice"));
  }

  @Test
  void rotatedKeysAreTakenAtOnceAndRemovedOnesEnd() {
    var rotating = new Gate(recipe(Keycloak.SECOND));
    var before = keycloak.signIn(Keycloak.SECOND).access();
    assertThat(rotating.verdict(before)).isEqualTo("Allow");

    keycloak.addKey(Keycloak.SECOND);
    var after = keycloak.signIn(Keycloak.SECOND).access();
    assertThat(Tampered.keyId(after)).isNotEqualTo(Tampered.keyId(before));
    assertThat(rotating.verdict(after)).isEqualTo("Unauthorized unknown-key");
    rotating.advance(Duration.ofSeconds(30));
    assertThat(rotating.verdict(after)).isEqualTo("Allow");
    assertThat(rotating.verdict(before)).isEqualTo("Allow");

    keycloak.makeFirstKeyPassive(Keycloak.SECOND);
    rotating.advance(Duration.ofMinutes(5));
    assertThat(Tampered.keyId(keycloak.signIn(Keycloak.SECOND).access()))
        .isEqualTo(Tampered.keyId(after));
    assertThat(rotating.verdict(before)).isEqualTo("Allow");

    keycloak.removeFirstKey(Keycloak.SECOND);
    assertThat(rotating.verdict(before)).isEqualTo("Allow");
    rotating.advance(Duration.ofMinutes(5));
    assertThat(rotating.verdict(before)).isEqualTo("Unauthorized unknown-key");
    assertThat(rotating.verdict(after)).isEqualTo("Allow");
  }
}
