package dev.grantway.authorizer.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.authorizer.TestClock;
import dev.grantway.authorizer.keys.KeySet;
import dev.grantway.authorizer.keys.KeySource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The examples of RFC 7515, 7519 and 8037: genuine asymmetric ones verify, the others are refused.
 */
class PublishedExamplesTest {
  private static final String JOE =
      "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt"
          + "cGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

  private static final String A2_KEY =
      """
      {"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw\
      -4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb\
      _7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZl\
      xvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb5\
      4h4FRWyuXpoQ","e":"AQAB"}\
      """;
  private static final String A2 =
      "eyJhbGciOiJSUzI1NiJ9."
          + JOE
          + ".cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7"
          + "AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4"
          + "BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K"
          + "0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqv"
          + "hJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrB"
          + "p0igcN_IoypGlUPQGe77Rw";

  private static final String A3_KEY =
      """
      {"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",\
      "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}\
      """;
  private static final String A3 =
      "eyJhbGciOiJFUzI1NiJ9."
          + JOE
          + ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSA"
          + "pmWQxfKTUJqPP3-Kg6NU1Q";

  private static final String A4_KEY =
      """
      {"kty":"EC","crv":"P-521","x":"AekpBQ8ST8a8VcfVOTNl353vSrDCLLJXmPk06wTjxrrjcBpXp5EOnYG_\
      NjFZ6OvLFV1jSfS9tsz4qUxcWceqwQGk","y":"ADSmRA43Z1DSNx_RvcLI87cdL07l6jQyyBXMoxVg_l2Th-x3\
      S1WDhjDly79ajL4Kkd0AZMaZmh9ubmf63e3kyMj2"}\
      """;
  private static final String A4 =
      "eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA."
          + "AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWROc-mZZq"
          + "wqT2SI-KGDKB34XO0aw_7XdtAG8GaSwFKdCAPZgoXD2YBJZCPEX3xKpRwcdOO8Kp"
          + "EHwJjyqOgzDO7iKvU8vcnwNrmxYbSW9ERBXukOXolLzeO_Jn";

  private static final String ED_KEY =
      "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}";
  private static final String ED =
      "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
          + "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5Bh"
          + "VsPt9g7sVvpAr_MuM0KAg";

  /** RFC 7515 A.1 and RFC 7519 section 3.1. */
  private static final String HS256 =
      "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
          + JOE
          + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

  /** RFC 7515 A.5 and RFC 7519 section 6.1. */
  private static final String UNSECURED = "eyJhbGciOiJub25lIn0." + JOE + ".";

  @Test
  void genuineExamplesVerify() throws Exception {
    assertGenuine();
  }

  static void assertGenuine() throws Exception {
    assertThat(Jws.verdict(A2, set(A2_KEY))).as("RFC 7515 A.2").isEqualTo("genuine");
    assertThat(Jws.verdict(A3, set(A3_KEY))).as("RFC 7515 A.3").isEqualTo("genuine");
    assertThat(Jws.verdict(A4, set(A4_KEY))).as("RFC 7515 A.4").isEqualTo("genuine");
    assertThat(Jws.verdict(ED, set(ED_KEY))).as("RFC 8037 A.4").isEqualTo("genuine");
    var all = set(A2_KEY + "," + A3_KEY + "," + A4_KEY + "," + ED_KEY);
    for (var jws : List.of(A2, A3, A4, ED)) {
      assertThat(Jws.verdict(jws, all)).isEqualTo("genuine");
    }
  }

  @Test
  void examplesUnderAnotherExamplesKeyAreRefused() throws Exception {
    assertThat(Jws.verdict(A2, set(A3_KEY))).isEqualTo("unknown-key");
    assertThat(Jws.verdict(A3, set(A4_KEY))).isEqualTo("unknown-key");
    assertThat(Jws.verdict(A3.replace(".DtEh", ".DtEi"), set(A3_KEY))).isEqualTo("bad-signature");
  }

  @Test
  void symmetricAndUnsecuredExamplesAreRefused() throws Exception {
    var all = set(A2_KEY + "," + A3_KEY);
    assertThat(Jws.verdict(HS256, all)).isEqualTo("alg-not-allowed");
    assertThat(Jws.verdict(UNSECURED, all)).isEqualTo("token-shape");
    assertThat(Jws.verdict(UNSECURED + "AAAA", all)).isEqualTo("alg-not-allowed");
  }

  /** RFC 7519 asks for no {@code iat}; this authorizer does, and says so after the signature. */
  @Test
  void genuineExampleLacksWhatAnAccessTokenNeeds() throws Exception {
    var joe =
        new Issuer(
            "joe",
            "joe",
            Issuers.corp().algorithms(),
            Issuers.corp().types(),
            Issuers.corp().kind(),
            Issuers.corp().acceptance(),
            Duration.ofHours(24),
            Issuers.corp().reading(),
            Issuers.corp().roles());
    var verifier =
        new TokenVerifier(
            List.of(new TrustedIssuer(joe, set(A2_KEY))), Duration.ofSeconds(60), new TestClock());
    assertThat(verifier.verify("Bearer " + A2))
        .isInstanceOfSatisfying(
            Verification.Rejected.class,
            rejected -> assertThat(rejected.why().code()).isEqualTo("no-iat"));
  }

  private static KeySource set(String keys) {
    var text = "{\"keys\":[" + keys + "]}";
    return KeySource.inline(KeySet.read(text.getBytes(StandardCharsets.UTF_8)).orElseThrow());
  }
}
