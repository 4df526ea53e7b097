package dev.grantway.issuers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Amazon Cognito's recipe, against cognito-local. */
@Tag("issuers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CognitoTest {
  private static final String ALICE = "alice@example.com";

  private CognitoLocal cognito;
  private String pool;
  private String client;
  private Gate gate;

  @BeforeAll
  void start(@TempDir Path data) {
    cognito = CognitoLocal.start(data);
    pool = cognito.createPool();
    client = cognito.createClient(pool);
    cognito.createUser(pool, ALICE, "viewer", "clerk");
    gate = new Gate(recipe(0, pool, client));
  }

  @AfterAll
  void stop() {
    if (cognito != null) {
      cognito.close();
      assertThat(Leashed.listens("127.0.0.1", cognito.port())).isFalse();
    }
  }

  /** The keys are named because its discovery document gives an address of its own. */
  private Recipe recipe(int number, String pool, String client) {
    var issuer = cognito.issuer(pool);
    return Recipe.of("Amazon Cognito", number)
        .with(
            "\"https://cognito-idp.eu-west-1.amazonaws.com/POOL_ID\"",
            "\"%1$s\", \"jwksUri\": \"%1$s/.well-known/jwks.json\"".formatted(issuer))
        .with("CLIENT_ID", client);
  }

  @Test
  void itListensForThisMachineAlone() {
    assertThat(Leashed.listens("127.0.0.2", cognito.port())).isFalse();
  }

  @Test
  void groupsAreRolesHoweverSomebodySignedIn() {
    for (var tokens :
        new Tokens[] {cognito.signIn(client, ALICE), cognito.password(client, ALICE)}) {
      var answer = gate.call(tokens.access(), "POST /orders");
      assertThat(answer.verdict()).isEqualTo("Allow");
      assertThat(answer.roles()).containsExactlyInAnyOrder("clerk", "viewer");
      assertThat(answer.context()).containsEntry("issuer", "pool").containsEntry("client", client);
    }
  }

  @Test
  void otherTokensAreRefusedEachWithItsCode() {
    var tokens = cognito.password(client, ALICE);
    assertThat(gate.verdict(tokens.id())).isEqualTo("Unauthorized wrong-token-kind");
    var other = cognito.createClient(pool);
    assertThat(gate.verdict(cognito.password(other, ALICE).access()))
        .isEqualTo("Unauthorized wrong-client");
    var otherPool = cognito.createPool();
    cognito.createUser(otherPool, ALICE, "clerk");
    var stranger = cognito.password(cognito.createClient(otherPool), ALICE).access();
    assertThat(gate.verdict(stranger)).isEqualTo("Unauthorized unknown-issuer");
    assertThat(gate.verdict(Tampered.payload(tokens.access(), "\"clerk\"", "\"owner\"")))
        .isEqualTo("Unauthorized bad-signature");
    var late = new Gate(recipe(0, pool, client));
    late.advance(Duration.ofHours(25));
    assertThat(late.verdict(tokens.access())).isEqualTo("Unauthorized expired");
  }

  @Test
  void idTokensAreTakenWhereTheyAreAskedForAndOnlyThere() {
    var tokens = cognito.password(client, ALICE);
    var forIds = new Gate(recipe(1, pool, client));
    assertThat(forIds.verdict(tokens.id())).isEqualTo("Allow");
    assertThat(forIds.verdict(tokens.access())).isEqualTo("Unauthorized wrong-token-kind");
    assertThat(forIds.verdict(cognito.password(cognito.createClient(pool), ALICE).id()))
        .isEqualTo("Unauthorized wrong-audience");
  }

  /** Its one key has a fixed id, so only the end of the five minutes can show another one. */
  @Test
  void anotherKeyOfTheSameIdIsTakenWithinFiveMinutes() {
    var rotating = new Gate(recipe(0, pool, client));
    var before = cognito.password(client, ALICE).access();
    assertThat(rotating.verdict(before)).isEqualTo("Allow");
    cognito.restartWithAnotherKey();
    var after = cognito.password(client, ALICE).access();
    assertThat(rotating.verdict(after)).isEqualTo("Unauthorized bad-signature");
    assertThat(rotating.verdict(before)).isEqualTo("Allow");
    rotating.advance(Duration.ofMinutes(5));
    assertThat(rotating.verdict(after)).isEqualTo("Allow");
    assertThat(rotating.verdict(before)).isEqualTo("Unauthorized bad-signature");
    gate = new Gate(recipe(0, pool, client));
  }
}
