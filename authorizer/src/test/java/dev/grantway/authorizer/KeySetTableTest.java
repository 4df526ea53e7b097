package dev.grantway.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.json.JsonLimits;
import dev.grantway.authorizer.json.JsonReader;
import dev.grantway.authorizer.json.MalformedJsonException;
import dev.grantway.authorizer.keys.KeySet;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The table of key sets: which keys of a document can be used, and why the others cannot. */
class KeySetTableTest {
  private static final List<Json.Obj> SETS = TokenTable.rows("key-sets.json");

  @TestFactory
  Stream<DynamicTest> keysAreUsableOrSkippedOneByOne() {
    return SETS.stream().map(row -> dynamicTest(row.text("case").orElseThrow(), () -> check(row)));
  }

  @Test
  void tableIsAsLargeAsPromised() {
    assertThat(SETS).hasSizeGreaterThanOrEqualTo(40);
  }

  private static void check(Json.Obj row) {
    var set = KeySet.read(document(row).getBytes(StandardCharsets.UTF_8));
    if (row.get("none").isPresent()) {
      assertThat(set).isEmpty();
      return;
    }
    assertThat(set).isPresent();
    assertThat(set.get().keys()).hasSize(number(row, "usable").orElseThrow());
    number(row, "skippedAll").ifPresent(it -> assertThat(set.get().skipped()).hasSize(it));
    var reason = row.text("skipped");
    reason.ifPresent(
        text ->
            assertThat(set.get().skipped())
                .isNotEmpty()
                .allSatisfy(key -> assertThat(key.reason()).startsWith(text)));
    if (reason.isEmpty() && row.get("skippedAll").isEmpty()) {
      assertThat(set.get().skipped()).isEmpty();
    }
  }

  private static Optional<Integer> number(Json.Obj row, String name) {
    return row.get(name).map(it -> Integer.valueOf(((Json.Num) it).text()));
  }

  private static String document(Json.Obj row) {
    var raw = row.text("raw");
    if (raw.isPresent()) {
      return TokenTable.filled(raw.get())
          .replace("[{e1}", "[" + SigningKeys.jwk("e1"))
          .replace(",{e1}", "," + SigningKeys.jwk("e1"))
          .replace(":{e1}", ":" + SigningKeys.jwk("e1"))
          .replace("{e1}", SigningKeys.jwk("e1"));
    }
    return ((Json.Arr) row.get("keys").orElseThrow())
        .items().stream()
            .map(KeySetTableTest::key)
            .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
  }

  private static String key(Json written) {
    return switch (written) {
      case Json.Text(var id) when id.matches("[reo][0-9]") -> SigningKeys.jwk(id);
      case Json.Obj object when object.get("rsaBits").isPresent() ->
          rsa(BigInteger.TWO.pow(number(object, "rsaBits").orElseThrow()).subtract(BigInteger.ONE));
      case Json.Obj object when object.get("roca").isPresent() -> rsa(roca());
      case Json.Obj object when object.get("like").isPresent() -> like(object);
      case Json other -> TokenTable.text(other);
    };
  }

  private static String like(Json.Obj object) {
    try {
      var jwk =
          (Json.Obj)
              JsonReader.read(
                  SigningKeys.jwk(object.text("like").orElseThrow()), JsonLimits.PLATFORM);
      if (object.get("evenModulus").isPresent()) {
        byte[] modulus = Base64.getUrlDecoder().decode(jwk.text("n").orElseThrow());
        return rsa(new BigInteger(1, modulus).clearBit(0));
      }
      return TokenTable.text(TokenTable.changed(jwk, object.object("set"), object.get("drop")));
    } catch (MalformedJsonException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String rsa(BigInteger modulus) {
    byte[] bytes = modulus.toByteArray();
    int sign = bytes[0] == 0 ? 1 : 0;
    byte[] unsigned = Arrays.copyOfRange(bytes, sign, bytes.length);
    return "{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"" + SigningKeys.encode(unsigned) + "\"}";
  }

  /** A power of 65537 modulo the product of the first 39 primes, as the generator made them. */
  private static BigInteger roca() {
    var product =
        IntStream.rangeClosed(2, 167)
            .mapToObj(BigInteger::valueOf)
            .filter(it -> it.isProbablePrime(50))
            .reduce(BigInteger.ONE, BigInteger::multiply);
    var residue = BigInteger.valueOf(65_537).modPow(BigInteger.valueOf(123_456_789), product);
    return product
        .multiply(BigInteger.TWO.pow(2_047).divide(product).add(BigInteger.ONE))
        .add(residue);
  }
}
