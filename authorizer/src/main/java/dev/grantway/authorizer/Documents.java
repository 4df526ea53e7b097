package dev.grantway.authorizer;

import dev.grantway.authorizer.freshness.PolicyView;
import dev.grantway.authorizer.gateway.ApiKind;
import dev.grantway.authorizer.gateway.GatewayAnswer;
import dev.grantway.authorizer.gateway.GatewayEvent;
import dev.grantway.authorizer.telemetry.LogLine;
import dev.grantway.authorizer.telemetry.Metric;
import dev.grantway.authorizer.token.VerifiedToken;
import dev.grantway.compile.CacheKey;
import dev.grantway.compile.Compilation;
import dev.grantway.compile.CompileRequest;
import dev.grantway.compile.DocumentScope;
import dev.grantway.compile.IamContext;
import dev.grantway.compile.IamEvaluator;
import dev.grantway.compile.KeepingCompiler;
import dev.grantway.compile.Verdict;
import dev.grantway.decision.AccessRequest;
import dev.grantway.decision.Decision;
import dev.grantway.decision.Decisions;
import dev.grantway.decision.RequestContext;
import dev.grantway.decision.RouteKeys;
import dev.grantway.decision.TriedCondition;
import dev.grantway.policy.Api;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Route;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** From a caller and the policy to a document: decided once, compiled for the cache key. */
final class Documents {
  /** GATEWAY rule 13: a hard limit of WebSocket APIs, context included. */
  private static final int WEBSOCKET_BYTES = 8_192;

  private static final int MOST_ROLES = 256;

  private static final int MOST_CONDITIONS = 20;

  /** With documents of 8 KB at most, about 20 MB. */
  private static final int MOST_DOCUMENTS = 1000;

  private final AuthorizerConfiguration settings;
  private final Answers answers;
  private final Clock clock;
  private final KeepingCompiler compiler = new KeepingCompiler(MOST_DOCUMENTS);

  Documents(AuthorizerConfiguration settings, Answers answers, Clock clock) {
    this.settings = settings;
    this.answers = answers;
    this.clock = clock;
  }

  Outcome answer(GatewayEvent event, Caller caller, PolicyView view, LogLine line) {
    if (view.effective().size() > MOST_ROLES) {
      return denied(event, caller.token(), Denial.TOO_MANY_ROLES, line);
    }
    if (view.api().isEmpty()) {
      return denied(event, caller.token(), Denial.UNKNOWN_API, line);
    }
    var api = view.api().get();
    if (api.type() != type(event.kind())) {
      line.put("detail", "the policy has this API as " + api.type());
      return new Outcome.Failed("api-is-another-kind");
    }
    if (!event.consistent()) {
      return denied(event, caller.token(), Denial.EVENT_CONTRADICTION, line);
    }
    var action = action(event);
    var path = path(event);
    var route = action.flatMap(verb -> api.routes().route(verb, path));
    boolean unknown = action.isEmpty() || route.isEmpty() && !api.routes().isEmpty();
    boolean elsewhere = route.filter(it -> !Templates.agree(event, it, api.routes())).isPresent();
    line.put("method", action.map(Action::name).orElse(""));
    line.put("route", route.map(Route::toString).orElse(""));
    if (scope(event) == DocumentScope.TOKEN) {
      // COMP-03: a Deny for this request alone would refuse the token's other routes for a TTL.
      line.put("beyondTable", unknown || elsewhere);
    } else if (unknown) {
      return denied(event, caller.token(), Denial.UNKNOWN_ROUTE, line);
    } else if (elsewhere) {
      return denied(event, caller.token(), Denial.TEMPLATE_MISMATCH, line);
    }
    var request = request(event, caller, view, api, action.orElse(Action.GET), path);
    if (outlivesLimit(event, view, request.context().now())) {
      line.put("detail", "an answer that is cached would outlive the stale limit");
      return new Outcome.Failed("policy-too-old");
    }
    return answers.isSimple(event.kind())
        ? simple(event, caller, view, request, line)
        : compiled(event, caller, view, request, line);
  }

  private static ApiType type(ApiKind kind) {
    return switch (kind) {
      case REST_TOKEN, REST_REQUEST -> ApiType.REST;
      case HTTP_1, HTTP_2 -> ApiType.HTTP;
      case WEBSOCKET -> ApiType.WEBSOCKET;
    };
  }

  private static Optional<Action> action(GatewayEvent event) {
    return event.kind() == ApiKind.WEBSOCKET
        ? Optional.of(Action.CONNECT)
        : Action.verb(event.arn().method());
  }

  private static RequestPath path(GatewayEvent event) {
    return event.kind() == ApiKind.WEBSOCKET
        ? RequestPath.ofRouteKey(event.arn().method())
        : RequestPath.of(event.arn().path());
  }

  Outcome denied(GatewayEvent event, VerifiedToken token, Denial why, LogLine line) {
    line.put("reason", why.code());
    return Outcome.Answered.denied(answers.denied(event, token, why.code()));
  }

  /** With what the permissions or the cache key look at, and nothing else. */
  private AccessRequest request(
      GatewayEvent event,
      Caller caller,
      PolicyView view,
      Api api,
      Action action,
      RequestPath path) {
    var key = key(event);
    boolean parameters =
        view.holdings().lookedAt().parameters()
            || !key.headers().isEmpty()
            || !key.query().isEmpty();
    return new AccessRequest(
        api.id(),
        event.arn().stage(),
        action,
        path,
        Templates.carried(event, api.routes()).orElse(null),
        caller.principal(view),
        parameters
            ? new RequestContext(
                event.sourceIp(),
                event.parameters().headers(),
                event.parameters().query(),
                clock.instant())
            : new RequestContext(event.sourceIp(), Map.of(), Map.of(), clock.instant()));
  }

  private Outcome compiled(
      GatewayEvent event, Caller caller, PolicyView view, AccessRequest request, LogLine line) {
    var api = view.api().orElseThrow();
    var near = view.holdings().near(request.path());
    var decision = Decisions.decide(api, request, near);
    sayConditions(api, request, near, line);
    var taken = compiler.take(compileRequest(event, view, request, api), view.hash());
    narrowed(taken.compilation())
        .ifPresent(why -> line.put("narrowed", why).measure(Metric.NARROWED, 1));
    var document = taken.compilation().emitted();
    var verdict =
        IamEvaluator.evaluate(
            document.document(),
            event.arn().text(),
            document.document().isConditional()
                ? IamContext.of(request.context().now(), event.sourceIp())
                : IamContext.NONE);
    boolean beyondTable =
        scope(event) == DocumentScope.TOKEN && decision.reason() == Decision.Reason.UNKNOWN_ROUTE;
    if (verdict == Verdict.ALLOW && !decision.isAllowed() && !beyondTable) {
      line.alarm();
      return new Outcome.Failed("document-too-wide");
    }
    var reason = reason(decision, verdict);
    line.put("reason", reason)
        .put("by", ids(decision))
        .put("scope", scope(event).name())
        .put("document", taken.id())
        .put("bytes", taken.bytes())
        .put("kept", taken.kept());
    var keys = RouteKeys.allowed(api, request, view.permissions());
    var answer = answers.of(event, caller.token(), view, taken, reason, keys);
    return event.kind() == ApiKind.WEBSOCKET && answer.toJson().length > WEBSOCKET_BYTES
        ? Outcome.Answered.denied(tooLarge(event, line))
        : new Outcome.Answered(answer, verdict == Verdict.ALLOW ? Effect.ALLOW : Effect.DENY);
  }

  /** GATEWAY rule 13; without what the token holds, so that it fits for certain. */
  private GatewayAnswer tooLarge(GatewayEvent event, LogLine line) {
    var why = Denial.ANSWER_TOO_LARGE.code();
    line.put("reason", why);
    return answers.denied(event, why);
  }

  /** One boolean, for this request or for all of its route; never yes where this one is denied. */
  private Outcome simple(
      GatewayEvent event, Caller caller, PolicyView view, AccessRequest request, LogLine line) {
    var api = view.api().orElseThrow();
    var near = view.holdings().near(request.path());
    var decision = Decisions.decide(api, request, near);
    boolean yes =
        decision.isAllowed()
            && compiler.isAuthorized(compileRequest(event, view, request, api), view.hash());
    var reason = yes == decision.isAllowed() ? decision.reason().code() : "simple-not-exact";
    sayConditions(api, request, near, line);
    line.put("reason", reason).put("by", ids(decision)).put("scope", scope(event).name());
    return new Outcome.Answered(
        answers.of(event, caller.token(), view, yes, reason), yes ? Effect.ALLOW : Effect.DENY);
  }

  private static List<String> ids(Decision decision) {
    List<String> ids = new ArrayList<>(decision.by().size());
    for (PermissionId id : decision.by()) {
      ids.add(id.value());
    }
    return ids;
  }

  /** What came of each condition that mattered, without a value. */
  private static void sayConditions(
      Api api, AccessRequest request, Collection<Permission> near, LogLine line) {
    var tried = TriedCondition.of(api, request, near);
    if (!tried.isEmpty()) {
      line.put("conditions", tried.stream().limit(MOST_CONDITIONS).map(Documents::text).toList());
      line.put("moreConditions", Math.max(0, tried.size() - MOST_CONDITIONS));
    }
  }

  private static String text(TriedCondition tried) {
    return "%s %s %s: %s"
        .formatted(
            tried.permission().value(),
            tried.operator().word(),
            tried.attribute(),
            tried.outcome().name().toLowerCase(Locale.ROOT));
  }

  private CompileRequest compileRequest(
      GatewayEvent event, PolicyView view, AccessRequest request, Api api) {
    return new CompileRequest(
        api,
        request,
        view.permissions(),
        event.arn().prefix(),
        key(event),
        view.roleEnds(settings.compileOptions().lastUse(request.context().now())),
        settings.compileOptions());
  }

  /**
   * Whether what is served from before an outage would be used after its limit. A statement can say
   * when it ends, where it may hold a condition; a 500 is kept by nobody (GATEWAY rule 12).
   */
  private boolean outlivesLimit(GatewayEvent event, PolicyView view, Instant now) {
    boolean ends = settings.iamConditions() && !answers.isSimple(event.kind());
    var lastUse = ends ? now : settings.compileOptions().lastUse(now);
    return scope(event) != DocumentScope.REQUEST
        && view.staleUntil().filter(limit -> !limit.isAfter(lastUse)).isPresent();
  }

  private DocumentScope scope(GatewayEvent event) {
    return key(event).scope();
  }

  /** What API Gateway caches a WebSocket API's answers under is nothing, whatever is set. */
  private CacheKey key(GatewayEvent event) {
    return event.kind() == ApiKind.WEBSOCKET ? CacheKey.NONE : settings.cacheKey();
  }

  /** What the law of the key or rule 5 withholds from a request that is allowed says so. */
  private static String reason(Decision decision, Verdict verdict) {
    return decision.isAllowed() && verdict != Verdict.ALLOW
        ? "not-in-document"
        : decision.reason().code();
  }

  private static Optional<String> narrowed(Compilation compilation) {
    return switch (compilation) {
      case Compilation.Compiled _ -> Optional.empty();
      case Compilation.NotRepresentable(var conflicts, _, _) ->
          Optional.of("not-representable:" + conflicts.size());
      case Compilation.TooLarge(var bytes, _, _, _) -> Optional.of("too-large:" + bytes);
    };
  }
}
