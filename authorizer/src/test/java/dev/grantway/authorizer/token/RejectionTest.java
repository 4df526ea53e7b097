package dev.grantway.authorizer.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.grantway.authorizer.SigningKeys;
import dev.grantway.authorizer.TestClock;
import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.json.JsonPointer;
import dev.grantway.authorizer.keys.KeysUnavailableException;
import dev.grantway.authorizer.token.Issuer.Acceptance;
import dev.grantway.authorizer.token.Issuer.TokenKind;
import dev.grantway.authorizer.token.Verification.Rejected;
import dev.grantway.authorizer.token.Verification.Verified;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every code that a token can be refused with, beside tokens that pass. */
class RejectionTest {
  private static final String HEADER = "{\"alg\":\"RS256\",\"kid\":\"r1\"%s}";

  private record Case(String what, String bearer, String code) {}

  private final List<Case> cases = new ArrayList<>();

  private void refused(String what, String bearer, String code) {
    cases.add(new Case(what, bearer, code));
  }

  private void header(String what, String members, String code) {
    refused(what, Claims.good().bearerUnder(HEADER.formatted(members)), code);
  }

  private void claim(String name, String json, String code) {
    refused(name + " " + json, Claims.good().with(name, json).bearer(), code);
  }

  RejectionTest() {
    credentials();
    encodings();
    headers();
    issuersAndKeys();
    claims();
  }

  private void credentials() {
    var good = Claims.good().bearer().substring("Bearer ".length());
    refused("no scheme", good, "not-bearer");
    refused("another scheme", "Basic " + good, "not-bearer");
    refused("a tab after the scheme", "Bearer\t" + good, "not-bearer");
    refused("nothing after the scheme", "Bearer ", "token-shape");
    refused("two tokens", "Bearer " + good + "," + good, "token-shape");
    refused("a space behind", "Bearer " + good + " ", "token-shape");
    refused("four parts", "Bearer " + good + ".AAAA", "token-shape");
    refused("padding", "Bearer " + good + "==", "token-shape");
    refused("opaque", "Bearer 0123456789abcdef", "token-shape");
    refused(
        "empty signature", "Bearer " + good.substring(0, good.lastIndexOf('.') + 1), "token-shape");
    refused("over 8 KB", "Bearer " + "A".repeat(9_000) + ".A.A", "token-too-long");
  }

  private void encodings() {
    var payload = SigningKeys.encode(Claims.good().json());
    var head = SigningKeys.encode(SigningKeys.header("r1"));
    refused("trailing bits in header", "Bearer AB." + payload + ".AAAA", "header-encoding");
    refused("trailing bits in payload", "Bearer " + head + ".AB.AAAA", "payload-encoding");
    refused(
        "length in signature", "Bearer " + head + "." + payload + ".AAAAA", "signature-encoding");
    refused("bytes that are no UTF-8", "Bearer _w." + payload + ".AAAA", "header-json-encoding");
    header("header over 2 KB", ",\"x\":\"" + "y".repeat(2_100) + "\"", "header-too-long");
    header("repeated member", ",\"alg\":\"RS256\"", "header-json-duplicate");
    refused("header null", Claims.good().bearerUnder("null"), "header-not-object");
    refused("header array", Claims.good().bearerUnder("[]"), "header-not-object");
    refused("header text after", Claims.good().bearerUnder("{} {}"), "header-json-trailing");
    var mark = "\uFEFF" + SigningKeys.header("r1");
    refused("byte order mark", Claims.good().bearerUnder(mark), "header-json-byte-order-mark");
    refused("no JSON", Claims.good().bearerUnder("{alg:RS256}"), "header-json-syntax");
    refused("cut short", Claims.good().bearerUnder("{\"alg\":"), "header-json-syntax");
    payload("payload null", "null", "payload-not-object");
    payload("nested duplicate", "{\"a\":{\"b\":1,\"b\":2}}", "payload-json-duplicate");
    payload("too deep", "[".repeat(17) + "]".repeat(17), "payload-json-depth");
    payload("long number", "{\"exp\":" + "1".repeat(33) + "}", "payload-json-number");
    payload("many elements", "[" + "1,".repeat(1_001) + "1]", "payload-json-size");
    payload("half a pair", "{\"a\":\"\\ud800\"}", "payload-json-surrogate");
  }

  private void payload(String what, String json, String code) {
    refused(what, "Bearer " + SigningKeys.sign("r1", json), code);
  }

  private void headers() {
    for (var name : List.of("crit", "b64", "zip", "enc", "jwk", "jku", "x5u", "x5c")) {
      header(name, ",\"" + name + "\":null", "header-forbidden");
    }
    for (var alg : List.of("none", "HS256", "RS1", "rs256", "ES256K")) {
      var bearer = Claims.good().bearerUnder("{\"alg\":\"" + alg + "\",\"kid\":\"r1\"}");
      refused("alg " + alg, bearer, "alg-not-allowed");
    }
    refused("no alg", Claims.good().bearerUnder("{\"kid\":\"r1\"}"), "alg-not-allowed");
    refused("alg null", Claims.good().bearerUnder("{\"alg\":null}"), "alg-not-allowed");
    refused("kid number", Claims.good().bearerUnder("{\"alg\":\"RS256\",\"kid\":1}"), "bad-kid");
    var longId = "{\"alg\":\"RS256\",\"kid\":\"" + "k".repeat(257) + "\"}";
    refused("kid over 256", Claims.good().bearerUnder(longId), "bad-kid");
    for (var typ : List.of("logout+jwt", "dpop+jwt", "application/secevent+jwt", "")) {
      header("typ " + typ, ",\"typ\":\"" + typ + "\"", "typ-not-allowed");
    }
    header("typ number", ",\"typ\":1", "typ-not-allowed");
  }

  private void issuersAndKeys() {
    refused("no iss", Claims.good().without("iss").bearer(), "no-issuer");
    claim("iss", "7", "no-issuer");
    claim("iss", "\"https://issuer.example\"", "unknown-issuer");
    var rs512 = "{\"alg\":\"RS512\",\"kid\":\"r1\"}";
    refused("alg of another issuer", Claims.good().bearerUnder(rs512), "alg-not-of-issuer");
    var unknown = "{\"alg\":\"RS256\",\"kid\":\"r9\"}";
    refused("unknown kid", Claims.good().bearerUnder(unknown), "unknown-key");
    var confused = "{\"alg\":\"ES256\",\"kid\":\"r1\"}";
    refused("key of another kind", Claims.good().bearerUnder(confused), "unknown-key");
    refused("two keys would do", Claims.good().bearerUnder("{\"alg\":\"RS256\"}"), "ambiguous-key");
    var other = "Bearer " + SigningKeys.sign("r2", SigningKeys.header("r1"), Claims.good().json());
    refused("signed by another key", other, "bad-signature");
    var good = Claims.good().bearer();
    var swapped =
        good.replace(
            SigningKeys.encode(Claims.good().json()),
            SigningKeys.encode(Claims.good().with("sub", "\"mallory\"").json()));
    refused("tampered", swapped, "bad-signature");
    refused("short signature", good.substring(0, good.lastIndexOf('.')) + ".AAAA", "bad-signature");
  }

  private void claims() {
    for (var bad : List.of("null", "\"1\"", "true", "[]", "{}", "-1", "253402300800", "1e400")) {
      claim("exp", bad, "bad-exp");
      claim("iat", bad, "bad-iat");
      claim("nbf", bad, "bad-nbf");
    }
    refused("no exp", Claims.good().without("exp").bearer(), "no-exp");
    refused("no iat", Claims.good().without("iat").bearer(), "no-iat");
    claim("exp", Long.toString(Claims.NOW - 60), "expired");
    claim("exp", "0", "expired");
    claim("nbf", Long.toString(Claims.NOW + 61), "not-yet-valid");
    claim("iat", Long.toString(Claims.NOW + 61), "issued-in-future");
    claim("exp", Long.toString(Claims.NOW - 10 + 86_401), "lifetime-too-long");
    claim("aud", "\"https://api.example/\"", "wrong-audience");
    claim("aud", "[\"other\"]", "wrong-audience");
    claim("aud", "[]", "bad-aud");
    claim("aud", "[\"https://api.example\",1]", "bad-aud");
    claim("aud", "null", "bad-aud");
    refused("no aud", Claims.good().without("aud").bearer(), "wrong-audience");
    claim("token_use", "\"id\"", "wrong-token-kind");
    claim("token_use", "null", "wrong-token-kind");
    claim("typ", "\"ID\"", "wrong-token-kind");
    claim("typ", "\"Refresh\"", "wrong-token-kind");
    claim("nonce", "\"n\"", "wrong-token-kind");
    claim("at_hash", "\"h\"", "wrong-token-kind");
    claim("events", "{}", "wrong-token-kind");
    claim("cnf", "{\"jkt\":\"x\"}", "unproved-confirmation");
    claim("sub", "7", "bad-sub");
    claim("jti", "7", "bad-jti");
    refused("no sub", Claims.good().without("sub").bearer(), "no-principal");
    claim("sub", "\"\"", "no-principal");
    claim("sub", "\"a\\nb\"", "no-principal");
    claim("sub", "\"" + "s".repeat(257) + "\"", "no-principal");
  }

  @TestFactory
  Stream<DynamicTest> tokenIsRefusedWithItsCode() {
    return cases.stream()
        .map(
            it ->
                dynamicTest(
                    it.what(),
                    () -> assertThat(code(Issuers.corp(), it.bearer())).isEqualTo(it.code())));
  }

  @Test
  void clientIsRequiredWhereTokensCarryNoAudience() throws Exception {
    var issuer = issuer(new Acceptance(Set.of(), Set.of("web"), false, Map.of()));
    assertThat(code(issuer, Claims.good().without("aud").bearer())).isEqualTo("verified");
    var other = Claims.good().without("aud").with("client_id", "\"cli\"");
    assertThat(code(issuer, other.bearer())).isEqualTo("wrong-client");
    assertThat(code(issuer, other.without("client_id").bearer())).isEqualTo("wrong-client");
  }

  @Test
  void requirementMustBeMetExactly() throws Exception {
    var require = Map.<JsonPointer, Json>of(new JsonPointer("/env"), new Json.Text("prod"));
    var issuer = issuer(new Acceptance(Set.of("https://api.example"), Set.of(), false, require));
    assertThat(code(issuer, Claims.good().bearer())).isEqualTo("requirement-not-met");
    assertThat(code(issuer, Claims.good().with("env", "[\"prod\"]").bearer()))
        .isEqualTo("requirement-not-met");
    assertThat(code(issuer, Claims.good().with("env", "\"prod\"").bearer())).isEqualTo("verified");
  }

  @Test
  void missingAudienceIsAcceptedOnlyBySettingItsRisk() throws Exception {
    var risky = issuer(new Acceptance(Set.of("https://api.example"), Set.of(), true, Map.of()));
    assertThat(code(risky, Claims.good().without("aud").bearer())).isEqualTo("verified");
    assertThat(code(risky, Claims.good().with("aud", "\"other\"").bearer()))
        .isEqualTo("wrong-audience");
  }

  @Test
  void everyCodeOfTheClosedSetsIsReached() {
    var reached = cases.stream().map(Case::code).toList();
    Stream<Rejection> closed =
        Stream.of(
                Rejection.BadHeader.values(),
                Rejection.BadIssuer.values(),
                Rejection.NotAcceptable.values())
            .flatMap(Stream::of);
    var elsewhere = Set.of("requirement-not-met", "wrong-client");
    assertThat(closed.map(Rejection::code).filter(code -> !elsewhere.contains(code)))
        .allSatisfy(code -> assertThat(reached).contains(code));
  }

  @Test
  void everyWayOfSigningThatIsAllowedPasses() throws Exception {
    for (var key : List.of("r1", "r2", "e1", "o1")) {
      assertThat(code(Issuers.corp(), Claims.good().bearer(key))).as(key).isEqualTo("verified");
    }
    var ed25519 = "{\"alg\":\"Ed25519\",\"kid\":\"o1\"}";
    var bearer = "bEaReR   " + SigningKeys.sign("o1", ed25519, Claims.good().json());
    assertThat(code(Issuers.corp(), bearer)).isEqualTo("verified");
  }

  @Test
  void everyAllowedTypePasses() throws Exception {
    for (var typ : List.of("at+jwt", "AT+JWT", "application/at+jwt", "JWT", "jwt")) {
      var bearer = Claims.good().bearerUnder(HEADER.formatted(",\"typ\":\"" + typ + "\""));
      assertThat(code(Issuers.corp(), bearer)).as(typ).isEqualTo("verified");
    }
    assertThat(code(Issuers.corp(), Claims.good().bearerUnder(HEADER.formatted(""))))
        .isEqualTo("verified");
  }

  @Test
  void lastSecondOfTheSkewPasses() throws Exception {
    var late = Claims.good().with("exp", Long.toString(Claims.NOW - 59));
    assertThat(code(Issuers.corp(), late.bearer())).isEqualTo("verified");
    var early = Claims.good().with("nbf", Long.toString(Claims.NOW + 60));
    assertThat(code(Issuers.corp(), early.bearer())).isEqualTo("verified");
    var fraction = Claims.good().with("exp", "1." + "7e9").with("iat", (Claims.NOW - 5) + ".25");
    assertThat(code(Issuers.corp(), fraction.bearer())).isEqualTo("expired");
  }

  @Test
  void idTokenPassesOnlyWhereItIsWanted() throws Exception {
    var wanted =
        Issuers.issuer(
            TokenKind.ID,
            new Acceptance(Set.of("https://api.example"), Set.of(), false, Map.of()),
            Issuers.rules());
    var id = Claims.good().with("nonce", "\"n\"").with("token_use", "\"id\"").with("typ", "\"ID\"");
    assertThat(code(wanted, id.bearer())).isEqualTo("verified");
    assertThat(code(wanted, Claims.good().with("token_use", "\"access\"").bearer()))
        .isEqualTo("wrong-token-kind");
    assertThat(code(Issuers.corp(), id.bearer())).isEqualTo("wrong-token-kind");
  }

  @Test
  void onlyRefusalsThatMayPassByThemselvesSaySo() {
    assertThat(Rejection.NotAcceptable.NOT_YET_VALID.passing()).isTrue();
    assertThat(new Rejection.UnknownKey(false).passing()).isTrue();
    assertThat(new Rejection.UnknownKey(true).passing()).isFalse();
    assertThat(Rejection.NotAcceptable.EXPIRED.passing()).isFalse();
  }

  private static Issuer issuer(Acceptance acceptance) {
    return Issuers.issuer(TokenKind.ACCESS, acceptance, Issuers.rules());
  }

  private static String code(Issuer issuer, String bearer) throws KeysUnavailableException {
    var verifier =
        new TokenVerifier(
            List.of(new TrustedIssuer(issuer, Issuers.keys())),
            Duration.ofSeconds(60),
            new TestClock());
    return switch (verifier.verify(bearer)) {
      case Verified _ -> "verified";
      case Rejected(var why, _, _) -> why.code();
      case Verification.Excessive(_, var why) -> why.code();
    };
  }

  /** Kept beside the table: what is optional really is. */
  @Test
  void tokenWithoutOptionalClaimsPasses() throws Exception {
    var bare = Claims.good().without("jti").without("client_id").without("roles");
    assertThat(Optional.of(code(Issuers.corp(), bare.bearer()))).contains("verified");
  }
}
