package dev.grantway.compile;

import dev.grantway.policy.Attribute;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An interval of time in which no permission begins or ends (COMP-04).
 *
 * @param from inclusive; null for the first one
 * @param until exclusive; null for the last one
 * @param sample an instant in it
 */
record Span(@Nullable Instant from, @Nullable Instant until, Instant sample) {

  /**
   * By how much an answer may be later than the instant that it was decided for: API Gateway waits
   * 10 s for an authorizer, and only then does its TTL begin.
   */
  static final Duration LATEST_ANSWER = Duration.ofSeconds(11);

  /** The intervals that the boundaries within the life of an answer cut; normally one. */
  static List<Span> of(Collection<Permission> permissions, Instant now, Duration ttl) {
    var cuts = new TreeSet<Instant>();
    for (Permission permission : permissions) {
      permission.validity().from().ifPresent(cuts::add);
      permission.validity().until().ifPresent(cuts::add);
      for (Condition.Clause clause : permission.condition().clauses()) {
        if (clause.attribute() instanceof Attribute.Now) {
          clause.values().forEach(value -> addWholeSeconds(Instant.parse(value), cuts));
        }
      }
    }
    Instant first = now.truncatedTo(ChronoUnit.SECONDS);
    Instant last = first.plus(LATEST_ANSWER).plus(ttl);
    cuts.removeIf(cut -> !cut.isAfter(first) || cut.isAfter(last));
    var spans = new ArrayList<Span>();
    @Nullable Instant from = null;
    for (Instant cut : cuts) {
      spans.add(new Span(from, cut, from == null ? first : from));
      from = cut;
    }
    spans.add(new Span(from, null, from == null ? first : from));
    return spans;
  }

  /** Decisions are about whole seconds: both sides of the instant's own one may differ. */
  static void addWholeSeconds(Instant instant, Collection<Instant> cuts) {
    Instant second = instant.truncatedTo(ChronoUnit.SECONDS);
    cuts.add(second);
    cuts.add(second.plusSeconds(1));
  }

  /** The condition that holds in this interval and the following ones up to {@code last}. */
  List<StatementCondition> until(Span last, Effect effect) {
    var conditions = new ArrayList<StatementCondition>();
    if (from != null) {
      conditions.add(time(IamOperator.DATE_GREATER_THAN_EQUALS, from, effect));
    }
    if (last.until != null) {
      conditions.add(time(IamOperator.DATE_LESS_THAN, last.until, effect));
    }
    return conditions;
  }

  private static StatementCondition time(IamOperator operator, Instant at, Effect effect) {
    return new StatementCondition(
        operator, effect == Effect.DENY, IamContext.CURRENT_TIME, List.of(at.toString()));
  }
}
