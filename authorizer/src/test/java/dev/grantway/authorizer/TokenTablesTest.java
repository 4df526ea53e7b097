package dev.grantway.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.grantway.authorizer.gateway.Credential;
import dev.grantway.authorizer.gateway.EventReader;
import dev.grantway.authorizer.gateway.EventReading;
import dev.grantway.authorizer.gateway.TokenSource;
import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.json.JsonLimits;
import dev.grantway.authorizer.json.JsonReader;
import dev.grantway.authorizer.json.MalformedJsonException;
import dev.grantway.authorizer.token.RejectionCodes;
import dev.grantway.authorizer.token.TokenVerifier;
import dev.grantway.authorizer.token.TrustedIssuer;
import dev.grantway.authorizer.token.Verification;
import dev.grantway.authorizer.token.VerifiedToken;
import dev.grantway.store.Revocation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The tables of tokens and headers: each row is a token, and what becomes of it. Issuers are read
 * from their settings, presets included, as the authorizer reads them at its start.
 */
class TokenTablesTest {
  private static final Map<String, Json.Obj> ISSUERS =
      TokenTable.items("issuers.json").stream()
          .collect(
              Collectors.toUnmodifiableMap(
                  it -> it.text("name").orElseThrow(), Function.identity()));
  private static final List<Json.Obj> TOKENS = TokenTable.rows("tokens.json");
  private static final List<Json.Obj> HEADERS = TokenTable.rows("headers.json");

  private final TestClock clock = new TestClock();
  private final Map<String, TokenVerifier> verifiers = new HashMap<>();

  @TestFactory
  Stream<DynamicTest> tokenComesToWhatItsRowSays() {
    return Stream.concat(TOKENS.stream(), HEADERS.stream())
        .map(row -> dynamicTest(row.text("case").orElseThrow(), () -> check(row)));
  }

  @Test
  void tablesAreAsLargeAsPromised() {
    assertThat(TOKENS).hasSizeGreaterThanOrEqualTo(250);
    assertThat(HEADERS).hasSizeGreaterThanOrEqualTo(60);
    for (var issuer : ISSUERS.keySet()) {
      assertThat(Stream.concat(TOKENS.stream(), HEADERS.stream()))
          .as("no token of " + issuer + " is accepted")
          .anyMatch(
              row ->
                  row.text("issuer").orElse("corp").equals(issuer)
                      && row.text("expect").equals(Optional.of("verified")));
    }
  }

  /** None of these through a bug: those are told apart as {@code verification-broke}. */
  @Test
  void everyRejectionIsReached() throws Exception {
    Set<String> reached =
        Stream.concat(TOKENS.stream(), HEADERS.stream())
            .map(row -> row.text("expect").orElseThrow())
            .collect(Collectors.toCollection(TreeSet::new));
    reached.remove("verified");
    assertThat(reached).doesNotContain("verification-broke");
    reached.addAll(credentialRejections());
    reached.add(revoked());
    reached.add(broken());
    assertThat(reached).containsExactlyElementsOf(RejectionCodes.all());
  }

  private static Set<String> credentialRejections() {
    return Stream.of(
            "\"headers\":{}",
            "\"headers\":{\"Authorization\":\"a\",\"authorization\":\"a\"}",
            "\"multiValueHeaders\":{\"Authorization\":[\"a\",\"b\"]}",
            "\"headers\":{\"Authorization\":\"a\"},\"multiValueHeaders\":{}")
        .map(
            headers ->
                "{\"type\":\"REQUEST\",\"methodArn\":\""
                    + HandlerWorld.STAGE
                    + "/GET/\","
                    + headers
                    + "}")
        .map(TokenTablesTest::credentialRejection)
        .collect(Collectors.toSet());
  }

  private static String credentialRejection(String event) {
    var reading =
        new EventReader(TokenSource.AUTHORIZATION).read(event.getBytes(StandardCharsets.UTF_8));
    var rest = ((EventReading.Read) reading).event();
    return ((Credential.None) rest.credential()).why().code();
  }

  private static String revoked() {
    var world = new HandlerWorld(Policies.orders());
    var now = world.clock.instant();
    world.policy.revoke(
        new Revocation(
            0,
            true,
            Revocation.Kind.TOKEN_ID,
            "corp",
            "t-a",
            now,
            now.plusSeconds(86_400),
            "olga",
            now,
            "r"));
    assertThat(world.call(world.token("a", "clerk"), "GET", "/orders", "/orders"))
        .isEqualTo("Unauthorized");
    return world.logged("/reason");
  }

  /** A key source with a bug stands for any bug behind the checks. */
  private String broken() throws Exception {
    var issuer = settings("corp").issuer();
    var verifier =
        new TokenVerifier(
            List.of(
                new TrustedIssuer(
                    issuer,
                    (_, _) -> {
                      throw new IllegalStateException("a bug");
                    })),
            Duration.ofSeconds(60),
            clock);
    return code(verifier.verify(bearer(TOKENS.getFirst())));
  }

  private void check(Json.Obj row) throws Exception {
    var issuer = row.text("issuer").orElse("corp");
    var verifier = verifiers.computeIfAbsent(issuer, this::verifier);
    var verification = verifier.verify(bearer(row));
    assertThat(code(verification)).isEqualTo(row.text("expect").orElseThrow());
    if (verification instanceof Verification.Verified(var token)) {
      checkFacts(row, token);
    }
  }

  private static void checkFacts(Json.Obj row, VerifiedToken token) {
    row.text("principal").ifPresent(it -> assertThat(token.principalId()).isEqualTo(it));
    row.text("client").ifPresent(it -> assertThat(token.client()).contains(it));
    row.text("session").ifPresent(it -> assertThat(token.session()).contains(it));
    row.get("roles")
        .ifPresent(it -> assertThat(token.roles()).containsExactlyElementsOf(texts(it)));
    row.get("groups")
        .ifPresent(it -> assertThat(token.groups()).containsExactlyElementsOf(texts(it)));
    row.get("scopes")
        .ifPresent(it -> assertThat(token.scopes()).containsExactlyElementsOf(texts(it)));
    row.get("dropped")
        .ifPresent(it -> assertThat(token.droppedRoles()).hasToString(((Json.Num) it).text()));
  }

  private static List<String> texts(Json list) {
    return ((Json.Arr) list).items().stream().map(it -> ((Json.Text) it).value()).toList();
  }

  private static String code(Verification verification) {
    return switch (verification) {
      case Verification.Verified _ -> "verified";
      case Verification.Rejected(var why, _, _) -> why.code();
      case Verification.Excessive(_, var why) -> why.code();
    };
  }

  private static Json.Obj issuer(String name) {
    return Objects.requireNonNull(ISSUERS.get(name), name);
  }

  private static IssuerSetting settings(String name) {
    Map<String, Json> entry =
        new LinkedHashMap<>(issuer(name).object("settings").orElseThrow().members());
    var text = TokenTable.text(new Json.Obj(entry));
    var withKeys = text.substring(0, text.length() - 1) + ",\"jwks\":" + SigningKeys.keySet() + "}";
    return AuthorizerConfiguration.composed(
            Map.of("GRANTWAY_ISSUERS", "[" + withKeys + "]", "GRANTWAY_CACHE_KEY", "none"),
            TestClock.START)
        .issuers()
        .getFirst();
  }

  private TokenVerifier verifier(String name) {
    var setting = settings(name);
    var keys =
        setting.keys().open(clock, new KeySetLog(name, clock, line -> assertThat(line).isEmpty()));
    return new TokenVerifier(
        List.of(new TrustedIssuer(setting.issuer(), keys)), Duration.ofSeconds(60), clock);
  }

  private static String bearer(Json.Obj row) {
    var issuer = issuer(row.text("issuer").orElse("corp"));
    var key = row.text("key").orElse("r1");
    var header = header(row, issuer, key);
    var payload = payload(row, issuer);
    var input = SigningKeys.encode(header) + "." + SigningKeys.encode(payload);
    var signedAs = row.text("signedAs").map(alg -> "{\"alg\":\"" + alg + "\"}");
    var signature =
        SigningKeys.signature(
            row.text("signedBy").orElse(key),
            signedAs.orElseGet(() -> new String(header, StandardCharsets.UTF_8)),
            input);
    var template = row.text("bearer").orElse("Bearer {good}");
    return TokenTable.filled(template)
        .replace("{good}", input + "." + signature)
        .replace("{head}", SigningKeys.encode(header))
        .replace("{body}", SigningKeys.encode(payload))
        .replace("{sig}", signature)
        .replace("{sig-other}", other(signature.charAt(0), 1) + signature.substring(1))
        .replace("{sig-other-bits}", otherBits(signature))
        .replace("{zeros}", SigningKeys.encode(new byte[256]))
        .replace("{other-head}", SigningKeys.encode("{\"alg\":\"RS256\",\"kid\":\"r1\"}"))
        .replace(
            "{other-body}", SigningKeys.encode(" " + new String(payload, StandardCharsets.UTF_8)));
  }

  private static String otherBits(String signature) {
    int last = signature.length() - 1;
    return signature.substring(0, last) + other(signature.charAt(last), 1);
  }

  /** The character of the alphabet that differs in those bits. */
  private static char other(char c, int bits) {
    var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    return alphabet.charAt(alphabet.indexOf(c) ^ bits);
  }

  private static byte[] header(Json.Obj row, Json.Obj issuer, String key) {
    if (row.text("hex").isPresent()) {
      return HexFormat.of().parseHex(row.text("hex").get());
    }
    if (row.text("text").isPresent()) {
      return TokenTable.filled(row.text("text").get()).getBytes(StandardCharsets.UTF_8);
    }
    Map<String, Json> changes = new LinkedHashMap<>();
    row.object("header")
        .or(() -> issuer.object("header"))
        .ifPresent(it -> changes.putAll(it.members()));
    row.object("members").ifPresent(it -> changes.putAll(it.members()));
    for (var name : List.of("alg", "typ", "kid")) {
      row.get(name).ifPresent(value -> changes.put(name, value));
    }
    var ordinary = object(SigningKeys.header(key));
    var absent =
        issuer.object("header").flatMap(it -> it.get("typ")).equals(Optional.of(new Json.Null()));
    if (absent && row.object("header").isEmpty()) {
      changes.remove("typ");
      ordinary = TokenTable.changed(ordinary, Optional.empty(), Optional.of(names("typ")));
    }
    var drop = row.get("drop").filter(_ -> HEADERS.contains(row));
    return TokenTable.text(TokenTable.changed(ordinary, Optional.of(new Json.Obj(changes)), drop))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Json names(String name) {
    return new Json.Arr(List.of(new Json.Text(name)));
  }

  private static Json.Obj object(String text) {
    try {
      return (Json.Obj) JsonReader.read(text, JsonLimits.PLATFORM);
    } catch (MalformedJsonException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] payload(Json.Obj row, Json.Obj issuer) {
    if (row.text("payloadHex").isPresent()) {
      return HexFormat.of().parseHex(row.text("payloadHex").get());
    }
    if (row.text("payloadText").isPresent()) {
      return TokenTable.filled(row.text("payloadText").get()).getBytes(StandardCharsets.UTF_8);
    }
    var drop = row.get("drop").filter(_ -> !HEADERS.contains(row));
    return TokenTable.text(
            TokenTable.changed(issuer.object("payload").orElseThrow(), row.object("set"), drop))
        .getBytes(StandardCharsets.UTF_8);
  }
}
