package dev.grantway.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.policy.Attribute;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Operator;
import dev.grantway.resource.Action;
import dev.grantway.resource.RequestPath;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionsTest {

  /** Reads {@code 'text'}, {@code 12}, {@code true}, {@code {}} or {@code [a, b]} of those. */
  private static ClaimValue value(String text) {
    if (text.startsWith("[")) {
      String inside = text.substring(1, text.length() - 1);
      return new ClaimValue.Items(
          inside.isEmpty()
              ? List.of()
              : Arrays.stream(inside.split(" ")).map(ConditionsTest::value).toList());
    }
    if (text.equals("{}")) {
      return new ClaimValue.Opaque();
    }
    if (text.equals("true") || text.equals("false")) {
      return new ClaimValue.Bool(Boolean.parseBoolean(text));
    }
    return text.matches("-?[0-9.]+e?[0-9]*")
        ? new ClaimValue.Number(new BigDecimal(text))
        : new ClaimValue.Text(text.replace("\"", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "StringEquals, eu, eu, TRUE",
    "StringEquals, eu|us, us, TRUE",
    "StringEquals, eu, EU, FALSE",
    "StringEquals, eu, 1, UNKNOWN",
    "StringEquals, eu, true, UNKNOWN",
    "StringEquals, eu, {}, UNKNOWN",
    "StringEquals, eu, [us eu], TRUE",
    "StringEquals, eu, [us], FALSE",
    "StringEquals, eu, [], FALSE",
    "StringEquals, eu, [1 eu], TRUE",
    "StringEquals, eu, [1 us], UNKNOWN",
    "StringNotEquals, eu, us, TRUE",
    "StringNotEquals, eu|us, us, FALSE",
    "StringNotEquals, eu, [us eu], FALSE",
    "StringNotEquals, eu, [us], TRUE",
    "StringNotEquals, eu, [], TRUE",
    "StringNotEquals, eu, [us {}], UNKNOWN",
    "StringNotEquals, eu, 1, UNKNOWN",
    "StringLike, a*z, a/b/z, TRUE",
    "StringLike, a?c, abc, TRUE",
    "StringLike, a?c, ac, FALSE",
    "NumericEquals, 10, 10.0, TRUE",
    "NumericEquals, 10, 10.1, FALSE",
    "NumericEquals, 10, \"10\", UNKNOWN",
    "NumericLessThan, 10, 9.99, TRUE",
    "NumericLessThan, 10, 10, FALSE",
    "NumericLessThanEquals, 10, 10, TRUE",
    "NumericGreaterThan, 10, 10, FALSE",
    "NumericGreaterThanEquals, 10, 10, TRUE",
    "NumericGreaterThan, 10|20, 15, TRUE",
    "DateLessThan, 2026-01-01T00:00:00Z, 2025-12-31T23:59:59Z, TRUE",
    "DateLessThan, 2026-01-01T00:00:00Z, 2026-01-01T00:00:00Z, FALSE",
    "DateLessThanEquals, 2026-01-01T00:00:00Z, 2026-01-01T00:00:00Z, TRUE",
    "DateGreaterThan, 2026-01-01T00:00:00Z, 1767225601, TRUE",
    "DateGreaterThan, 2026-01-01T00:00:00Z, 1767225600, FALSE",
    "DateGreaterThanEquals, 2026-01-01T00:00:00Z, 1767225600, TRUE",
    "DateGreaterThan, 2026-01-01T00:00:00Z, soon, UNKNOWN",
    "DateGreaterThan, 2026-01-01T00:00:00Z, true, UNKNOWN",
    "DateGreaterThan, 2026-01-01T00:00:00Z, 1767225600.5, UNKNOWN",
    "Bool, true, true, TRUE",
    "Bool, true, false, FALSE",
    "Bool, true, \"true\", UNKNOWN",
    "IpAddress, 10.0.0.0/8, \"10.1.2.3\", TRUE",
    "IpAddress, 10.0.0.0/8, \"11.1.2.3\", FALSE",
    "IpAddress, 10.0.0.0/8, example.org, UNKNOWN",
    "NotIpAddress, 10.0.0.0/8, \"11.1.2.3\", TRUE",
    "NotIpAddress, 10.0.0.0/8, \"10.1.2.3\", FALSE",
    "Null, true, x, FALSE",
    "Null, false, x, TRUE",
    "Null, false, {}, TRUE",
    "Null, false, [], TRUE",
  })
  void clausesOnClaims(String operator, String values, String claim, Conditions.Outcome expected) {
    assertThat(outcome(operator, "claims.c", values, Map.of("c", value(claim))))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "StringEquals, UNKNOWN",
    "StringNotEquals, UNKNOWN",
    "StringLike, UNKNOWN",
    "Null, TRUE"
  })
  void absentIsUnknownButForNull(String operator, Conditions.Outcome expected) {
    assertThat(outcome(operator, "claims.c", "true", Map.of())).isEqualTo(expected);
    assertThat(outcome(operator, "token.scopes", "true", Map.of())).isEqualTo(expected);
    assertThat(outcome(operator, "request.header.x", "true", Map.of())).isEqualTo(expected);
  }

  @Test
  void unknownFailsAnAllowAndHoldsOnADeny() {
    assertThat(Conditions.Outcome.UNKNOWN.holdsOn(Effect.ALLOW)).isFalse();
    assertThat(Conditions.Outcome.UNKNOWN.holdsOn(Effect.DENY)).isTrue();
    assertThat(Conditions.Outcome.FALSE.holdsOn(Effect.DENY)).isFalse();
    assertThat(Conditions.Outcome.TRUE.holdsOn(Effect.ALLOW)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "token.scopes, StringEquals, read, TRUE",
    "token.scopes, StringNotEquals, write, TRUE",
    "token.client, StringEquals, cli, TRUE",
    "request.sourceIp, IpAddress, 203.0.113.0/24, TRUE",
    "request.header.X-Level, NumericGreaterThan, 4, TRUE",
    "request.header.x-level, StringEquals, 5, TRUE",
    "request.query.debug, Bool, true, TRUE",
    "request.query.debug, Bool, false, FALSE",
    "request.query.off, Bool, false, TRUE",
    "request.query.n, Bool, true, UNKNOWN",
    "request.query.n, NumericEquals, 1, UNKNOWN",
    "time.now, DateGreaterThan, 2026-06-01T11:59:59Z, TRUE",
    "time.now, DateGreaterThan, 2026-06-01T12:00:00Z, FALSE",
  })
  void clausesOnTheRequest(
      String attribute, String operator, String values, Conditions.Outcome expected) {
    assertThat(outcome(operator, attribute, values, Map.of())).isEqualTo(expected);
  }

  private static Conditions.Outcome outcome(
      String operator, String attribute, String values, Map<String, ClaimValue> claims) {
    boolean bare = values.equals("true") && !attribute.startsWith("request.query");
    var principal =
        new Principal(
            "corp", "alice", "cli", Set.of(), Set.of(), claims, bare ? Set.of() : Set.of("read"));
    var context =
        new RequestContext(
            "203.0.113.9",
            bare ? Map.of() : Map.of("X-Level", List.of("5")),
            Map.of("debug", List.of("true"), "n", List.of("1e3"), "off", List.of("false")),
            Worlds.NOW.plusMillis(999));
    var request =
        new AccessRequest(
            Worlds.API, "prod", Action.GET, RequestPath.of("/"), null, principal, context);
    return Conditions.outcome(
        new Condition.Clause(
            Operator.parse(operator), Attribute.parse(attribute), List.of(values.split("\\|"))),
        request);
  }

  @Test
  void likeAgreesWithARegularExpression() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      String pattern = random(random, "ab*?/", 6);
      String text = random(random, "ab/", 7);
      String regex =
          pattern
              .chars()
              .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote("" + (char) c))
              .reduce("", String::concat);
      assertThat(Conditions.like(pattern, text))
          .as("seed %d: %s on %s", seed, pattern, text)
          .isEqualTo(text.matches(regex));
    }
  }

  private static String random(Random random, String alphabet, int max) {
    var out = new StringBuilder();
    for (int i = random.nextInt(max + 1); i > 0; i--) {
      out.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return out.toString();
  }
}
