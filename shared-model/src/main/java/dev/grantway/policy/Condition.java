package dev.grantway.policy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;

/**
 * What else must hold for a permission to apply: all clauses, of which each has alternatives. In
 * IAM's shape and words; {@link #NONE} always holds. Clauses are kept sorted, so that equal
 * conditions are equal.
 */
public record Condition(List<Clause> clauses) {
  public static final Condition NONE = new Condition(List.of());

  public Condition {
    clauses =
        clauses.stream()
            .sorted(Comparator.comparing(Clause::operator).thenComparing(Clause::attribute))
            .toList();
    for (int i = 1; i < clauses.size(); i++) {
      Clause clause = clauses.get(i);
      Clause before = clauses.get(i - 1);
      if (clause.operator() == before.operator() && clause.attribute().equals(before.attribute())) {
        throw new IllegalArgumentException(
            clause.operator().word() + " on " + clause.attribute().text() + " is there twice");
      }
    }
  }

  public boolean isNone() {
    return clauses.isEmpty();
  }

  /** {@code {operator: {attribute: [values]}}}: one operator, one attribute, its alternatives. */
  public record Clause(Operator operator, Attribute attribute, List<String> values) {
    public Clause {
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException(
            operator.word() + " on " + attribute.text() + " needs at least one value");
      }
      checkAttribute(operator, attribute);
      values.forEach(value -> checkValue(operator, value));
    }

    /** As people read it: {@code StringEquals claims.region eu | us}. */
    public String text() {
      return operator.word() + " " + attribute.text() + " " + String.join(" | ", values);
    }

    private static void checkAttribute(Operator operator, Attribute attribute) {
      boolean fits =
          switch (attribute) {
            case Attribute.Now now -> operator.family() == Operator.Family.DATE;
            case Attribute.SourceIp ip ->
                operator.family() == Operator.Family.IP || operator == Operator.NULL;
            case Attribute.Scopes scopes ->
                operator.family() == Operator.Family.STRING || operator == Operator.NULL;
            case Attribute.Client client ->
                operator.family() == Operator.Family.STRING || operator == Operator.NULL;
            case Attribute.Claim claim -> true;
            case Attribute.Header header -> true;
            case Attribute.Query query -> true;
          };
      if (!fits) {
        throw new IllegalArgumentException(
            operator.word() + " cannot be used on " + attribute.text());
      }
    }

    private static void checkValue(Operator operator, String value) {
      switch (operator.family()) {
        case STRING -> {}
        case NUMERIC -> number(operator, value);
        case DATE -> instant(operator, value);
        case IP -> Cidr.parse(value);
        case BOOL, NULL -> {
          if (!value.equals("true") && !value.equals("false")) {
            throw new IllegalArgumentException(
                operator.word() + " needs true or false, got `" + value + "`");
          }
        }
      }
    }

    private static BigDecimal number(Operator operator, String value) {
      try {
        if (value.length() > 32) {
          throw new NumberFormatException();
        }
        return new BigDecimal(value);
      } catch (NumberFormatException notANumber) {
        throw new IllegalArgumentException(
            operator.word() + " needs a number of at most 32 characters, got `" + value + "`",
            notANumber);
      }
    }

    private static Instant instant(Operator operator, String value) {
      try {
        return Instant.parse(value);
      } catch (DateTimeParseException notAnInstant) {
        throw new IllegalArgumentException(
            operator.word() + " needs an instant like 2026-01-31T00:00:00Z, got `" + value + "`",
            notAnInstant);
      }
    }
  }
}
