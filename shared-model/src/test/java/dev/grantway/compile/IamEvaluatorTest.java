package dev.grantway.compile;

import static dev.grantway.compile.Verdict.ALLOW;
import static dev.grantway.compile.Verdict.EXPLICIT_DENY;
import static dev.grantway.compile.Verdict.IMPLICIT_DENY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.policy.Effect;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IamEvaluatorTest {
  private static final IamContext NOON =
      IamContext.of(Instant.parse("2026-06-01T12:00:00Z"), "203.0.113.9");

  @Test
  void silenceDenies() {
    assertThat(verdict("Allow", "Resource", "x/y")).isEqualTo(IMPLICIT_DENY);
  }

  @Test
  void denyOverridesAllowInAnyOrder() {
    String allow = statement("Allow", "execute-api:Invoke", "Resource", "x/*", "");
    String deny = statement("Deny", "execute-api:Invoke", "Resource", "x/?", "");
    for (String both : List.of(allow + "," + deny, deny + "," + allow)) {
      PolicyDocument document = document(both);
      assertThat(IamEvaluator.evaluate(document, "x/a", NOON)).isEqualTo(EXPLICIT_DENY);
      assertThat(IamEvaluator.evaluate(document, "x/ab", NOON)).isEqualTo(ALLOW);
      assertThat(IamEvaluator.evaluate(document, "y", NOON)).isEqualTo(IMPLICIT_DENY);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "execute-api:Invoke, true",
    "EXECUTE-API:invoke, true",
    "execute-api:*, true",
    "execute-api:Invok?, true",
    "*, true",
    "execute-api:InvalidateCache, false",
    "execute-api:Invoke2, false",
    "s3:*, false"
  })
  void actionsAreGlobsWithoutCase(String action, boolean applies) {
    PolicyDocument document = document(statement("Allow", action, "Resource", "*", ""));
    assertThat(IamEvaluator.evaluate(document, "x", NOON) == ALLOW).isEqualTo(applies);
    PolicyDocument negated =
        document("{\"Effect\":\"Allow\",\"NotAction\":\"" + action + "\",\"Resource\":\"*\"}");
    assertThat(IamEvaluator.evaluate(negated, "x", NOON) == ALLOW).isNotEqualTo(applies);
  }

  @Test
  void notResourceIsEverythingElse() {
    PolicyDocument fence =
        document(
            statement("Allow", "execute-api:Invoke", "Resource", "x/?*", "")
                + ","
                + statement("Deny", "execute-api:Invoke", "NotResource", "x/?*", ""));
    assertThat(IamEvaluator.evaluate(fence, "x/a", NOON)).isEqualTo(ALLOW);
    assertThat(IamEvaluator.evaluate(fence, "y", NOON)).isEqualTo(EXPLICIT_DENY);
  }

  @Test
  void agreesWithAnIndependentOracleOnAWholeSmallWorld() {
    List<String> globs = GlobTest.words("a/*", 3).stream().filter(g -> !g.isEmpty()).toList();
    List<String> arns = GlobTest.words("a/b", 3);
    for (String allowed : globs) {
      for (String denied : globs) {
        var document =
            new PolicyDocument(
                List.of(
                    Statement.of(Effect.ALLOW, List.of(allowed)),
                    Statement.of(Effect.DENY, List.of(denied))));
        for (String arn : arns) {
          boolean deny = GlobTest.oracle(denied).matcher(arn).matches();
          boolean allow = GlobTest.oracle(allowed).matcher(arn).matches();
          Verdict expected = deny ? EXPLICIT_DENY : allow ? ALLOW : IMPLICIT_DENY;
          assertThat(IamEvaluator.evaluate(document, arn, NOON))
              .as("allow `%s` deny `%s` on `%s`", allowed, denied, arn)
              .isEqualTo(expected);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DateLessThan | aws:CurrentTime | 2026-06-01T12:00:01Z | true",
        "DateLessThan | aws:CurrentTime | 2026-06-01T12:00:00Z | false",
        "DateLessThanEquals | aws:CurrentTime | 2026-06-01T12:00:00Z | true",
        "DateGreaterThan | AWS:currenttime | 2026-06-01T12:00:00Z | false",
        "DateGreaterThanEquals | aws:CurrentTime | 2026-06-01T14:00:00+02:00 | true",
        "DateEquals | aws:CurrentTime | 1780315200 | true",
        "DateNotEquals | aws:CurrentTime | 1780315200 | false",
        "NumericGreaterThan | aws:EpochTime | 1780315199 | true",
        "NumericEquals | aws:EpochTime | 1780315200.0 | true",
        "IpAddress | aws:SourceIp | 203.0.113.0/24 | true",
        "IpAddress | aws:SourceIp | 203.0.113.8 | false",
        "NotIpAddress | aws:SourceIp | 203.0.113.0/24 | false",
        "NotIpAddress | aws:SourceIp | 10.0.0.0/8 | true",
        "IpAddress | aws:SourceIp | 2001:db8::/32 | false",
        "StringEquals | k | Va/lue | true",
        "StringEquals | k | va/lue | false",
        "StringEquals | k | V* | false",
        "StringEqualsIgnoreCase | k | va/LUE | true",
        "StringNotEquals | k | Va/lue | false",
        "StringLike | k | V*e | true",
        "StringNotLike | k | V*e | false",
        "ArnLike | k | V? | false",
        "Bool | b | TRUE | true",
        "Bool | b | false | false",
        "Null | b | false | true",
        "Null | absent | true | true",
        "Null | absent | false | false",
        "StringEquals | absent | x | false",
        "StringEqualsIfExists | absent | x | true",
        "StringEqualsIfExists | k | x | false",
        "StringNotEquals | absent | x | true",
        "DateLessThan | absent | 2026-06-01T12:00:01Z | false",
        "DateLessThanIfExists | absent | 2026-06-01T12:00:01Z | true",
        "IpAddressIfExists | absent | 10.0.0.0/8 | true",
        "NotIpAddress | absent | 10.0.0.0/8 | true",
        "Bool | absent | true | false",
      })
  void operatorsHoldAsInIam(String operator, String key, String value, boolean holds) {
    String condition = "{\"" + operator + "\":{\"" + key + "\":\"" + value + "\"}}";
    var context = new java.util.TreeMap<>(NOON.values());
    context.putAll(Map.of("k", "Va/lue", "b", "true"));
    PolicyDocument document =
        document(statement("Allow", "execute-api:Invoke", "Resource", "*", condition));
    assertThat(IamEvaluator.evaluate(document, "x", new IamContext(context)) == ALLOW)
        .isEqualTo(holds);
  }

  @Test
  void everyEntryMustHoldAndOneOfItsValues() {
    String both =
        "{\"StringEquals\":{\"a\":[\"1\",\"2\"],\"b\":\"1\"},\"StringNotEquals\":{\"a\":[\"3\",\"4\"]}}";
    PolicyDocument document =
        document(statement("Allow", "execute-api:Invoke", "Resource", "*", both));
    assertThat(allows(document, Map.of("a", "2", "b", "1"))).isTrue();
    assertThat(allows(document, Map.of("a", "2", "b", "2"))).isFalse();
    assertThat(allows(document, Map.of("a", "3", "b", "1"))).isFalse();
  }

  private static boolean allows(PolicyDocument document, Map<String, String> context) {
    return IamEvaluator.evaluate(document, "x", new IamContext(context)) == ALLOW;
  }

  private static Verdict verdict(String effect, String resourceKey, String glob) {
    return IamEvaluator.evaluate(
        document(statement(effect, "execute-api:Invoke", resourceKey, glob, "")), "x", NOON);
  }

  private static PolicyDocument document(String statements) {
    return PolicyDocument.read("{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}");
  }

  private static String statement(
      String effect, String action, String resourceKey, String glob, String condition) {
    return "{\"Effect\":\"%s\",\"Action\":\"%s\",\"%s\":[\"%s\"]%s}"
        .formatted(
            effect,
            action,
            resourceKey,
            glob,
            condition.isEmpty() ? "" : ",\"Condition\":" + condition);
  }
}
