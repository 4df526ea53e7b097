package dev.grantway.analysis;

import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import java.util.Set;

/**
 * Whether one permission's condition holds whenever another's does. Careful: it compares clause by
 * clause and value by value, as texts, so that it may say no where the answer is yes (two numeric
 * limits, a block of addresses inside another, alternatives that together are everything), and
 * never yes where the answer is no.
 */
final class Implied {
  private Implied() {}

  /**
   * True if the condition of {@code other} holds wherever that of {@code one} does. A DENY's holds
   * also where it cannot be evaluated, so it implies no ALLOW's unless that has none.
   */
  static boolean by(Permission one, Permission other) {
    Condition weaker = other.condition();
    if (weaker.isNone()) {
      return true;
    }
    boolean comparable = one.effect() == other.effect() || one.effect() == Effect.ALLOW;
    return comparable
        && weaker.clauses().stream()
            .allMatch(
                clause ->
                    one.condition().clauses().stream()
                        .anyMatch(stronger -> implies(stronger, clause)));
  }

  private static boolean implies(Condition.Clause stronger, Condition.Clause weaker) {
    boolean same =
        stronger.operator() == weaker.operator() && stronger.attribute().equals(weaker.attribute());
    if (!same) {
      return false;
    }
    Set<String> few = Set.copyOf(stronger.values());
    Set<String> many = Set.copyOf(weaker.values());
    // Values are alternatives; under a negated operator each of them forbids.
    return stronger.operator().isNegated() ? few.containsAll(many) : many.containsAll(few);
  }
}
