package dev.grantway.compile;

import dev.grantway.policy.Cidr;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/** IAM's condition operators, but for the set operators and binary equality. */
public enum IamOperator {
  STRING_EQUALS("StringEquals", false, String::equals),
  STRING_NOT_EQUALS("StringNotEquals", true, String::equals),
  STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", false, String::equalsIgnoreCase),
  STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase", true, String::equalsIgnoreCase),
  STRING_LIKE("StringLike", false, Glob::matches),
  STRING_NOT_LIKE("StringNotLike", true, Glob::matches),
  ARN_EQUALS("ArnEquals", false, Glob::matches),
  ARN_LIKE("ArnLike", false, Glob::matches),
  ARN_NOT_EQUALS("ArnNotEquals", true, Glob::matches),
  ARN_NOT_LIKE("ArnNotLike", true, Glob::matches),
  NUMERIC_EQUALS("NumericEquals", false, numbers(order -> order == 0)),
  NUMERIC_NOT_EQUALS("NumericNotEquals", true, numbers(order -> order == 0)),
  NUMERIC_LESS_THAN("NumericLessThan", false, numbers(order -> order < 0)),
  NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", false, numbers(order -> order <= 0)),
  NUMERIC_GREATER_THAN("NumericGreaterThan", false, numbers(order -> order > 0)),
  NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", false, numbers(order -> order >= 0)),
  DATE_EQUALS("DateEquals", false, dates(order -> order == 0)),
  DATE_NOT_EQUALS("DateNotEquals", true, dates(order -> order == 0)),
  DATE_LESS_THAN("DateLessThan", false, dates(order -> order < 0)),
  DATE_LESS_THAN_EQUALS("DateLessThanEquals", false, dates(order -> order <= 0)),
  DATE_GREATER_THAN("DateGreaterThan", false, dates(order -> order > 0)),
  DATE_GREATER_THAN_EQUALS("DateGreaterThanEquals", false, dates(order -> order >= 0)),
  BOOL("Bool", false, String::equalsIgnoreCase),
  IP_ADDRESS("IpAddress", false, IamOperator::within),
  NOT_IP_ADDRESS("NotIpAddress", true, IamOperator::within),
  NULL("Null", false, String::equalsIgnoreCase);

  private static final Pattern EPOCH_SECONDS = Pattern.compile("[0-9]{1,12}");
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,24}(\\.[0-9]{1,24})?");

  private final String word;
  private final boolean negated;

  /** From the document's value and the request's value. */
  private final BiPredicate<String, String> matches;

  IamOperator(String word, boolean negated, BiPredicate<String, String> matches) {
    this.word = word;
    this.negated = negated;
    this.matches = matches;
  }

  public String word() {
    return word;
  }

  /** True where the operator holds if none of its values matches, and if the key is absent. */
  boolean isNegated() {
    return negated;
  }

  /** Whether one value of the document matches the request's, before any negation. */
  boolean matches(String expected, String actual) {
    return matches.test(expected, actual);
  }

  static Optional<IamOperator> parse(String text) {
    return Arrays.stream(values()).filter(operator -> operator.word.equals(text)).findFirst();
  }

  /** Refuses a value of the document that the operator cannot compare. */
  void check(String value) {
    boolean fits =
        switch (this) {
          case NUMERIC_EQUALS,
              NUMERIC_NOT_EQUALS,
              NUMERIC_LESS_THAN,
              NUMERIC_LESS_THAN_EQUALS,
              NUMERIC_GREATER_THAN,
              NUMERIC_GREATER_THAN_EQUALS ->
              number(value).isPresent();
          case DATE_EQUALS,
              DATE_NOT_EQUALS,
              DATE_LESS_THAN,
              DATE_LESS_THAN_EQUALS,
              DATE_GREATER_THAN,
              DATE_GREATER_THAN_EQUALS ->
              instant(value).isPresent();
          case IP_ADDRESS, NOT_IP_ADDRESS -> block(value).isPresent();
          case BOOL, NULL -> value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
          default -> true;
        };
    if (!fits) {
      throw new MalformedDocument("condition `" + word + "` cannot compare `" + value + "`");
    }
  }

  private static BiPredicate<String, String> numbers(IntPredicate order) {
    return (expected, actual) ->
        number(actual)
            .flatMap(left -> number(expected).map(right -> order.test(left.compareTo(right))))
            .orElse(false);
  }

  private static BiPredicate<String, String> dates(IntPredicate order) {
    return (expected, actual) ->
        instant(actual)
            .flatMap(left -> instant(expected).map(right -> order.test(left.compareTo(right))))
            .orElse(false);
  }

  private static boolean within(String expected, String actual) {
    Optional<InetAddress> address = Cidr.address(actual);
    return address.isPresent()
        && block(expected).map(block -> block.contains(address.get())).orElse(false);
  }

  private static Optional<Cidr> block(String text) {
    try {
      return Optional.of(Cidr.parse(text));
    } catch (IllegalArgumentException notABlock) {
      return Optional.empty();
    }
  }

  private static Optional<BigDecimal> number(String text) {
    return NUMBER.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
  }

  /** ISO 8601 with a zone, or seconds since 1970. */
  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(
          EPOCH_SECONDS.matcher(text).matches()
              ? Instant.ofEpochSecond(Long.parseLong(text))
              : OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException notAnInstant) {
      return Optional.empty();
    }
  }
}
