package dev.grantway.authorizer.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.grantway.authorizer.SigningKeys;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Keys are read one by one: a key that cannot be used never spoils its set. */
class KeySetTest {
  private static final String GOOD = SigningKeys.jwk("r1");
  private static final String EC = SigningKeys.jwk("e1");
  private static final String ED = SigningKeys.jwk("o1");

  private static String with(String jwk, String more) {
    return jwk.substring(0, jwk.length() - 1) + "," + more + "}";
  }

  private static final Map<String, String> ODD =
      Map.ofEntries(
          Map.entry("not an object", "7"),
          Map.entry("null", "null"),
          Map.entry("repeated member", "{\"kty\":\"RSA\",\"kty\":\"EC\"}"),
          Map.entry("private", with(GOOD, "\"d\":\"AQAB\"")),
          Map.entry("symmetric", "{\"kty\":\"oct\",\"k\":\"AAAA\"}"),
          Map.entry("unknown type", "{\"kty\":\"AKP\",\"pub\":\"AAAA\"}"),
          Map.entry("no type", "{\"kid\":\"x\"}"),
          Map.entry("unknown curve", EC.replace("P-256", "secp256k1")),
          Map.entry("X25519", ED.replace("Ed25519", "X25519")),
          Map.entry("point of another curve", EC.replace("P-256", "P-384")),
          Map.entry("for encryption", with(GOOD, "\"use\":\"enc\"")),
          Map.entry("use of a wrong type", with(GOOD, "\"use\":1")),
          Map.entry("cannot verify", with(GOOD, "\"key_ops\":[\"encrypt\"]")),
          Map.entry("key_ops of a wrong type", with(GOOD, "\"key_ops\":\"verify\"")),
          Map.entry("alg of encryption", with(GOOD, "\"alg\":\"RSA-OAEP\"")),
          Map.entry("alg of another type", with(GOOD, "\"alg\":\"ES256\"")),
          Map.entry(
              "kid of a wrong type", "{\"kty\":\"RSA\",\"kid\":1,\"n\":\"AQAB\",\"e\":\"AQAB\"}"),
          Map.entry(
              "RSA too short",
              "{\"kty\":\"RSA\",\"n\":\"%s\",\"e\":\"AQAB\"}".formatted(ones(128))),
          Map.entry(
              "RSA too long",
              "{\"kty\":\"RSA\",\"n\":\"%s\",\"e\":\"AQAB\"}".formatted(ones(1_025))),
          Map.entry("RSA exponent 1", GOOD.replace("AQAB", "AQ")),
          Map.entry("RSA exponent even", GOOD.replace("AQAB", "Ag")),
          Map.entry("padded", GOOD.replace("AQAB", "AQAB==")),
          Map.entry("Ed25519 too short", "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AAAA\"}"));

  private static String ones(int bytes) {
    byte[] all = new byte[bytes];
    java.util.Arrays.fill(all, (byte) 0xFF);
    return SigningKeys.encode(all);
  }

  @TestFactory
  Stream<DynamicTest> oddKeyIsSkippedAndItsNeighboursStand() {
    return ODD.entrySet().stream()
        .map(
            odd ->
                dynamicTest(
                    odd.getKey(),
                    () -> {
                      var set =
                          read("{\"keys\":[" + odd.getValue() + "," + EC + "]}").orElseThrow();
                      assertThat(set.skipped()).hasSize(1);
                      assertThat(set.keys()).hasSize(1);
                      assertThat(set.find(Optional.of("e1"), Algorithm.ES256))
                          .isInstanceOf(KeyLookup.Found.class);
                    }));
  }

  @Test
  void whatIsNoKeySetIsNone() {
    for (var body : new String[] {"", "<html>", "[]", "{}", "{\"keys\":{}}", "{\"keys\":null}"}) {
      assertThat(read(body)).as(body).isEmpty();
    }
    assertThat(read("{\"keys\":[],\"keys\":[]}")).isEmpty();
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
