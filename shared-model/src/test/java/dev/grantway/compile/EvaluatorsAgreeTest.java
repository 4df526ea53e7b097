package dev.grantway.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two evaluators, written apart, read the same documents as IAM does. */
class EvaluatorsAgreeTest {
  private static final int DOCUMENTS = 100_000;
  private static final int ARNS = 3;
  private static final String LETTERS = "aAb/:";
  private static final List<String> ACTIONS =
      List.of("execute-api:Invoke", "execute-api:*", "*", "EXECUTE-API:invok?", "s3:GetObject");
  private static final List<String> KEYS =
      List.of("aws:CurrentTime", "AWS:currenttime", "aws:EpochTime", "aws:SourceIp", "k", "b");
  private static final List<String> TEXTS = List.of("a", "A", "a*", "?", "a/b", "");
  private static final List<String> TIMES =
      List.of(
          "2026-06-01T12:00:00Z",
          "2026-06-01T14:00:00+02:00",
          "2026-06-01T12:00:01Z",
          "2026-06-01T11:59:59.5Z",
          "1780315200",
          "1780315201");
  private static final List<String> NUMBERS = List.of("1780315200", "1780315200.0", "-3", "7", "8");
  private static final List<String> BLOCKS =
      List.of(
          "203.0.113.0/24",
          "203.0.113.9",
          "0.0.0.0/0",
          "10.0.0.0/8",
          "2001:db8::/32",
          "2001:db8::1",
          "::/0");
  private static final List<String> ADDRESSES =
      List.of("203.0.113.9", "203.0.112.255", "10.255.0.1", "2001:db8::1", "2001:db9::", "");

  @Test
  void onRandomDocuments() {
    long seed = System.nanoTime();
    System.out.println("EvaluatorsAgreeTest seed " + seed);
    var random = new Random(seed);
    var counts = new EnumMap<Verdict, Integer>(Verdict.class);
    for (int i = 0; i < DOCUMENTS; i++) {
      var globs = new ArrayList<String>();
      String json = document(random, globs);
      PolicyDocument read = PolicyDocument.read(json);
      OtherIam other = OtherIam.read(json);
      for (int a = 0; a < ARNS; a++) {
        String arn = arn(pick(globs, random), random);
        Map<String, String> context = context(random);
        Verdict verdict = IamEvaluator.evaluate(read, arn, new IamContext(context));
        assertThat(other.evaluate(arn, context))
            .as("seed %d: `%s` with %s under %s", seed, arn, context, json)
            .isEqualTo(verdict);
        counts.merge(verdict, 1, Integer::sum);
      }
    }
    System.out.println("EvaluatorsAgreeTest " + DOCUMENTS + " documents: " + counts);
    for (Verdict verdict : Verdict.values()) {
      assertThat(counts.get(verdict)).isGreaterThan(DOCUMENTS * ARNS / 20);
    }
  }

  /**
   * What the IAM user guide says of {@code Resource}: a wildcard takes any characters, also the
   * colons between the parts of an ARN and slashes; {@code ?} takes exactly one; case counts.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a/*            | a/b          | true",
        "a/*            | a/b/c        | true",
        "a/*            | a/           | true",
        "a/*            | a            | false",
        "a/*/d          | a/b/c/d      | true",
        "a/?            | a/b          | true",
        "a/?            | a/           | false",
        "a/?            | a/bc         | false",
        "a?b            | a/b          | true",
        "a?b            | a:b          | true",
        "a/?*           | a/           | false",
        "a/?*           | a/b:c/d      | true",
        "a:*:b          | a:x:y/z:b    | true",
        "a:*:*:b        | a:x:b        | false",
        "A/b            | a/b          | false",
        "a/B            | a/b          | false",
        "*              | a:b/c        | true",
        "a**b           | ab           | true",
        "a/b            | a/b/         | false",
        "a.c            | abc          | false",
        "a[bc]          | ab           | false",
        "a%2Fb          | a/b          | false",
      })
  void resourcesAreGlobsOverWholeArns(String glob, String arn, boolean applies) {
    check("{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"" + glob + "\"}", arn, applies);
    check(
        "{\"Effect\":\"Allow\",\"Action\":\"*\",\"NotResource\":\"" + glob + "\"}", arn, !applies);
  }

  /** Of several elements of {@code NotResource} and {@code NotAction}, none may match. */
  @ParameterizedTest
  @CsvSource({"x, true", "a, false", "b/c, false"})
  void whatIsNotNamedIsMeant(String arn, boolean applies) {
    check("{\"Effect\":\"Allow\",\"Action\":\"*\",\"NotResource\":[\"a\",\"b/*\"]}", arn, applies);
    check(
        "{\"Effect\":\"Allow\",\"NotAction\":[\"s3:*\",\"sqs:*\"],\"NotResource\":[\"a\",\"b/*\"]}",
        arn,
        applies);
    check(
        "{\"Effect\":\"Allow\",\"NotAction\":[\"s3:*\",\"Execute-Api:*\"],\"Resource\":\"*\"}",
        arn,
        false);
  }

  /** The evaluation logic of the IAM user guide, whatever the order of statements. */
  @Test
  void anExplicitDenyOverridesEveryAllow() {
    String allow = "{\"Effect\":\"Allow\",\"Action\":\"execute-api:Invoke\",\"Resource\":\"a/*\"}";
    String deny = "{\"Effect\":\"Deny\",\"Action\":\"execute-api:*\",\"Resource\":\"a/b\"}";
    for (String both : List.of(allow + "," + deny, deny + "," + allow + "," + allow)) {
      check(both, "a/c", true);
      check(both, "a/b", false);
      assertThat(verdict(both, "a/b", Map.of())).isEqualTo(Verdict.EXPLICIT_DENY);
      assertThat(verdict(both, "c", Map.of())).isEqualTo(Verdict.IMPLICIT_DENY);
    }
  }

  /**
   * With the key, without it, and with {@code …IfExists}: negated operators hold without the key,
   * positive ones do not, {@code Null} asks for just that. The key's value is what stands in the
   * second column.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "StringEquals               | a                    | a                    | true  | false | true",
        "StringEquals               | a                    | A                    | false | false | true",
        "StringEquals               | ab                   | a*                   | false | false | true",
        "StringNotEquals            | a                    | a                    | false | true  | true",
        "StringNotEquals            | a                    | b                    | true  | true  | true",
        "StringEqualsIgnoreCase     | a                    | A                    | true  | false | true",
        "StringNotEqualsIgnoreCase  | a                    | A                    | false | true  | true",
        "StringLike                 | a/b:c                | a*                   | true  | false | true",
        "StringNotLike              | a/b:c                | a?b*                 | false | true  | true",
        "NumericEquals              | 10                   | 10.0                 | true  | false | true",
        "NumericNotEquals           | 10                   | 11                   | true  | true  | true",
        "NumericLessThan            | 9                    | 10                   | true  | false | true",
        "NumericLessThan            | 10                   | 9                    | false | false | true",
        "NumericLessThanEquals      | 10                   | 10                   | true  | false | true",
        "NumericGreaterThan         | 10                   | 10                   | false | false | true",
        "NumericGreaterThanEquals   | 10                   | 10                   | true  | false | true",
        "DateEquals                 | 2026-06-01T12:00:00Z | 1780315200           | true  | false | true",
        "DateNotEquals              | 2026-06-01T12:00:00Z | 1780315200           | false | true  | true",
        "DateLessThan               | 2026-06-01T11:59:59Z | 2026-06-01T12:00:00Z | true  | false | true",
        "DateLessThan               | 2026-06-01T12:00:00Z | 2026-06-01T12:00:00Z | false | false | true",
        "DateLessThanEquals         | 2026-06-01T12:00:00Z | 2026-06-01T12:00:00Z | true  | false | true",
        "DateGreaterThan            | 2026-06-01T12:00:00Z | 2026-06-01T13:59:59+02:00 | true | false | true",
        "DateGreaterThanEquals      | 2026-06-01T12:00:00Z | 2026-06-01T14:00:00+02:00 | true | false | true",
        "Bool                       | true                 | TRUE                 | true  | false | true",
        "Bool                       | true                 | false                | false | false | true",
        "IpAddress                  | 203.0.113.9          | 203.0.113.0/24       | true  | false | true",
        "IpAddress                  | 203.0.114.9          | 203.0.113.0/24       | false | false | true",
        "IpAddress                  | 203.0.113.9          | 203.0.113.9          | true  | false | true",
        "IpAddress                  | 2001:db8::9          | 2001:db8::/32        | true  | false | true",
        "IpAddress                  | 2001:db8::9          | 0.0.0.0/0            | false | false | true",
        "NotIpAddress               | 203.0.113.9          | 203.0.113.0/24       | false | true  | true",
        "NotIpAddress               | 203.0.114.9          | 203.0.113.0/24       | true  | true  | true",
        "ArnLike                    | arn:aws:a            | arn:aws:?            | true  | false | true",
        "ArnNotLike                 | arn:aws:a            | arn:aws:?            | false | true  | true",
        "Null                       | a                    | false                | true  | false | -",
        "Null                       | a                    | true                 | false | true  | -",
      })
  void operatorsHoldWithAndWithoutTheKey(
      String operator,
      String actual,
      String value,
      boolean with,
      boolean without,
      String ifExists) {
    assertThat(holds(operator, value, Map.of("k", actual))).isEqualTo(with);
    assertThat(holds(operator, value, Map.of("other", actual))).isEqualTo(without);
    if (ifExists != null) {
      String word = operator + "IfExists";
      assertThat(holds(word, value, Map.of("K", actual))).isEqualTo(with);
      assertThat(holds(word, value, Map.of("other", actual)))
          .isEqualTo(Boolean.parseBoolean(ifExists));
    }
  }

  /** Entries are joined by AND, the values of a positive one by OR, of a negated one by NOR. */
  @Test
  void everyEntryMustHoldAndOneOfItsValues() {
    String condition =
        "{\"StringEquals\":{\"k\":[\"a\",\"b\"],\"b\":\"true\"},\"StringNotEquals\":{\"k\":[\"b\",\"c\"]}}";
    assertThat(allows(condition, Map.of("k", "a", "b", "true"))).isTrue();
    assertThat(allows(condition, Map.of("k", "b", "b", "true"))).isFalse();
    assertThat(allows(condition, Map.of("k", "a", "b", "false"))).isFalse();
    assertThat(allows(condition, Map.of("k", "a"))).isFalse();
  }

  /** GATEWAY rule 10. */
  @Test
  void silenceIsNoDenyBesideAnAllowingResourcePolicy() {
    String allow = "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"a/*\"}";
    String fence = ",{\"Effect\":\"Deny\",\"Action\":\"*\",\"NotResource\":\"a/*\"}";
    assertThat(besideAnAllow(allow, "a/b")).isEqualTo(Verdict.ALLOW);
    assertThat(besideAnAllow(allow, "c")).isEqualTo(Verdict.ALLOW);
    assertThat(besideAnAllow(allow + fence, "a/b")).isEqualTo(Verdict.ALLOW);
    assertThat(besideAnAllow(allow + fence, "c")).isEqualTo(Verdict.EXPLICIT_DENY);
  }

  private static Verdict besideAnAllow(String statements, String arn) {
    return OtherIam.withResourcePolicy(verdict(statements, arn, Map.of()), Verdict.ALLOW);
  }

  private static boolean holds(String operator, String value, Map<String, String> context) {
    return allows("{\"" + operator + "\":{\"k\":\"" + value + "\"}}", context);
  }

  private static boolean allows(String condition, Map<String, String> context) {
    String statement =
        "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":"
            + condition
            + "}";
    return verdict(statement, "a", context) == Verdict.ALLOW;
  }

  private static void check(String statements, String arn, boolean allowed) {
    assertThat(verdict(statements, arn, Map.of()) == Verdict.ALLOW)
        .as("`%s` under %s", arn, statements)
        .isEqualTo(allowed);
  }

  /** Of both evaluators. */
  private static Verdict verdict(String statements, String arn, Map<String, String> context) {
    String json = "{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}";
    Verdict other = OtherIam.read(json).evaluate(arn, context);
    assertThat(IamEvaluator.evaluate(PolicyDocument.read(json), arn, new IamContext(context)))
        .as("`%s` under %s", arn, statements)
        .isEqualTo(other);
    return other;
  }

  private static String document(Random random, List<String> globs) {
    var statements = new ArrayList<String>();
    for (int i = 0; i <= random.nextInt(4); i++) {
      statements.add(statement(random, globs));
    }
    boolean bare = statements.size() == 1 && random.nextBoolean();
    String all = String.join(", ", statements);
    return "{ \"Version\": \"2012-10-17\",\n\"Statement\":" + (bare ? all : "[" + all + "]") + "}";
  }

  private static String statement(Random random, List<String> globs) {
    var resources = new ArrayList<String>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      resources.add(glob(random));
    }
    globs.addAll(resources);
    String action = random.nextInt(8) == 0 ? "NotAction" : "Action";
    String resource = random.nextInt(6) == 0 ? "NotResource" : "Resource";
    return "{\"Effect\":\""
        + (random.nextInt(3) == 0 ? "Deny" : "Allow")
        + "\",\""
        + resource
        + "\":"
        + json(resources, random)
        + ", \""
        + action
        + "\":"
        + json(List.of(random.nextInt(4) > 0 ? ACTIONS.get(0) : pick(ACTIONS, random)), random)
        + (random.nextInt(3) == 0 ? ",\"Condition\":" + conditions(random) : "")
        + "}";
  }

  private static String glob(Random random) {
    var glob = new StringBuilder();
    for (int i = random.nextInt(7); i >= 0; i--) {
      int c = random.nextInt(LETTERS.length() + 3);
      glob.append(c < LETTERS.length() ? LETTERS.charAt(c) : c == LETTERS.length() ? '?' : '*');
    }
    return glob.toString();
  }

  private static String json(List<String> texts, Random random) {
    if (texts.size() == 1 && random.nextBoolean()) {
      return quoted(texts.getFirst(), random);
    }
    return "[" + String.join(" ,", texts.stream().map(text -> quoted(text, random)).toList()) + "]";
  }

  private static String quoted(String text, Random random) {
    var out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(random.nextInt(10) == 0 ? "\\u%04x".formatted((int) c) : String.valueOf(c));
    }
    return out.append('"').toString();
  }

  private static String conditions(Random random) {
    var byOperator = new TreeMap<String, String>();
    for (int i = 0; i <= random.nextInt(2); i++) {
      IamOperator operator = pick(List.of(IamOperator.values()), random);
      var values = new ArrayList<String>();
      for (int v = 0; v <= random.nextInt(2); v++) {
        values.add(pick(values(operator), random));
      }
      boolean ifExists = operator != IamOperator.NULL && random.nextInt(3) == 0;
      byOperator.put(
          operator.word() + (ifExists ? "IfExists" : ""),
          "{\"" + pick(KEYS, random) + "\":" + json(values, random) + "}");
    }
    return "{"
        + String.join(
            ",",
            byOperator.entrySet().stream()
                .map(e -> "\"" + e.getKey() + "\":" + e.getValue())
                .toList())
        + "}";
  }

  private static List<String> values(IamOperator operator) {
    String word = operator.word();
    if (word.startsWith("Numeric")) {
      return NUMBERS;
    }
    if (word.startsWith("Date")) {
      return TIMES;
    }
    if (word.endsWith("IpAddress")) {
      return BLOCKS;
    }
    return operator == IamOperator.BOOL || operator == IamOperator.NULL
        ? List.of("true", "False")
        : TEXTS;
  }

  /** Something that the glob matches, or nearly. */
  private static String arn(String glob, Random random) {
    var arn = new StringBuilder();
    for (int g = 0; g < glob.length(); g++) {
      char c = glob.charAt(g);
      int length = c == '?' ? 1 : random.nextInt(3);
      if (c != '?' && c != '*') {
        arn.append(c);
      } else {
        for (int i = 0; i < length; i++) {
          arn.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
      }
    }
    if (random.nextInt(3) == 0 && !arn.isEmpty()) {
      arn.setCharAt(random.nextInt(arn.length()), LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return arn.toString();
  }

  private static Map<String, String> context(Random random) {
    var context = new TreeMap<String, String>();
    if (random.nextInt(4) > 0) {
      context.put("aws:CurrentTime", pick(TIMES, random));
      context.put("aws:EpochTime", pick(NUMBERS, random));
    }
    if (random.nextInt(4) > 0) {
      context.put("aws:SourceIp", pick(ADDRESSES, random));
    }
    if (random.nextBoolean()) {
      context.put("K", pick(TEXTS, random));
      context.put("b", random.nextBoolean() ? "true" : "false");
    }
    return context;
  }

  private static <T> T pick(List<T> from, Random random) {
    return from.get(random.nextInt(from.size()));
  }
}
