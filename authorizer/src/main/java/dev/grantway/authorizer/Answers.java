package dev.grantway.authorizer;

import dev.grantway.authorizer.freshness.PolicyView;
import dev.grantway.authorizer.gateway.PolicyAnswer;
import dev.grantway.authorizer.telemetry.Pseudonym;
import dev.grantway.authorizer.token.VerifiedToken;
import dev.grantway.compile.ArnPrefix;
import dev.grantway.compile.PolicyDocument;
import dev.grantway.compile.Statement;
import dev.grantway.policy.Effect;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Answers with the flat context of CONTRACT. */
final class Answers {
  private static final String NOBODY = "unauthenticated";

  private final boolean caching;
  private final boolean hashed;
  private final Pseudonym pseudonym;

  Answers(AuthorizerConfiguration settings) {
    caching = settings.caching();
    hashed = settings.principalHashKey().isPresent();
    pseudonym = new Pseudonym(settings.principalHashKey());
  }

  /** A document of the compiler for a caller, with why. */
  PolicyAnswer of(
      VerifiedToken token, PolicyView view, String document, String documentId, String reason) {
    var context = context(token, reason);
    context.put(
        "roles",
        view.known().stream().map(Object::toString).sorted().collect(Collectors.joining(",")));
    context.put("revision", Long.toString(view.revision()));
    context.put("document", documentId);
    return new PolicyAnswer(principalId(token), document, context);
  }

  /** One Deny on the whole stage, for a caller. */
  PolicyAnswer denied(VerifiedToken token, ArnPrefix stage, String reason) {
    return new PolicyAnswer(principalId(token), denyAll(stage), context(token, reason));
  }

  /** One Deny on the whole stage, for nobody in particular. */
  PolicyAnswer denied(ArnPrefix stage, String reason) {
    SortedMap<String, String> context = new TreeMap<>();
    if (!caching) {
      context.put("reason", reason);
    }
    return new PolicyAnswer(NOBODY, denyAll(stage), context);
  }

  private static String denyAll(ArnPrefix stage) {
    var everything = List.of(stage.text() + "/*");
    return new PolicyDocument(List.of(Statement.of(Effect.DENY, everything))).toJson();
  }

  private String principalId(VerifiedToken token) {
    return hashed ? pseudonym.of(token.principalId()) : token.principalId();
  }

  private SortedMap<String, String> context(VerifiedToken token, String reason) {
    SortedMap<String, String> context = new TreeMap<>();
    context.put("principal", token.principal());
    context.put("issuer", token.alias());
    context.put("sub", token.subject().orElse(""));
    context.put("client", token.client().orElse(""));
    context.put("roles", "");
    context.put("token_scopes", String.join(" ", token.scopes()));
    context.put("revision", "");
    context.put("document", "");
    if (!caching) {
      context.put("reason", reason);
    }
    return context;
  }
}
