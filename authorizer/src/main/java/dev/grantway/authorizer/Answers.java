package dev.grantway.authorizer;

import dev.grantway.authorizer.freshness.PolicyView;
import dev.grantway.authorizer.gateway.ApiKind;
import dev.grantway.authorizer.gateway.GatewayAnswer;
import dev.grantway.authorizer.gateway.GatewayEvent;
import dev.grantway.authorizer.gateway.PolicyAnswer;
import dev.grantway.authorizer.gateway.SimpleAnswer;
import dev.grantway.authorizer.telemetry.Pseudonym;
import dev.grantway.authorizer.token.VerifiedToken;
import dev.grantway.compile.ArnPrefix;
import dev.grantway.compile.IamOperator;
import dev.grantway.compile.KeepingCompiler;
import dev.grantway.compile.PolicyDocument;
import dev.grantway.compile.Statement;
import dev.grantway.compile.StatementCondition;
import dev.grantway.policy.Effect;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Answers with the flat context of CONTRACT. */
final class Answers {
  private static final String NOBODY = "unauthenticated";

  private final boolean simple;
  private final boolean caching;
  private final boolean hashed;
  private final boolean conditions;
  private final Pseudonym pseudonym;

  Answers(AuthorizerConfiguration settings) {
    simple = settings.simpleResponses();
    caching = settings.caching();
    hashed = settings.principalHashKey().isPresent();
    conditions = settings.iamConditions();
    pseudonym = new Pseudonym(settings.principalHashKey());
  }

  /** Whether that kind is answered by {@code isAuthorized}: payload 2.0 alone can be. */
  boolean isSimple(ApiKind kind) {
    return simple && kind == ApiKind.HTTP_2;
  }

  /** A document of the compiler for a caller, with why; on WebSocket with what may be sent. */
  GatewayAnswer of(
      GatewayEvent event,
      VerifiedToken token,
      PolicyView view,
      KeepingCompiler.Taken document,
      String reason,
      Collection<String> routeKeys) {
    var context = context(event, token, view, reason);
    context.put("document", document.id());
    if (event.kind() == ApiKind.WEBSOCKET) {
      context.put("routes", String.join(",", routeKeys));
    }
    return new PolicyAnswer(principalId(token), document.compilation().emitted().json(), context);
  }

  /** Yes or no for a caller, with why. */
  GatewayAnswer of(
      GatewayEvent event, VerifiedToken token, PolicyView view, boolean yes, String reason) {
    return new SimpleAnswer(yes, context(event, token, view, reason));
  }

  /** One Deny on the whole stage, or no, for a caller. */
  GatewayAnswer denied(GatewayEvent event, VerifiedToken token, String reason) {
    return denied(event, principalId(token), context(event, token, reason));
  }

  /** One Deny on the whole stage, or no, for nobody in particular. */
  GatewayAnswer denied(GatewayEvent event, String reason) {
    SortedMap<String, String> context = new TreeMap<>();
    reason(event, reason, context);
    return denied(event, NOBODY, context);
  }

  private GatewayAnswer denied(
      GatewayEvent event, String principalId, SortedMap<String, String> context) {
    return isSimple(event.kind())
        ? new SimpleAnswer(false, context)
        : new PolicyAnswer(principalId, denyAll(event.arn().prefix()), context);
  }

  /**
   * An Allow on the whole stage, or yes, with what another answer says of its caller; only for
   * observing. Where it may hold a condition it ends then for a cache that keeps it for longer than
   * we were told.
   */
  GatewayAnswer allowed(
      GatewayEvent event, GatewayAnswer like, Collection<String> routeKeys, Instant until) {
    var context = new TreeMap<>(like.context());
    context.put("observe", until.toString());
    context.replace("document", "");
    if (isSimple(event.kind())) {
      return new SimpleAnswer(true, context);
    }
    var principalId = like instanceof PolicyAnswer policy ? policy.principalId() : NOBODY;
    if (event.kind() == ApiKind.WEBSOCKET) {
      context.put("routes", String.join(",", routeKeys));
    }
    return new PolicyAnswer(principalId, allowAll(event.arn().prefix(), until), context);
  }

  private String allowAll(ArnPrefix stage, Instant until) {
    var ends =
        new StatementCondition(
            IamOperator.DATE_LESS_THAN, false, "aws:CurrentTime", List.of(until.toString()));
    var everything =
        new Statement(
            Effect.ALLOW,
            List.of(Statement.INVOKE),
            false,
            List.of(stage.text() + "/*"),
            false,
            conditions ? List.of(ends) : List.of());
    return new PolicyDocument(List.of(everything)).toJson();
  }

  private static String denyAll(ArnPrefix stage) {
    var everything = List.of(stage.text() + "/*");
    return new PolicyDocument(List.of(Statement.of(Effect.DENY, everything))).toJson();
  }

  private String principalId(VerifiedToken token) {
    return hashed ? pseudonym.of(token.principalId()) : token.principalId();
  }

  private SortedMap<String, String> context(
      GatewayEvent event, VerifiedToken token, PolicyView view, String reason) {
    var context = context(event, token, reason);
    context.put("roles", view.holdings().joinedNames());
    context.put("revision", Long.toString(view.revision()));
    return context;
  }

  private SortedMap<String, String> context(
      GatewayEvent event, VerifiedToken token, String reason) {
    SortedMap<String, String> context = new TreeMap<>();
    context.put("principal", token.principal());
    context.put("issuer", token.alias());
    context.put("sub", token.subject().orElse(""));
    context.put("client", token.client().orElse(""));
    context.put("roles", "");
    context.put("token_scopes", String.join(" ", token.scopes()));
    context.put("revision", "");
    context.put("document", "");
    reason(event, reason, context);
    return context;
  }

  /** Said only where nothing is cached, since it is about one request. */
  private void reason(GatewayEvent event, String reason, SortedMap<String, String> context) {
    if (!caching || event.kind() == ApiKind.WEBSOCKET) {
      context.put("reason", reason);
    }
  }
}
