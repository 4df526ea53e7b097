package dev.grantway.compile;

import dev.grantway.policy.Effect;
import java.util.Collection;
import java.util.List;

/**
 * One element of a policy document.
 *
 * @param actions globs such as {@code execute-api:Invoke}, compared without case
 * @param notActions true where the statement is about every action but these
 * @param resources globs over whole ARNs: {@code *} is any text, also with slashes and colons,
 *     {@code ?} exactly one character
 * @param notResources true where the statement is about every resource but these
 * @param conditions all of which must hold
 */
public record Statement(
    Effect effect,
    List<String> actions,
    boolean notActions,
    List<String> resources,
    boolean notResources,
    List<StatementCondition> conditions) {

  /** The only action that an authorizer's answer is about. */
  public static final String INVOKE = "execute-api:Invoke";

  public Statement {
    actions = List.copyOf(actions);
    resources = List.copyOf(resources);
    conditions = conditions.stream().sorted().toList();
    if (actions.isEmpty() || resources.isEmpty()) {
      throw new MalformedDocument("a statement needs at least one action and one resource");
    }
    for (String glob : resources) {
      if (glob.contains("${")) {
        throw new MalformedDocument(
            "resource `" + glob + "` holds a policy variable, and what these give is unconfirmed");
      }
    }
    for (int i = 1; i < conditions.size(); i++) {
      if (conditions.get(i).sameEntry(conditions.get(i - 1))) {
        throw new MalformedDocument(
            "condition `" + conditions.get(i).word() + "` is there twice for one key");
      }
    }
  }

  /** Allows or denies the invocation of these resources. */
  public static Statement of(Effect effect, Collection<String> resources) {
    return of(effect, resources, List.of());
  }

  static Statement of(
      Effect effect, Collection<String> resources, List<StatementCondition> conditions) {
    return new Statement(effect, List.of(INVOKE), false, List.copyOf(resources), false, conditions);
  }

  /** Denies the invocation of everything but these resources. */
  static Statement denyAllBut(Collection<String> resources, List<StatementCondition> conditions) {
    return new Statement(
        Effect.DENY, List.of(INVOKE), false, List.copyOf(resources), true, conditions);
  }
}
