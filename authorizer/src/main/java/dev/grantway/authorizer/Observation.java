package dev.grantway.authorizer;

import dev.grantway.authorizer.gateway.ApiKind;
import dev.grantway.authorizer.gateway.GatewayEvent;
import dev.grantway.authorizer.telemetry.LogLine;
import dev.grantway.authorizer.telemetry.Metric;
import dev.grantway.policy.Effect;
import java.time.Clock;
import java.util.Collection;
import java.util.Locale;

/**
 * Observing ({@code GRANTWAY_OBSERVE}): every request is decided and logged, and none is refused,
 * until an instant (decision 24).
 */
final class Observation {
  private final AuthorizerConfiguration settings;
  private final Answers answers;
  private final Clock clock;

  Observation(AuthorizerConfiguration settings, Answers answers, Clock clock) {
    this.settings = settings;
    this.answers = answers;
    this.clock = clock;
  }

  /** Whether nothing is refused now; never where a cache could use the answer after the end. */
  boolean isOn(ApiKind kind) {
    var now = clock.instant();
    return settings.observeUntil().filter(settings.lastUse(kind, now)::isBefore).isPresent();
  }

  /** Says on a line that no Allow goes out for that requests are being let through meanwhile. */
  void mark(LogLine line) {
    settings
        .observeUntil()
        .filter(clock.instant()::isBefore)
        .ifPresent(until -> line.put("observe", until.toString()));
  }

  /**
   * The Allow that goes out in place of what was decided.
   *
   * @param would what was decided
   * @param routeKeys of the API, which a connection is told
   */
  Outcome instead(GatewayEvent event, Outcome would, Collection<String> routeKeys, LogLine line) {
    var until = settings.observeUntil().orElseThrow();
    line.put("observe", until.toString())
        .put("would", word(would))
        .measure(Metric.WOULD_REFUSE, isAllowed(would) ? 0 : 1);
    if (would instanceof Outcome.Failed(var code)) {
      line.put("reason", code);
    }
    var decided =
        would instanceof Outcome.Answered(var answer, _)
            ? answer
            : answers.denied(event, word(would).toLowerCase(Locale.ROOT));
    return new Outcome.Answered(answers.allowed(event, decided, routeKeys, until), Effect.ALLOW);
  }

  private static boolean isAllowed(Outcome would) {
    return would instanceof Outcome.Answered(_, var effect) && effect == Effect.ALLOW;
  }

  private static String word(Outcome would) {
    return switch (would) {
      case Outcome.Answered(_, var effect) -> effect.name();
      case Outcome.Unauthorized() -> "UNAUTHORIZED";
      case Outcome.Failed _ -> "FAILED";
    };
  }
}
