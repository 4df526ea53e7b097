package dev.grantway.sandbox.twin;

import dev.grantway.compile.IamContext;
import dev.grantway.compile.IamEvaluator;
import dev.grantway.resource.ApiType;
import dev.grantway.sandbox.twin.Authorization.Outcome;
import dev.grantway.sandbox.twin.AuthorizerAnswer.MalformedAnswer;
import dev.grantway.sandbox.twin.lambda.Invocation;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The authorizer of one stage: identity sources, cache, function, and the document evaluated afresh
 * for each request. Concurrent misses each invoke the function, as they do on API Gateway.
 */
final class StageAuthorizer {
  private final AuthorizerSettings settings;
  private final GatewayAnswers answers;
  private final Clock clock;
  private final AuthorizerCache cache;

  StageAuthorizer(AuthorizerSettings settings, GatewayAnswers answers, Clock clock) {
    this.settings = settings;
    this.answers = answers;
    this.clock = clock;
    this.cache = new AuthorizerCache(clock, settings.ttl());
  }

  void flush() {
    cache.flush();
  }

  Authorization authorize(GatewayRequest request) throws InterruptedException {
    List<List<String>> identity =
        settings.identitySources().stream().map(request::identity).toList();
    if (identity.stream().anyMatch(List::isEmpty) && checksSources() || !tokenIsValid(identity)) {
      return new Authorization(CacheUse.OFF, new Outcome.Unauthorized());
    }
    if (!settings.caches()) {
      return new Authorization(CacheUse.OFF, invoke(request, identity));
    }
    Optional<AuthorizerAnswer> cached = cache.get(identity);
    return cached.isPresent()
        ? new Authorization(CacheUse.HIT, evaluate(request, cached.get()))
        : new Authorization(CacheUse.MISS, invoke(request, identity));
  }

  private boolean checksSources() {
    return settings.caches()
        || settings.kind() != AuthorizerSettings.Kind.REQUEST
        || answers.checksSourcesUncached();
  }

  private boolean tokenIsValid(List<List<String>> identity) {
    return settings
        .tokenValidation()
        .map(pattern -> pattern.matcher(answers.token(identity.getFirst())).matches())
        .orElse(true);
  }

  private Outcome invoke(GatewayRequest request, List<List<String>> identity)
      throws InterruptedException {
    byte[] event =
        switch (settings.kind()) {
          case TOKEN -> RestEvent.token(request, answers.token(identity.getFirst()));
          case REQUEST -> RestEvent.request(request);
          case HTTP_1 -> HttpEvent.version1(request, identity);
          case HTTP_2, HTTP_2_SIMPLE -> HttpEvent.version2(request, identity);
          case WEBSOCKET -> ConnectEvent.of(request);
        };
    Instant due = clock.instant().plus(settings.timeout());
    long flushes = cache.flushes();
    return switch (settings.function().invoke(event, settings.timeout())) {
      case Invocation.Answered answered ->
          answered(request, identity, answered.bytes(), due, flushes);
      case Invocation.Failed(var message, var type) ->
          message.equals("Unauthorized") && settings.kind().api() != ApiType.HTTP
              ? new Outcome.Unauthorized()
              : new Outcome.Failed("it threw " + type);
      case Invocation.TimedOut(var after) ->
          new Outcome.Failed("no answer within " + after.toMillis() + " ms");
    };
  }

  private Outcome answered(
      GatewayRequest request,
      List<List<String>> identity,
      byte[] bytes,
      Instant due,
      long flushes) {
    try {
      AuthorizerAnswer answer = AnswerReader.read(bytes, settings.kind(), answers);
      boolean flushed = cache.flushes() != flushes;
      if (settings.caches() && (!flushed || answers.keepsAnswersUnderWay())) {
        cache.put(identity, answer, due);
      }
      return evaluate(request, answer);
    } catch (MalformedAnswer e) {
      return new Outcome.Failed("its answer is malformed: " + e.getMessage());
    }
  }

  private Outcome evaluate(GatewayRequest request, AuthorizerAnswer answer) {
    var caller = new Authorized(answer.context());
    return switch (answer) {
      case AuthorizerAnswer.Simple(var authorized, var _) ->
          authorized ? new Outcome.Allowed(caller) : new Outcome.ImplicitlyDenied(caller);
      case AuthorizerAnswer.Policy(var document, var _) ->
          switch (IamEvaluator.evaluate(document, request.methodArn(), context(request))) {
            case ALLOW -> new Outcome.Allowed(caller);
            case EXPLICIT_DENY -> new Outcome.ExplicitlyDenied(caller);
            case IMPLICIT_DENY -> new Outcome.ImplicitlyDenied(caller);
          };
    };
  }

  private IamContext context(GatewayRequest request) {
    return answers.context(clock.instant(), request.sourceIp());
  }
}
