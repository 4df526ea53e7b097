package dev.grantway.authorizer;

import dev.grantway.authorizer.freshness.PolicyView;
import dev.grantway.authorizer.gateway.GatewayEvent;
import dev.grantway.authorizer.telemetry.LogLine;
import dev.grantway.authorizer.token.VerifiedToken;
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
import dev.grantway.policy.Api;
import dev.grantway.policy.PermissionId;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Route;
import java.time.Clock;
import java.util.Optional;

/** From a caller and the policy to a document: decided once, compiled for the cache key. */
final class Documents {
  private static final int MOST_ROLES = 256;

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

  Outcome answer(GatewayEvent.Rest event, Caller caller, PolicyView view, LogLine line) {
    if (view.effective().size() > MOST_ROLES) {
      return denied(event, caller.token(), Denial.TOO_MANY_ROLES, line);
    }
    if (view.api().isEmpty()) {
      return denied(event, caller.token(), Denial.UNKNOWN_API, line);
    }
    var api = view.api().get();
    if (api.type() != ApiType.REST) {
      line.put("detail", "the policy has this API as " + api.type());
      return new Outcome.Failed("api-is-not-rest");
    }
    var action = Action.verb(event.arn().method());
    var path = RequestPath.of(event.arn().path());
    var route = action.flatMap(verb -> api.routes().route(verb, path));
    boolean unknown = action.isEmpty() || route.isEmpty() && !api.routes().isEmpty();
    boolean elsewhere = route.filter(it -> !Templates.agree(event.templates(), it)).isPresent();
    line.put("method", action.map(Action::name).orElse(""));
    line.put("route", route.map(Route::toString).orElse(""));
    if (scope() == DocumentScope.TOKEN) {
      // COMP-03: a Deny for this request alone would refuse the token's other routes for a TTL.
      line.put("beyondTable", unknown || elsewhere);
    } else if (unknown) {
      return denied(event, caller.token(), Denial.UNKNOWN_ROUTE, line);
    } else if (elsewhere) {
      return denied(event, caller.token(), Denial.TEMPLATE_MISMATCH, line);
    }
    return compiled(
        event, caller, view, request(event, caller, view, api, action.orElse(Action.GET)), line);
  }

  Outcome denied(GatewayEvent.Rest event, VerifiedToken token, Denial why, LogLine line) {
    line.put("effect", "DENY").put("reason", why.code());
    return new Outcome.Answered(answers.denied(token, event.arn().prefix(), why.code()));
  }

  private AccessRequest request(
      GatewayEvent.Rest event, Caller caller, PolicyView view, Api api, Action action) {
    return new AccessRequest(
        api.id(),
        event.arn().stage(),
        action,
        RequestPath.of(event.arn().path()),
        Templates.carried(event.templates()).orElse(null),
        caller.principal(view),
        new RequestContext(event.sourceIp(), event.headers(), event.query(), clock.instant()));
  }

  private Outcome compiled(
      GatewayEvent.Rest event,
      Caller caller,
      PolicyView view,
      AccessRequest request,
      LogLine line) {
    var api = view.api().orElseThrow();
    var decision = Decisions.decide(api, request, view.permissions());
    var compilation =
        compiler.compile(
            new CompileRequest(
                api,
                request,
                view.permissions(),
                event.arn().prefix(),
                settings.cacheKey(),
                view.roleEnds(),
                settings.compileOptions()),
            view.hash());
    narrowed(compilation).ifPresent(why -> line.put("narrowed", why));
    var document = compilation.emitted();
    var verdict =
        IamEvaluator.evaluate(
            document.document(),
            event.arn().text(),
            IamContext.of(request.context().now(), event.sourceIp()));
    boolean beyondTable =
        scope() == DocumentScope.TOKEN && decision.reason() == Decision.Reason.UNKNOWN_ROUTE;
    if (verdict == Verdict.ALLOW && !decision.isAllowed() && !beyondTable) {
      line.put("alarm", true);
      return denied(event, caller.token(), Denial.DOCUMENT_TOO_WIDE, line);
    }
    var reason = reason(decision, verdict);
    var id = document.id(view.hash());
    line.put("effect", verdict == Verdict.ALLOW ? "ALLOW" : "DENY")
        .put("reason", reason)
        .put("by", decision.by().stream().map(PermissionId::value).toList())
        .put("scope", settings.cacheKey().scope().name())
        .put("document", id)
        .put("bytes", document.bytes());
    return new Outcome.Answered(answers.of(caller.token(), view, document.json(), id, reason));
  }

  private DocumentScope scope() {
    return settings.cacheKey().scope();
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
