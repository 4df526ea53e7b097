package dev.grantway.decision;

import dev.grantway.policy.Attribute;
import dev.grantway.policy.Cidr;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Operator;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Evaluates conditions (MODEL section 1). What is absent or cannot be evaluated is false on an
 * ALLOW and true on a DENY, for negated operators too, unlike IAM.
 */
public final class Conditions {
  /** What a clause comes to. */
  public enum Outcome {
    TRUE,
    FALSE,
    /** The attribute is absent, or of a type that the operator cannot evaluate. */
    UNKNOWN;

    public boolean holdsOn(Effect effect) {
      return this == TRUE || this == UNKNOWN && effect == Effect.DENY;
    }

    static Outcome of(boolean value) {
      return value ? TRUE : FALSE;
    }
  }

  private static final Pattern PLAIN_NUMBER = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,12})?");

  private Conditions() {}

  static boolean holds(Condition condition, Effect effect, AccessRequest request) {
    return condition.clauses().stream()
        .allMatch(clause -> outcome(clause, request).holdsOn(effect));
  }

  /** What one clause comes to on a request. */
  public static Outcome outcome(Condition.Clause clause, AccessRequest request) {
    Optional<ClaimValue> value = value(clause.attribute(), request);
    if (clause.operator() == Operator.NULL) {
      return Outcome.of(clause.values().contains(Boolean.toString(value.isEmpty())));
    }
    return value.map(present -> outcome(clause, present)).orElse(Outcome.UNKNOWN);
  }

  private static Optional<ClaimValue> value(Attribute attribute, AccessRequest request) {
    RequestContext context = request.context();
    Principal principal = request.principal();
    return switch (attribute) {
      case Attribute.Claim(var name) -> Optional.ofNullable(principal.claims().get(name));
      case Attribute.Scopes scopes ->
          principal.scopes().isEmpty()
              ? Optional.empty()
              : Optional.of(ClaimValue.Items.of(principal.scopes()));
      case Attribute.Client client -> text(principal.client());
      case Attribute.SourceIp ip -> text(context.sourceIp());
      case Attribute.Header(var name) ->
          Optional.ofNullable(context.headers().get(name)).map(ClaimValue.Items::of);
      case Attribute.Query(var name) ->
          Optional.ofNullable(context.query().get(name)).map(ClaimValue.Items::of);
      case Attribute.Now now -> Optional.of(new ClaimValue.Text(context.now().toString()));
    };
  }

  private static Optional<ClaimValue> text(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(new ClaimValue.Text(text));
  }

  /**
   * A list holds for a positive operator if one element does, for a negated one if none does; one
   * that cannot be evaluated leaves open what the others do not settle.
   */
  private static Outcome outcome(Condition.Clause clause, ClaimValue value) {
    List<ClaimValue> elements =
        value instanceof ClaimValue.Items(var items) ? items : List.of(value);
    boolean negated = clause.operator().isNegated();
    boolean unknown = false;
    for (ClaimValue element : elements) {
      Optional<Boolean> matched = matches(clause, element);
      if (matched.isPresent() && matched.get()) {
        return Outcome.of(!negated);
      }
      unknown |= matched.isEmpty();
    }
    return unknown ? Outcome.UNKNOWN : Outcome.of(negated);
  }

  /** Whether one of the alternatives matches; for negated operators, of the positive one. */
  private static Optional<Boolean> matches(Condition.Clause clause, ClaimValue element) {
    Operator operator = clause.operator();
    return switch (operator.family()) {
      case STRING -> asText(element).map(text -> anyText(operator, clause.values(), text));
      case NUMERIC ->
          asNumber(element, clause.attribute())
              .map(
                  number ->
                      any(clause, v -> compare(operator, number.compareTo(new BigDecimal(v)))));
      case DATE ->
          asInstant(element)
              .map(at -> any(clause, v -> compare(operator, at.compareTo(Instant.parse(v)))));
      case BOOL ->
          asBool(element, clause.attribute())
              .map(bool -> any(clause, v -> v.equals(bool.toString())));
      case IP ->
          asText(element)
              .flatMap(Cidr::address)
              .map(address -> any(clause, v -> Cidr.parse(v).contains(address)));
      case NULL -> throw new IllegalStateException("Null is settled before");
    };
  }

  private static boolean any(Condition.Clause clause, Predicate<String> matches) {
    return clause.values().stream().anyMatch(matches);
  }

  private static boolean anyText(Operator operator, List<String> values, String text) {
    return values.stream()
        .anyMatch(
            value -> operator == Operator.STRING_LIKE ? like(value, text) : value.equals(text));
  }

  private static boolean compare(Operator operator, int order) {
    return switch (operator) {
      case NUMERIC_EQUALS -> order == 0;
      case NUMERIC_LESS_THAN, DATE_LESS_THAN -> order < 0;
      case NUMERIC_LESS_THAN_EQUALS, DATE_LESS_THAN_EQUALS -> order <= 0;
      case NUMERIC_GREATER_THAN, DATE_GREATER_THAN -> order > 0;
      case NUMERIC_GREATER_THAN_EQUALS, DATE_GREATER_THAN_EQUALS -> order >= 0;
      default -> throw new IllegalStateException(operator + " does not compare");
    };
  }

  /** {@code *} stands for any text, also with slashes, {@code ?} for one character. */
  static boolean like(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = t;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  private static Optional<String> asText(ClaimValue value) {
    return value instanceof ClaimValue.Text(var text) ? Optional.of(text) : Optional.empty();
  }

  private static Optional<BigDecimal> asNumber(ClaimValue value, Attribute attribute) {
    if (value instanceof ClaimValue.Number(var number)) {
      return Optional.of(number);
    }
    return asText(value)
        .filter(text -> isAlwaysText(attribute) && PLAIN_NUMBER.matcher(text).matches())
        .map(BigDecimal::new);
  }

  private static Optional<Boolean> asBool(ClaimValue value, Attribute attribute) {
    if (value instanceof ClaimValue.Bool(var bool)) {
      return Optional.of(bool);
    }
    return asText(value)
        .filter(text -> isAlwaysText(attribute) && (text.equals("true") || text.equals("false")))
        .map(Boolean::valueOf);
  }

  /** Headers and query parameters have no types, so their text is read as what is asked for. */
  private static boolean isAlwaysText(Attribute attribute) {
    return attribute instanceof Attribute.Header || attribute instanceof Attribute.Query;
  }

  /** An ISO instant, or a NumericDate (RFC 7519 section 2). */
  private static Optional<Instant> asInstant(ClaimValue value) {
    try {
      return switch (value) {
        case ClaimValue.Text(var text) -> Optional.of(Instant.parse(text));
        case ClaimValue.Number(var number) ->
            Optional.of(Instant.ofEpochSecond(number.longValueExact()));
        default -> Optional.empty();
      };
    } catch (DateTimeException | ArithmeticException notAnInstant) {
      return Optional.empty();
    }
  }
}
