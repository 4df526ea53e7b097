package dev.grantway.authorizer.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.authorizer.SigningKeys;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Which keys of a set are tried for a token; what may be in a set stands in the table of key sets.
 */
class KeySetTest {
  private static final String GOOD = SigningKeys.jwk("r1");
  private static final String ED = SigningKeys.jwk("o1");

  private static String with(String jwk, String more) {
    return jwk.substring(0, jwk.length() - 1) + "," + more + "}";
  }

  @Test
  void onlyASetWithoutMembersIsEmpty() {
    assertThat(read("{\"keys\":[]}").orElseThrow().empty()).isTrue();
    assertThat(read("{\"keys\":[7]}").orElseThrow().empty()).isFalse();
  }

  @Test
  void keyRestrictedToAnAlgorithmChecksNoOther() {
    var set = read("{\"keys\":[" + with(GOOD, "\"alg\":\"RS256\"") + "]}").orElseThrow();
    assertThat(set.find(Optional.of("r1"), Algorithm.RS256)).isInstanceOf(KeyLookup.Found.class);
    assertThat(set.find(Optional.of("r1"), Algorithm.PS256)).isEqualTo(new KeyLookup.Missing(true));
    var ed = read("{\"keys\":[" + with(ED, "\"alg\":\"EdDSA\"") + "]}").orElseThrow();
    assertThat(ed.find(Optional.of("o1"), Algorithm.ED25519)).isInstanceOf(KeyLookup.Found.class);
  }

  @Test
  void atMostThreeKeysOfOneIdAreTried() {
    var four = String.join(",", GOOD, GOOD, GOOD, GOOD);
    var set = read("{\"keys\":[" + four + "]}").orElseThrow();
    assertThat(set.find(Optional.of("r1"), Algorithm.RS256))
        .isInstanceOfSatisfying(
            KeyLookup.Found.class, found -> assertThat(found.keys()).hasSize(3));
    assertThat(set.find(Optional.empty(), Algorithm.RS256)).isEqualTo(new KeyLookup.Ambiguous(4));
  }

  @Test
  void signatureOfAnotherLengthIsRefusedBeforeItIsChecked() {
    var set = read(SigningKeys.keySet()).orElseThrow();
    for (var key : set.keys()) {
      for (var algorithm : Algorithm.values()) {
        for (int length : new int[] {0, 1, 63, 65, 255, 257}) {
          assertThat(key.verifies(algorithm, new byte[] {1}, new byte[length])).isFalse();
        }
      }
    }
  }

  private static Optional<KeySet> read(String body) {
    return KeySet.read(body.getBytes(StandardCharsets.UTF_8));
  }
}
