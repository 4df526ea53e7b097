package dev.grantway.compile;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A second IAM evaluator, written from AWS's documentation alone: own reader, globs by a table of
 * prefixes against prefixes, addresses and times as numbers. Only {@link Verdict} is shared.
 */
final class OtherIam {
  private final List<Element> elements = new ArrayList<>();

  /** One statement. */
  record Element(
      boolean allows,
      boolean notActions,
      List<String> actions,
      boolean notResources,
      List<String> resources,
      List<Test> tests) {

    boolean isInForce(Map<String, String> context) {
      return tests.stream().allMatch(test -> test.holds(context));
    }

    boolean isAbout(String arn) {
      boolean invokes =
          actions.stream()
              .anyMatch(glob -> matches(glob.toLowerCase(Locale.ROOT), "execute-api:invoke"));
      boolean named = resources.stream().anyMatch(glob -> matches(glob, arn));
      return invokes != notActions && named != notResources;
    }
  }

  /** One entry of a condition. */
  record Test(String word, String key, List<String> values) {
    boolean holds(Map<String, String> context) {
      @Nullable String actual = null;
      for (var entry : context.entrySet()) {
        if (entry.getKey().equalsIgnoreCase(key)) {
          actual = entry.getValue();
        }
      }
      if (word.equals("Null")) {
        String absent = actual == null ? "true" : "false";
        return values.stream().anyMatch(absent::equalsIgnoreCase);
      }
      boolean ifExists = word.endsWith("IfExists");
      String operator = ifExists ? word.substring(0, word.length() - 8) : word;
      boolean negated = operator.contains("Not");
      if (actual == null) {
        return ifExists || negated;
      }
      String value = actual;
      BiPredicate<String, String> one = comparison(operator.replace("Not", ""));
      return values.stream().anyMatch(expected -> one.test(expected, value)) != negated;
    }
  }

  static OtherIam read(String json) {
    var document = new OtherIam();
    Map<?, ?> root = (Map<?, ?>) OtherJson.parse(json);
    for (Object statement : listed(root.get("Statement"))) {
      document.elements.add(element((Map<?, ?>) statement));
    }
    return document;
  }

  List<Element> elements() {
    return elements;
  }

  /** Deny over Allow over silence, whatever the order. */
  Verdict evaluate(String arn, Map<String, String> context) {
    Verdict verdict = Verdict.IMPLICIT_DENY;
    for (Element element : elements) {
      if (element.isInForce(context) && element.isAbout(arn)) {
        verdict =
            element.allows() && verdict != Verdict.EXPLICIT_DENY
                ? Verdict.ALLOW
                : Verdict.EXPLICIT_DENY;
      }
    }
    return verdict;
  }

  /** GATEWAY rule 10: what the authorizer leaves open, a resource policy may allow. */
  static Verdict withResourcePolicy(Verdict authorizer, Verdict resourcePolicy) {
    if (authorizer == Verdict.EXPLICIT_DENY || resourcePolicy == Verdict.EXPLICIT_DENY) {
      return Verdict.EXPLICIT_DENY;
    }
    return authorizer == Verdict.ALLOW ? authorizer : resourcePolicy;
  }

  /** Row by row: which prefixes of the text each prefix of the glob matches. */
  static boolean matches(String glob, String text) {
    boolean[] row = new boolean[text.length() + 1];
    row[0] = true;
    for (int g = 0; g < glob.length(); g++) {
      char c = glob.charAt(g);
      boolean[] next = new boolean[row.length];
      for (int t = 0; t < row.length; t++) {
        if (c == '*') {
          next[t] = row[t] || t > 0 && next[t - 1];
        } else if (t > 0) {
          next[t] = row[t - 1] && (c == '?' || c == text.charAt(t - 1));
        }
      }
      row = next;
    }
    return row[text.length()];
  }

  private static Element element(Map<?, ?> statement) {
    boolean notActions = statement.containsKey("NotAction");
    boolean notResources = statement.containsKey("NotResource");
    var tests = new ArrayList<Test>();
    if (statement.get("Condition") instanceof Map<?, ?> conditions) {
      conditions.forEach(
          (word, entries) ->
              ((Map<?, ?>) entries)
                  .forEach(
                      (key, values) ->
                          tests.add(new Test((String) word, (String) key, texts(values)))));
    }
    return new Element(
        "Allow".equals(statement.get("Effect")),
        notActions,
        texts(statement.get(notActions ? "NotAction" : "Action")),
        notResources,
        texts(statement.get(notResources ? "NotResource" : "Resource")),
        tests);
  }

  private static List<?> listed(@Nullable Object oneOrMore) {
    return oneOrMore instanceof List<?> list ? list : Arrays.asList(oneOrMore);
  }

  private static List<String> texts(@Nullable Object oneOrMore) {
    return listed(oneOrMore).stream().map(String.class::cast).toList();
  }

  private static BiPredicate<String, String> comparison(String operator) {
    return switch (operator) {
      case "StringEquals" -> String::equals;
      case "StringEqualsIgnoreCase", "Bool" -> String::equalsIgnoreCase;
      case "StringLike", "ArnEquals", "ArnLike" -> OtherIam::matches;
      case "IpAddress" -> OtherIam::isWithin;
      default -> ordered(operator);
    };
  }

  private static BiPredicate<String, String> ordered(String operator) {
    boolean dates = operator.startsWith("Date");
    IntPredicate order =
        switch (operator.substring(dates ? 4 : 7)) {
          case "Equals" -> sign -> sign == 0;
          case "LessThan" -> sign -> sign < 0;
          case "LessThanEquals" -> sign -> sign <= 0;
          case "GreaterThan" -> sign -> sign > 0;
          case "GreaterThanEquals" -> sign -> sign >= 0;
          default -> throw new IllegalArgumentException("no operator " + operator);
        };
    return (expected, actual) -> {
      @Nullable BigDecimal left = dates ? seconds(actual) : number(actual);
      @Nullable BigDecimal right = dates ? seconds(expected) : number(expected);
      return left != null && right != null && order.test(left.compareTo(right));
    };
  }

  private static @Nullable BigDecimal number(String text) {
    return text.matches("[+-]?\\d+(\\.\\d+)?") ? new BigDecimal(text) : null;
  }

  private static @Nullable BigDecimal seconds(String text) {
    if (text.matches("\\d+")) {
      return new BigDecimal(text);
    }
    if (!text.matches("\\d{4}-\\d\\d-\\d\\dT.*")) {
      return null;
    }
    OffsetDateTime at = OffsetDateTime.parse(text);
    return BigDecimal.valueOf(at.toEpochSecond()).add(BigDecimal.valueOf(at.getNano(), 9));
  }

  private static boolean isWithin(String block, String address) {
    String[] parts = block.split("/");
    int bits = parts[0].contains(":") ? 128 : 32;
    int actualBits = address.contains(":") ? 128 : 32;
    boolean isAddress =
        address.matches("\\d+(\\.\\d+){3}") || address.matches("[0-9a-fA-F]*:[0-9a-fA-F:]*");
    if (bits != actualBits || !isAddress) {
      return false;
    }
    int free = bits - (parts.length == 1 ? bits : Integer.parseInt(parts[1]));
    return bigInteger(parts[0]).shiftRight(free).equals(bigInteger(address).shiftRight(free));
  }

  private static BigInteger bigInteger(String address) {
    if (!address.contains(":")) {
      BigInteger value = BigInteger.ZERO;
      for (String octet : address.split("\\.")) {
        value = value.shiftLeft(8).add(new BigInteger(octet));
      }
      return value;
    }
    String[] halves = address.split("::", -1);
    BigInteger value = groups(halves[0]).shiftLeft(16 * (8 - count(halves[0])));
    return halves.length == 1 ? value : value.add(groups(halves[1]));
  }

  private static int count(String groups) {
    return groups.isEmpty() ? 0 : groups.split(":").length;
  }

  private static BigInteger groups(String text) {
    BigInteger value = BigInteger.ZERO;
    if (!text.isEmpty()) {
      for (String group : text.split(":")) {
        value = value.shiftLeft(16).add(new BigInteger(group, 16));
      }
    }
    return value;
  }
}
