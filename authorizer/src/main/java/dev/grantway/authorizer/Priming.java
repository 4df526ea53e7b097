package dev.grantway.authorizer;

import dev.grantway.compile.DocumentScope;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.policy.StageScope;
import dev.grantway.policy.Validity;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import dev.grantway.store.InMemoryPolicy;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decisions nobody asked for, so that the code of a decision is loaded and warm: from event bytes
 * to answer bytes, for a caller, a policy and keys made up on the spot. They go through an
 * authorizer of their own, so that the one that serves calls never trusts or holds any of it.
 */
final class Priming {
  private static final String ROLE = "priming";

  private final DocumentScope scope;
  private final Clock clock;

  /**
   * @param scope of the documents that this deployment makes
   */
  Priming(DocumentScope scope, Clock clock) {
    this.scope = scope;
    this.clock = clock;
  }

  /**
   * Decides once for each algorithm that issuers commonly use; gives how often that was.
   *
   * @throws IllegalStateException where an answer is not the Allow that it has to be
   */
  int run() {
    try {
      var issuer = new DummyIssuer();
      var policy = InMemoryPolicy.of(policy(), clock);
      var handler = new AuthorizerHandler(settings(issuer), policy, clock, _ -> {});
      var tokens = issuer.tokens(ROLE, clock.instant());
      for (var token : tokens) {
        var answer = new String(handler.answer(event(token)), StandardCharsets.UTF_8);
        if (!answer.contains("\"Allow\"")) {
          throw new IllegalStateException("the priming decision was not to allow");
        }
      }
      return tokens.size();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java makes no keys", e);
    }
  }

  private Map<String, String> settings(DummyIssuer issuer) {
    return switch (scope) {
      case REQUEST -> Map.of("GRANTWAY_ISSUERS", issuer.setting(), "GRANTWAY_CACHE_KEY", "none");
      case ROUTE -> caching(issuer, "token+route");
      case TOKEN -> caching(issuer, "token");
    };
  }

  private static Map<String, String> caching(DummyIssuer issuer, String key) {
    return Map.of(
        "GRANTWAY_ISSUERS",
        issuer.setting(),
        "GRANTWAY_CACHE_KEY",
        key,
        "GRANTWAY_CACHE_TTL",
        "60s");
  }

  private static Policy policy() {
    var routes =
        List.of(Route.parse("GET /a"), Route.parse("GET /a/{x}"), Route.parse("POST /a/{x}/b"));
    var table = new RouteTable(ApiType.REST, routes);
    var api = new Api(new ApiId("priming"), "priming", List.of("p"), table, true);
    var role = new Role(ROLE, new RoleName(ROLE), "", "", Collections.emptySortedSet());
    var permissions =
        List.of(
            permission("read", Effect.ALLOW, "/a/{x}"), permission("not", Effect.DENY, "/a/no"));
    return new Policy(List.of(api), List.of(role), permissions, List.of(), Rules.NONE);
  }

  private static Permission permission(String id, Effect effect, String resource) {
    return new Permission(
        new PermissionId(id),
        new RoleName(ROLE),
        effect,
        new ApiId("priming"),
        StageScope.EVERY,
        Set.of(Action.GET),
        ResourcePattern.parse(resource),
        Condition.NONE,
        Validity.ALWAYS,
        "");
  }

  /** A REST API's REQUEST event that asks to GET {@code /a/1} of the API `priming`. */
  static byte[] event(String token) {
    return """
    {"type": "REQUEST", "methodArn": "arn:aws:execute-api:us-east-1:123456789012:priming/p/GET/a/1",
     "resource": "/a/{x}", "path": "/a/1", "httpMethod": "GET",
     "headers": {"Authorization": "Bearer %1$s"},
     "multiValueHeaders": {"Authorization": ["Bearer %1$s"]},
     "requestContext": {"resourcePath": "/a/{x}", "stage": "p", "apiId": "priming",
       "identity": {"sourceIp": "192.0.2.1"}}}\
    """
        .formatted(token)
        .getBytes(StandardCharsets.UTF_8);
  }
}
