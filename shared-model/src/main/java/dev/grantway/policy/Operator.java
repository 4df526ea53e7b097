package dev.grantway.policy;

import java.util.Arrays;

/** The operators of conditions: IAM's words (MODEL section 1). */
public enum Operator {
  STRING_EQUALS("StringEquals", Family.STRING),
  STRING_NOT_EQUALS("StringNotEquals", Family.STRING),
  STRING_LIKE("StringLike", Family.STRING),
  NUMERIC_EQUALS("NumericEquals", Family.NUMERIC),
  NUMERIC_LESS_THAN("NumericLessThan", Family.NUMERIC),
  NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", Family.NUMERIC),
  NUMERIC_GREATER_THAN("NumericGreaterThan", Family.NUMERIC),
  NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", Family.NUMERIC),
  DATE_LESS_THAN("DateLessThan", Family.DATE),
  DATE_LESS_THAN_EQUALS("DateLessThanEquals", Family.DATE),
  DATE_GREATER_THAN("DateGreaterThan", Family.DATE),
  DATE_GREATER_THAN_EQUALS("DateGreaterThanEquals", Family.DATE),
  BOOL("Bool", Family.BOOL),
  IP_ADDRESS("IpAddress", Family.IP),
  NOT_IP_ADDRESS("NotIpAddress", Family.IP),
  NULL("Null", Family.NULL);

  /** What kind of value the operator compares. */
  public enum Family {
    STRING,
    NUMERIC,
    DATE,
    BOOL,
    IP,
    NULL
  }

  private final String word;
  private final Family family;

  Operator(String word, Family family) {
    this.word = word;
    this.family = family;
  }

  /** As it stands in policy data and in emitted statements. */
  public String word() {
    return word;
  }

  public Family family() {
    return family;
  }

  public boolean isNegated() {
    return this == STRING_NOT_EQUALS || this == NOT_IP_ADDRESS;
  }

  /** Reads an operator; an unknown one is refused with the list of those there are. */
  public static Operator parse(String text) {
    return Arrays.stream(values())
        .filter(operator -> operator.word.equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "operator `"
                        + text
                        + "` is none of "
                        + String.join(", ", Arrays.stream(values()).map(Operator::word).toList())));
  }
}
