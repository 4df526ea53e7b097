package dev.grantway.authorizer;

import static dev.grantway.authorizer.HandlerWorld.issuer;
import static dev.grantway.authorizer.HandlerWorld.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.grantway.authorizer.gateway.TokenSource;
import dev.grantway.authorizer.keys.KeySetting;
import dev.grantway.compile.CacheKey;
import dev.grantway.compile.DocumentScope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
  private static final Instant NOW = TestClock.START;

  private static AuthorizerConfiguration read(Map<String, String> changes) {
    return AuthorizerConfiguration.composed(settings(changes), NOW);
  }

  private static List<String> problems(Map<String, String> changes) {
    var thrown = catchThrowableOfType(ConfigurationException.class, () -> read(changes));
    assertThat(thrown).as("no problem found").isNotNull();
    return thrown.problems();
  }

  private static void assertProblem(String name, String value, String problem) {
    assertThat(problems(Map.of(name, value)))
        .as(name + "=" + value)
        .singleElement()
        .asString()
        .startsWith(name)
        .contains(problem);
  }

  private static void assertIssuerProblem(String issuers, String problem) {
    assertProblem("GRANTWAY_ISSUERS", issuers, problem);
  }

  @Test
  void defaultsAreThoseOfTheContract() {
    var read = read(Map.of());
    assertThat(read.maxAge()).isEqualTo(Duration.ofSeconds(5));
    assertThat(read.staleLimit()).isEqualTo(Duration.ofMinutes(5));
    assertThat(read.policyBytes()).isEqualTo(8_192);
    assertThat(read.iamConditions()).isTrue();
    assertThat(read.resourcePolicyFence()).isFalse();
    assertThat(read.denyInsteadOf401()).isFalse();
    assertThat(read.clockSkew()).isEqualTo(Duration.ofSeconds(60));
    assertThat(read.tokenSource()).isEqualTo(TokenSource.AUTHORIZATION);
    assertThat(read.cacheTtl()).isEqualTo(Duration.ZERO);
    assertThat(read.cacheKey().scope()).isEqualTo(DocumentScope.REQUEST);
    assertThat(read.table()).isEmpty();
  }

  @Test
  void everyProblemIsListedAtOnceByName() {
    var thrown =
        catchThrowableOfType(
            ConfigurationException.class,
            () ->
                AuthorizerConfiguration.deployed(
                    Map.of(
                        "GRANTWAY_CACHE_KEY", "route",
                        "GRANTWAY_CLOCK_SKEW", "301s",
                        "GRANTWAY_TOKEN_SOURCE", "cookie:t",
                        "GRANTWAY_IAM_CONDITIONS", "yes",
                        "GRANTWAY_OBSERVE", "until:2027-01-01T00:00:00Z",
                        "GRANTWAY_SIMPLE_RESPONSES", "yes"),
                    NOW));
    assertThat(thrown.problems())
        .extracting(problem -> problem.substring(0, problem.indexOf(':')))
        .containsExactlyInAnyOrder(
            "GRANTWAY_TABLE",
            "GRANTWAY_ISSUERS",
            "GRANTWAY_CACHE_KEY",
            "GRANTWAY_CACHE_TTL",
            "GRANTWAY_CLOCK_SKEW",
            "GRANTWAY_TOKEN_SOURCE",
            "GRANTWAY_IAM_CONDITIONS",
            "GRANTWAY_OBSERVE",
            "GRANTWAY_SIMPLE_RESPONSES");
  }

  @Test
  void observingNeedsAnEndWithinThirtyDays() {
    var last = NOW.plus(Duration.ofDays(30));
    assertThat(read(Map.of("GRANTWAY_OBSERVE", "until:" + last)).observeUntil()).contains(last);
    assertProblem("GRANTWAY_OBSERVE", "until:" + last.plusSeconds(1), "more than 30 days ahead");
    for (var endless : List.of("on", "until", "until:", "2026-11-23T10:00:00Z")) {
      assertProblem("GRANTWAY_OBSERVE", endless, "has no end: write it as in `until:");
    }
    assertProblem("GRANTWAY_OBSERVE", "until:tomorrow", "`tomorrow` is no instant");
  }

  @Test
  void observingSaysSoAtTheStartAndOnceItHasEnded() {
    var on = read(Map.of("GRANTWAY_OBSERVE", "until:" + NOW.plusSeconds(1)));
    assertThat(on.warnings()).singleElement().asString().contains("every request is allowed");
    for (var end : List.of(NOW, NOW.minus(Duration.ofDays(100)))) {
      var ended = read(Map.of("GRANTWAY_OBSERVE", "until:" + end));
      assertThat(ended.observeUntil()).isEmpty();
      assertThat(ended.warnings()).singleElement().asString().contains("ended at", "unset it");
    }
  }

  @Test
  void unsafeCombinationsAreRefusedWithTheRemedy() {
    var cached = Map.of("GRANTWAY_CACHE_KEY", "token", "GRANTWAY_CACHE_TTL", "300s");
    assertRefused(cached, "GRANTWAY_SIMPLE_RESPONSES", "on", "set `GRANTWAY_CACHE_KEY` to");
    assertRefused(cached, "GRANTWAY_TOKEN_SOURCE", "query:t", "`GRANTWAY_CACHE_KEY` to `none`");
    assertRefused(
        Map.of("GRANTWAY_RESOURCE_POLICY_FENCE", "on"),
        "GRANTWAY_SIMPLE_RESPONSES",
        "on",
        "set one of the two `off`");
  }

  private static void assertRefused(
      Map<String, String> others, String name, String value, String remedy) {
    read(others);
    var both = new HashMap<>(others);
    both.put(name, value);
    var thrown = catchThrowableOfType(ConfigurationException.class, () -> read(both));
    assertThat(thrown.problems())
        .singleElement()
        .asString()
        .startsWith(name + ": ")
        .contains(remedy);
  }

  @Test
  void simpleAnswersGoWithTokenAndRouteOrNone() {
    for (var key : List.of("none", "token+route")) {
      var settings =
          Map.of(
              "GRANTWAY_CACHE_KEY", key,
              "GRANTWAY_CACHE_TTL", "300s",
              "GRANTWAY_SIMPLE_RESPONSES", "on");
      assertThat(read(settings).simpleResponses()).as(key).isTrue();
    }
    assertThat(read(Map.of("GRANTWAY_TOKEN_SOURCE", "query:t")).tokenSource().name())
        .isEqualTo("t");
  }

  @Test
  void tokenAloneIsAKey() {
    var read = read(Map.of("GRANTWAY_CACHE_KEY", "token", "GRANTWAY_CACHE_TTL", "300s"));
    assertThat(read.cacheKey()).isEqualTo(CacheKey.TOKEN);
    assertThat(
            read(Map.of("GRANTWAY_CACHE_KEY", "token+query:v", "GRANTWAY_CACHE_TTL", "300s"))
                .cacheKey()
                .query())
        .containsExactly("v");
  }

  @Test
  void cacheKeyMayNameFurtherIdentitySources() {
    var read =
        read(
            Map.of(
                "GRANTWAY_CACHE_KEY", "token+route+header:X-Tenant+query:v",
                "GRANTWAY_CACHE_TTL", "300s"));
    assertThat(read.cacheKey().headers()).containsExactly("x-tenant");
    assertThat(read.cacheKey().query()).containsExactly("v");
    assertThat(read.cacheTtl()).isEqualTo(Duration.ofSeconds(300));
    for (var bad :
        List.of("route", "token+", "token+route+cookie:x", "token+route+header:", "Token+route")) {
      assertThat(problems(Map.of("GRANTWAY_CACHE_KEY", bad, "GRANTWAY_CACHE_TTL", "1s")))
          .as(bad)
          .hasSize(1);
    }
  }

  @Test
  void timeToLiveIsNeededUnlessNothingIsCached() {
    assertThat(problems(Map.of("GRANTWAY_CACHE_KEY", "token+route")))
        .containsExactly("GRANTWAY_CACHE_TTL: is not set");
    assertThat(problems(Map.of("GRANTWAY_CACHE_KEY", "token+route", "GRANTWAY_CACHE_TTL", "3601s")))
        .hasSize(1);
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    assertProblem("GRANTWAY_POLICY_MAX_AGE", "soon", "is no duration");
    assertProblem("GRANTWAY_STALE_LIMIT", "25h", "is not between");
    assertProblem("GRANTWAY_POLICY_BYTES", "12", "is not between");
    assertProblem("GRANTWAY_RESOURCE_POLICY_FENCE", "true", "`on` or `off`");
  }

  @Test
  void issuersAreCheckedKeyByKey() {
    assertIssuerProblem("", "is not set");
    assertIssuerProblem("{", "not readable");
    assertIssuerProblem("[]", "at least one issuer");
    assertIssuerProblem("[7]", "needs an object");
    assertIssuerProblem(
        "[" + issuer(", \"audience\": \"x\"") + "]",
        "unknown key `audience`: did you mean `audiences`");
    assertIssuerProblem("[" + issuer(", \"maxLifetime\": \"long\"") + "]", "is no duration");
    assertIssuerProblem("[" + issuer(", \"principal\": \"sub\"") + "]", "does not start with `/`");
    assertIssuerProblem("[" + issuer(", \"discovery\": true") + "]", "name one of");
    assertIssuerProblem("[" + issuer(", \"tokenKind\": \"refresh\"") + "]", "`access` or `id`");
    assertIssuerProblem("[" + issuer(", \"preset\": \"nobody\"") + "]", "is none of");
    assertIssuerProblem(
        "[" + issuer(", \"alias\": \"a|b\"").replaceFirst("\"alias\": \"corp\", ", "") + "]",
        "may hold only");
    assertIssuerProblem(
        "[" + issuer("").replace("RS256", "HS256") + "]", "no asymmetric algorithm");
    assertIssuerProblem(
        "[" + issuer("").replace("\"audiences\": [\"https://api.example\"],", "") + "]",
        "one of the two is mandatory");
    assertIssuerProblem(
        "["
            + issuer("").replaceAll("\"jwks\": .*}]}", "\"jwksUri\": \"http://keys.example/\"")
            + "]",
        "neither https nor http on this machine");
  }

  @Test
  void severalIssuersMustDifferAndSayWhatTheyGive() {
    var gives = ", \"gives\": [\"viewer\"]";
    assertThat(
            problems(Map.of("GRANTWAY_ISSUERS", "[" + issuer(gives) + "," + issuer(gives) + "]")))
        .singleElement()
        .asString()
        .contains("is there twice");
    var other = issuer("").replace("corp", "two").replace("issuer.example", "two.example");
    assertThat(problems(Map.of("GRANTWAY_ISSUERS", "[" + issuer(gives) + "," + other + "]")))
        .singleElement()
        .asString()
        .contains("GRANTWAY_ISSUERS[1].gives: is missing");
  }

  @Test
  void issuersMayStandInAFile(@TempDir Path folder) throws Exception {
    var file = Files.writeString(folder.resolve("issuers.json"), "[" + issuer("") + "]");
    assertThat(read(Map.of("GRANTWAY_ISSUERS", "file:" + file)).issuers()).hasSize(1);
    assertIssuerProblem("file:" + folder.resolve("none"), "cannot read");
  }

  @Test
  void presetsFillWhatAnEntryLeavesOut() {
    for (var preset : IssuerPresets.names()) {
      var entry =
          """
          [{"alias": "a", "preset": "%s", "issuer": "https://i.example", "clientIds": ["c"],
            "jwksUri": "https://i.example/keys"}]"""
              .formatted(preset);
      var issuer = read(Map.of("GRANTWAY_ISSUERS", entry)).issuers().getFirst();
      assertThat(issuer.keys()).as(preset).isInstanceOf(KeySetting.At.class);
    }
    var discovered =
        "[{\"alias\":\"a\",\"preset\":\"keycloak\",\"issuer\":\"https://i.example\",\"clientIds\":[\"c\"]}]";
    var keycloak = read(Map.of("GRANTWAY_ISSUERS", discovered)).issuers().getFirst();
    assertThat(keycloak.keys()).isEqualTo(new KeySetting.Discovered("https://i.example"));
    assertThat(keycloak.issuer().roles().sources()).hasSize(1);
  }

  @Test
  void messagesNameEverySettingOnItsOwnLine() {
    assertThatThrownBy(() -> read(Map.of("GRANTWAY_CACHE_KEY", "x", "GRANTWAY_CLOCK_SKEW", "x")))
        .hasMessageMatching("(?s)GRANTWAY_\\w+: .*\\nGRANTWAY_\\w+: .*");
  }
}
