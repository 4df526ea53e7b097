package dev.grantway.authorizer;

import dev.grantway.authorizer.freshness.HeadRead;
import dev.grantway.authorizer.freshness.Needs;
import dev.grantway.authorizer.freshness.PolicyMirror;
import dev.grantway.authorizer.freshness.PolicyUnavailableException;
import dev.grantway.authorizer.freshness.Pulse;
import dev.grantway.authorizer.gateway.ApiKind;
import dev.grantway.authorizer.gateway.Credential;
import dev.grantway.authorizer.gateway.EventReader;
import dev.grantway.authorizer.gateway.EventReading;
import dev.grantway.authorizer.gateway.GatewayEvent;
import dev.grantway.authorizer.keys.KeysUnavailableException;
import dev.grantway.authorizer.telemetry.LogLine;
import dev.grantway.authorizer.telemetry.LogSink;
import dev.grantway.authorizer.telemetry.Metric;
import dev.grantway.authorizer.telemetry.Phase;
import dev.grantway.authorizer.telemetry.Pseudonym;
import dev.grantway.authorizer.token.Rejection;
import dev.grantway.authorizer.token.ScreenedToken;
import dev.grantway.authorizer.token.Screening;
import dev.grantway.authorizer.token.TokenVerifier;
import dev.grantway.authorizer.token.Verification;
import dev.grantway.authorizer.token.VerifiedToken;
import dev.grantway.compile.CacheKey;
import dev.grantway.decision.RouteKeys;
import dev.grantway.policy.ApiId;
import dev.grantway.store.Heartbeats;
import dev.grantway.store.PolicyReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The way of a call through the house: event, token, policy, decision, answer. Every expected
 * refusal is an {@link Outcome}; what it throws is a bug, and the handler fails closed.
 */
final class Authorizer {
  private static final String WRONG_KEY = "token-authorizer-under-token-and-route";

  private final AuthorizerConfiguration settings;
  private final EventReader events;
  private final TokenVerifier tokens;
  private final PolicyMirror policy;
  private final Documents documents;
  private final Answers answers;
  private final Refusals refusals;
  private final Observation observation;
  private final Pseudonym pseudonym;
  private final Pulse pulse;
  private final Reports reports;
  private final Clock clock;

  Authorizer(
      AuthorizerConfiguration settings,
      PolicyReader reader,
      Heartbeats heartbeats,
      Clock clock,
      LogSink log) {
    this.settings = settings;
    this.clock = clock;
    events = new EventReader(settings.tokenSource());
    var issuers = settings.issuers().stream().map(issuer -> issuer.trusted(clock, log)).toList();
    tokens = new TokenVerifier(issuers, settings.clockSkew(), clock);
    policy = new PolicyMirror(reader, clock, settings.maxAge(), settings.staleLimit());
    answers = new Answers(settings);
    observation = new Observation(settings, answers, clock);
    refusals = new Refusals(settings.denyInsteadOf401());
    documents = new Documents(settings, answers, clock);
    pseudonym = new Pseudonym(settings.principalHashKey());
    reports = new Reports(settings, clock);
    pulse = new Pulse(heartbeats, reports, clock, why -> sayNoHeartbeat(why, clock, log));
  }

  private static void sayNoHeartbeat(String why, Clock clock, LogSink log) {
    log.line(
        new LogLine("no-heartbeat", clock.instant())
            .put("reason", why)
            .measure(Metric.HEARTBEAT_FAILURES, 1)
            .toJson());
  }

  /** Notes how long a call has that has just begun, for reports. */
  void told(Duration remaining) {
    reports.told(remaining);
  }

  /** Begins to report what was served, where that is due; for when the answer is ready. */
  void afterwards() {
    pulse.beat();
  }

  /** What the event comes to; says so on the line. */
  Outcome answer(byte[] event, LogLine line) {
    return switch (events.read(event)) {
      case EventReading.Refused(var why) -> {
        observation.mark(line);
        yield new Outcome.Failed(why.code());
      }
      case EventReading.Read(var read) -> {
        line.put("kind", read.kind().name())
            .put("api", read.arn().api())
            .put("stage", read.arn().stage());
        yield observation.isOn(read.kind()) ? observed(read, line) : decided(read, line);
      }
    };
  }

  private Outcome observed(GatewayEvent event, LogLine line) {
    return observation.instead(event, orBug(event, line), routeKeys(event), line);
  }

  /** What breaks while observing is refused to nobody either. */
  private Outcome orBug(GatewayEvent event, LogLine line) {
    try {
      return decided(event, line);
    } catch (RuntimeException e) {
      return Bugs.outcome(e, line);
    }
  }

  /** What a connection's backend wants to know; in an outage nobody can say. */
  private Set<String> routeKeys(GatewayEvent event) {
    var id = apiId(event.arn().api());
    if (event.kind() != ApiKind.WEBSOCKET || id.isEmpty()) {
      return Set.of();
    }
    try {
      return policy
          .view(Needs.ofNobody(id.get()))
          .api()
          .map(RouteKeys::all)
          .orElse(new TreeSet<>());
    } catch (PolicyUnavailableException e) {
      return Set.of();
    }
  }

  private Outcome decided(GatewayEvent event, LogLine line) {
    if (event.kind() == ApiKind.REST_TOKEN
        && settings.caching()
        && !settings.cacheKey().equals(CacheKey.TOKEN)) {
      line.put(
          "detail", "that authorizer type cannot have such a key: use REQUEST, `token` or `none`");
      return new Outcome.Failed(WRONG_KEY);
    }
    return switch (event.credential()) {
      case Credential.None(var why) -> rejected(event, why, line);
      case Credential.Presented(var bearer) -> screened(event, bearer, line.begin(Phase.VERIFY));
    };
  }

  private Outcome screened(GatewayEvent event, String bearer, LogLine line) {
    return switch (tokens.screen(bearer)) {
      case Screening.Refused(var why) -> rejected(event, why, line);
      case Screening.Passed(var token) -> verified(event, token, policy.ahead(), line);
    };
  }

  private Outcome rejected(GatewayEvent event, Verification.Rejected why, LogLine line) {
    line.put("issuer", why.alias()).put("kid", why.keyHint());
    return rejected(event, why.why(), line);
  }

  private Outcome verified(
      GatewayEvent event, ScreenedToken screened, HeadRead head, LogLine line) {
    try {
      return switch (tokens.verify(screened)) {
        case Verification.Rejected why -> rejected(event, why, line);
        case Verification.Excessive(var token, var why) -> {
          about(token, line).put("reason", why.code());
          yield Outcome.Answered.denied(answers.denied(event, token, why.code()));
        }
        case Verification.Verified(var token) -> decided(event, token, head, about(token, line));
      };
    } catch (KeysUnavailableException e) {
      line.put("detail", String.valueOf(e.getMessage()));
      return new Outcome.Failed("keys-unavailable");
    } catch (PolicyUnavailableException e) {
      pulse.unread(event.arn().api(), event.arn().stage());
      policy.lastLive().ifPresent(at -> headAge(at, line));
      line.put("detail", String.valueOf(e.getMessage()));
      return new Outcome.Failed(e.code());
    }
  }

  private LogLine about(VerifiedToken token, LogLine line) {
    token.tokenId().ifPresent(id -> line.put("jti", pseudonym.shortOf(id)));
    return line.put("issuer", token.alias()).put("who", pseudonym.shortOf(token.principalId()));
  }

  private Outcome rejected(GatewayEvent event, Rejection why, LogLine line) {
    line.put("reason", why.code());
    if (why instanceof Rejection.Broken(var type)) {
      line.alarm().put("detail", type);
    }
    return switch (refusals.of(event.kind(), why)) {
      case THROW_UNAUTHORIZED -> new Outcome.Unauthorized();
      case DENY -> Outcome.Answered.denied(answers.denied(event, Denial.UNAUTHORIZED.code()));
    };
  }

  private Outcome decided(GatewayEvent event, VerifiedToken token, HeadRead head, LogLine line)
      throws PolicyUnavailableException {
    var api = apiId(event.arn().api());
    if (api.isEmpty()) {
      return documents.denied(event, token, Denial.UNKNOWN_API, line);
    }
    line.begin(Phase.POLICY);
    var caller = Caller.of(token);
    var view = policy.view(caller.needs(api.get()), head);
    pulse.saw(event.arn().api(), event.arn().stage(), view);
    headAge(view.liveAt(), line);
    line.begin(Phase.COMPILE)
        .put("revision", view.revision())
        .put("reads", view.reads())
        .put("stale", view.stale())
        .measure(Metric.STALE, view.stale() ? 1 : 0)
        .put("roles", view.holdings().knownNames())
        .put("otherRoles", caller.otherNames() + view.unknownRoles())
        .put("droppedRoles", token.droppedRoles());
    return caller.revoked(view, clock.instant())
        ? rejected(event, new Rejection.Revoked(), line)
        : documents.answer(event, caller, view, line);
  }

  /** A clock that went backwards makes no head younger than new. */
  private void headAge(Instant liveAt, LogLine line) {
    line.measure(
        Metric.HEAD_AGE, Math.max(0, Duration.between(liveAt, clock.instant()).toMillis()));
  }

  private static Optional<ApiId> apiId(String text) {
    try {
      return Optional.of(new ApiId(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
