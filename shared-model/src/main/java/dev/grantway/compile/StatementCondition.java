package dev.grantway.compile;

import java.util.Comparator;
import java.util.List;

/**
 * One condition of a statement: {@code {operator: {key: [values]}}}.
 *
 * @param ifExists holds as well when the request lacks the key
 * @param key such as {@code aws:CurrentTime}, compared without case
 * @param values alternatives; a negated operator holds if none of them matches
 */
public record StatementCondition(
    IamOperator operator, boolean ifExists, String key, List<String> values)
    implements Comparable<StatementCondition> {

  private static final Comparator<StatementCondition> ORDER =
      Comparator.comparing(StatementCondition::word)
          .thenComparing(StatementCondition::key, String.CASE_INSENSITIVE_ORDER)
          .thenComparing(condition -> String.join("\n", condition.values()));

  public StatementCondition {
    values = List.copyOf(values);
    if (key.isEmpty() || values.isEmpty()) {
      throw new MalformedDocument(
          "condition `" + operator.word() + "` needs a key and at least one value");
    }
    if (ifExists && operator == IamOperator.NULL) {
      throw new MalformedDocument("condition `NullIfExists` does not exist in IAM");
    }
    for (String value : values) {
      if (value.contains("${")) {
        throw new MalformedDocument("condition value `" + value + "` holds a policy variable");
      }
      operator.check(value);
    }
  }

  /** The operator as the document writes it. */
  String word() {
    return operator.word() + (ifExists ? "IfExists" : "");
  }

  /** The same operator on the same key, whatever the values. */
  boolean sameEntry(StatementCondition other) {
    return word().equals(other.word()) && key.equalsIgnoreCase(other.key);
  }

  @Override
  public int compareTo(StatementCondition other) {
    return ORDER.compare(this, other);
  }
}
