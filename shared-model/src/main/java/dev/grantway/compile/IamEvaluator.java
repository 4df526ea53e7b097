package dev.grantway.compile;

import dev.grantway.policy.Effect;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Evaluates a policy document as IAM does for API Gateway: an explicit deny wins, then an allow,
 * and silence denies.
 */
public final class IamEvaluator {
  private IamEvaluator() {}

  /** The verdict on invoking what the ARN names. */
  public static Verdict evaluate(PolicyDocument document, String arn, IamContext context) {
    return evaluate(document, Statement.INVOKE, arn, context);
  }

  /** The verdict on any action, such as {@code dynamodb:GetItem}. */
  public static Verdict evaluate(
      PolicyDocument document, String action, String arn, IamContext context) {
    boolean allowed = false;
    for (Statement statement : document.statements()) {
      if (applies(statement, action, arn, context)) {
        if (statement.effect() == Effect.DENY) {
          return Verdict.EXPLICIT_DENY;
        }
        allowed = true;
      }
    }
    return allowed ? Verdict.ALLOW : Verdict.IMPLICIT_DENY;
  }

  private static boolean applies(
      Statement statement, String action, String arn, IamContext context) {
    return anyIs(statement.actions(), action) != statement.notActions()
        && anyMatches(statement.resources(), arn) != statement.notResources()
        && conditionsHold(statement, context);
  }

  private static boolean anyIs(List<String> globs, String action) {
    for (String glob : globs) {
      if (glob.equals(action)
          || Glob.matches(glob.toLowerCase(Locale.ROOT), action.toLowerCase(Locale.ROOT))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a statement is in force, whatever it is about. */
  static boolean conditionsHold(Statement statement, IamContext context) {
    for (StatementCondition condition : statement.conditions()) {
      if (!holds(condition, context)) {
        return false;
      }
    }
    return true;
  }

  private static boolean anyMatches(List<String> globs, String arn) {
    for (String glob : globs) {
      if (Glob.matches(glob, arn)) {
        return true;
      }
    }
    return false;
  }

  /** An absent key fails a positive operator and passes a negated one or {@code …IfExists}. */
  private static boolean holds(StatementCondition condition, IamContext context) {
    Optional<String> actual = context.value(condition.key());
    IamOperator operator = condition.operator();
    if (operator == IamOperator.NULL) {
      return any(condition, Boolean.toString(actual.isEmpty()));
    }
    return actual
        .map(value -> any(condition, value) != operator.isNegated())
        .orElse(condition.ifExists() || operator.isNegated());
  }

  private static boolean any(StatementCondition condition, String actual) {
    return condition.values().stream()
        .anyMatch(expected -> condition.operator().matches(expected, actual));
  }
}
