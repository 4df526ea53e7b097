package dev.grantway.admin.revocations;

import dev.grantway.admin.AdminSettings;
import dev.grantway.admin.activity.Activity;
import dev.grantway.admin.common.FormProblems;
import dev.grantway.admin.common.Reading;
import dev.grantway.admin.revocations.RevocationInput.Field;
import dev.grantway.admin.security.Operator;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.audit.ActivityKind;
import dev.grantway.policy.Api;
import dev.grantway.resource.ApiType;
import dev.grantway.store.AsOf;
import dev.grantway.store.Heartbeat;
import dev.grantway.store.LiveRevocations;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.Revocation;
import dev.grantway.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Service;

/**
 * Revokes at once, past drafts: authorizers follow within their maximum age. What gateways have
 * cached is not asked again before it expires or is flushed.
 */
@Service
public class RevocationService {
  /** For how long something is revoked where nobody says. */
  public static final Duration USUALLY = Duration.ofDays(1);

  private static final Duration FURTHEST = Duration.ofDays(366);

  private final PolicyRepository repository;
  private final Operators operators;
  private final Clock clock;
  private final Activity activity;
  private final AdminSettings settings;

  RevocationService(
      PolicyRepository repository,
      Operators operators,
      Clock clock,
      Activity activity,
      AdminSettings settings) {
    this.activity = activity;
    this.repository = repository;
    this.operators = operators;
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * What is to be refused. A text that is empty or too long is refused by an {@link
   * IllegalArgumentException}.
   *
   * @param issuer the alias of the issuer, 1 to 64 characters
   * @param value the {@code jti}, {@code sub}, client id or session id, 1 to 256 characters
   * @param until past this every token concerned has expired: at most 366 days ahead
   * @param reason 1 to 2,000 characters
   */
  public record Wish(
      Revocation.Kind kind, String issuer, String value, Instant until, String reason) {
    private static final int MAX_ISSUER = 64;
    private static final int MAX_VALUE = 256;
    public static final int MAX_REASON = 2000;

    public Wish {
      checkIssuer(issuer);
      checkValue(value);
      checkReason(reason);
    }

    static String checkIssuer(String text) {
      return text("issuer", text, MAX_ISSUER);
    }

    static String checkValue(String text) {
      return text("value", text, MAX_VALUE);
    }

    static String checkReason(String text) {
      return text("reason", text, MAX_REASON);
    }

    private static String text(String what, String text, int most) {
      if (text.isBlank() || text.length() > most) {
        throw new IllegalArgumentException(
            "a revocation needs a " + what + " of 1 to " + most + " characters");
      }
      return text;
    }
  }

  /**
   * Revocations and lifted ones, the oldest first.
   *
   * @param since after that epoch; 0: from the first
   */
  public List<Revocation> all(long since, int limit) {
    operators.require(Task.SEE);
    return repository.revocations(since, limit);
  }

  /** What holds now, and how long a further one would take to reach every answer. */
  public RevocationBoard board() {
    operators.require(Task.SEE);
    List<Revocation> log = repository.revocations(0);
    Instant now = clock.instant();
    Window window = reckon();
    List<RevocationLine> lines =
        LiveRevocations.NONE.with(log, 0).live().values().stream()
            .filter(it -> now.isBefore(it.until()))
            .sorted(Comparator.comparingLong(Revocation::epoch).reversed())
            .map(it -> line(it, window))
            .toList();
    long revoked =
        log.stream()
            .filter(Revocation::added)
            .map(it -> new LiveRevocations.Target(it.kind(), it.issuer(), it.value()))
            .distinct()
            .count();
    return new RevocationBoard(lines, Math.toIntExact(revoked) - lines.size(), window);
  }

  private static RevocationLine line(Revocation it, Window window) {
    return new RevocationLine(
        RevocationInput.Kind.of(it.kind()),
        it.issuer(),
        it.value(),
        it.at(),
        it.until(),
        it.by(),
        it.reason(),
        window.after(it.at()));
  }

  /** The settings say what is meant to be so, the instances what is: the longer one counts. */
  private Window reckon() {
    List<Heartbeat> beats = repository.heartbeats();
    Duration timeout = longest(beats, settings.authorizerTimeout(), Heartbeat::timeout);
    Duration age = longest(beats, settings.policyMaxAge(), Heartbeat::maxAge);
    Duration kept = longest(beats, settings.cacheTtl(), Heartbeat::cacheTtl);
    boolean lagging = beats.stream().anyMatch(beat -> !beat.live());
    Duration stale = lagging ? settings.staleLimit() : Duration.ZERO;
    AsOf live = repository.live();
    List<Api> apis = live.apis().stream().flatMap(it -> live.api(it.id()).stream()).toList();
    return new Window(
        (age.compareTo(stale) > 0 ? age : stale).plus(timeout),
        kept,
        lagging,
        apis.stream().mapToInt(api -> api.stages().size()).sum(),
        apis.stream()
            .filter(api -> api.type() == ApiType.WEBSOCKET)
            .flatMap(api -> api.stages().stream().map(stage -> api.name() + "/" + stage))
            .sorted()
            .toList());
  }

  private static Duration longest(
      List<Heartbeat> beats, Duration set, Function<Heartbeat, Duration> reported) {
    return beats.stream().map(reported).reduce(set, (a, b) -> a.compareTo(b) > 0 ? a : b);
  }

  /** Reads what was typed, and revokes nothing yet. */
  public Reading<Wish, Field> read(RevocationInput input) {
    operators.require(Task.REVOKE);
    var problems = new FormProblems<>(Field.class);
    problems.model(Field.ISSUER, () -> Wish.checkIssuer(input.issuer().strip()));
    problems.model(Field.VALUE, () -> Wish.checkValue(input.value().strip()));
    problems.model(Field.REASON, () -> Wish.checkReason(input.reason().strip()));
    Instant now = now();
    Instant until = problems.instant(Field.UNTIL, input.until()).orElse(now.plus(USUALLY));
    problems.model(Field.UNTIL, () -> checked(until, now));
    return problems.reading(
        problems.isEmpty()
            ? Optional.of(
                new Wish(
                    input.kind().stored(),
                    input.issuer().strip(),
                    input.value().strip(),
                    until,
                    input.reason().strip()))
            : Optional.empty());
  }

  /**
   * Refuses from now on; of a subject, tokens that were issued before now.
   *
   * @throws IllegalArgumentException for a time that is not to come
   */
  public Revocation revoke(Wish wish) {
    return repository.revoke(recorded(operators.require(Task.REVOKE), wish, true));
  }

  /** The same, told as the board tells it. A table that cannot record it at all throws. */
  public Revoked revokeNow(Wish wish) {
    Operator operator = operators.require(Task.REVOKE);
    if (!wish.until().isAfter(now())) {
      return new Revoked.TooLate();
    }
    Window window = reckon();
    Revocation entry = recorded(operator, wish, true);
    try {
      return new Revoked.Done(line(repository.revoke(entry), window));
    } catch (StoreException unanswered) {
      return new Revoked.Unknown();
    }
  }

  /** Lifts an earlier revocation of the same kind, issuer and value. */
  public Revocation lift(Wish wish) {
    return repository.revoke(recorded(operators.require(Task.REVOKE), wish, false));
  }

  /**
   * Lifts what the board shows; what has ended meanwhile is not refused any more anyway.
   *
   * @throws IllegalArgumentException for an empty reason
   */
  public void lift(RevocationLine line, String reason) {
    Operator operator = operators.require(Task.REVOKE);
    var wish = new Wish(line.kind().stored(), line.issuer(), line.value(), line.until(), reason);
    if (line.until().isAfter(now())) {
      repository.revoke(recorded(operator, wish, false));
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  private static Instant checked(Instant until, Instant now) {
    if (!until.isAfter(now) || until.isAfter(now.plus(FURTHEST))) {
      throw new IllegalArgumentException("`until` must lie within the next 366 days, got " + until);
    }
    return until.truncatedTo(ChronoUnit.SECONDS);
  }

  /** The entry, once the activity log says that it is about to be made. */
  private Revocation recorded(Operator operator, Wish wish, boolean added) {
    Instant now = now();
    Instant until = checked(wish.until(), now);
    // The value may be a person's: the log of revocations holds it, the activity log its kind.
    activity.record(
        ActivityKind.REVOCATION,
        wish.kind().code() + " of " + wish.issuer(),
        Map.of("lifted", Boolean.toString(!added), "reason", wish.reason().strip()));
    return new Revocation(
        0,
        added,
        wish.kind(),
        wish.issuer(),
        wish.value(),
        now,
        until,
        operator.name(),
        now,
        wish.reason().strip());
  }
}
