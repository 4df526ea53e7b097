package dev.grantway.admin.revocations;

import dev.grantway.admin.activity.Activity;
import dev.grantway.admin.security.Operator;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.audit.ActivityKind;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.Revocation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;

/**
 * Revokes at once, past drafts: authorizers follow within their maximum age. What gateways have
 * cached is not asked again before it expires or is flushed.
 */
@Service
public class RevocationService {
  private static final int MAX_ISSUER = 64;
  private static final int MAX_VALUE = 256;
  private static final int MAX_REASON = 2000;
  private static final Duration FURTHEST = Duration.ofDays(366);

  private final PolicyRepository repository;
  private final Operators operators;
  private final Clock clock;
  private final Activity activity;

  RevocationService(
      PolicyRepository repository, Operators operators, Clock clock, Activity activity) {
    this.activity = activity;
    this.repository = repository;
    this.operators = operators;
    this.clock = clock;
  }

  /**
   * What is to be refused.
   *
   * @param issuer the alias of the issuer
   * @param value the {@code jti}, {@code sub}, client id or session id
   * @param until past this every token concerned has expired: at most 366 days ahead
   */
  public record Wish(
      Revocation.Kind kind, String issuer, String value, Instant until, String reason) {}

  /** Every revocation and every lifted one, the oldest first. */
  public List<Revocation> all() {
    operators.require(Task.SEE);
    return repository.revocations(0);
  }

  /**
   * Refuses from now on; of a subject, tokens that were issued before now.
   *
   * @throws IllegalArgumentException for an empty value or reason, or a time that is not to come
   */
  public Revocation revoke(Wish wish) {
    return entry(operators.require(Task.REVOKE), wish, true);
  }

  /** Lifts an earlier revocation of the same kind, issuer and value. */
  public Revocation lift(Wish wish) {
    return entry(operators.require(Task.REVOKE), wish, false);
  }

  private Revocation entry(Operator operator, Wish wish, boolean added) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    text("issuer", wish.issuer(), MAX_ISSUER);
    text("value", wish.value(), MAX_VALUE);
    text("reason", wish.reason(), MAX_REASON);
    if (!wish.until().isAfter(now) || wish.until().isAfter(now.plus(FURTHEST))) {
      throw new IllegalArgumentException(
          "`until` must lie within the next 366 days, got " + wish.until());
    }
    // The value may be a person's: the log of revocations holds it, the activity log its kind.
    activity.record(
        ActivityKind.REVOCATION,
        wish.kind().code() + " of " + wish.issuer(),
        Map.of("lifted", Boolean.toString(!added), "reason", wish.reason().strip()));
    return repository.revoke(
        new Revocation(
            0,
            added,
            wish.kind(),
            wish.issuer(),
            wish.value(),
            now,
            wish.until().truncatedTo(ChronoUnit.SECONDS),
            operator.name(),
            now,
            wish.reason().strip()));
  }

  private static void text(String what, String text, int most) {
    if (text.isBlank() || text.length() > most) {
      throw new IllegalArgumentException(
          "a revocation needs a " + what + " of 1 to " + most + " characters");
    }
  }
}
