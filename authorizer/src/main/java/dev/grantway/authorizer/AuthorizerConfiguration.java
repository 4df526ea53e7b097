package dev.grantway.authorizer;

import dev.grantway.authorizer.gateway.ApiKind;
import dev.grantway.authorizer.gateway.TokenSource;
import dev.grantway.compile.CacheKey;
import dev.grantway.compile.CompileOptions;
import dev.grantway.compile.DocumentScope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The authorizer's settings, read from the {@code GRANTWAY_*} names of CONTRACT and checked once.
 *
 * @param table where the policy is; empty where a reader is handed in
 * @param issuers at least one
 * @param cacheKey what the gateway caches under
 * @param cacheTtl for how long; zero without caching
 * @param tokenSource where REQUEST events carry the token
 * @param maxAge how old the head may be before it is asked for again
 * @param staleLimit how long what is held complete serves while the table cannot be read
 * @param policyBytes largest document
 * @param iamConditions whether documents may hold conditions
 * @param resourcePolicyFence GATEWAY rule 10
 * @param simpleResponses whether HTTP APIs with payload 2.0 are answered by {@code isAuthorized}
 * @param denyInsteadOf401 GATEWAY rule 11
 * @param clockSkew how far clocks may differ
 * @param principalHashKey makes {@code principalId} an HMAC
 * @param observeUntil until when nothing is refused, while that lies ahead
 * @param warnings for the log
 */
record AuthorizerConfiguration(
    Optional<String> table,
    List<IssuerSetting> issuers,
    CacheKey cacheKey,
    Duration cacheTtl,
    TokenSource tokenSource,
    Duration maxAge,
    Duration staleLimit,
    int policyBytes,
    boolean iamConditions,
    boolean resourcePolicyFence,
    boolean simpleResponses,
    boolean denyInsteadOf401,
    Duration clockSkew,
    Optional<String> principalHashKey,
    Optional<Instant> observeUntil,
    List<String> warnings) {

  AuthorizerConfiguration {
    issuers = List.copyOf(issuers);
    warnings = List.copyOf(warnings);
  }

  /** How documents are wanted. */
  CompileOptions compileOptions() {
    return new CompileOptions(cacheTtl, policyBytes, iamConditions, resourcePolicyFence);
  }

  /** The last instant at which an answer that is begun now may be used for that kind of API. */
  Instant lastUse(ApiKind kind, Instant now) {
    return caches(kind) ? compileOptions().lastUse(now) : now;
  }

  /** Whether API Gateway caches answers to that kind of API; to a WebSocket API it never does. */
  boolean caches(ApiKind kind) {
    return caching() && kind != ApiKind.WEBSOCKET;
  }

  /** Whether API Gateway caches answers. */
  boolean caching() {
    return cacheKey.scope() != DocumentScope.REQUEST;
  }

  /**
   * As deployed: a table is needed.
   *
   * @throws ConfigurationException listing every problem
   */
  static AuthorizerConfiguration deployed(Map<String, String> environment, Instant now) {
    return new ConfigurationReader(environment, now).read(true);
  }

  /**
   * With a reader of the policy handed in: no table is needed.
   *
   * @throws ConfigurationException listing every problem
   */
  static AuthorizerConfiguration composed(Map<String, String> environment, Instant now) {
    return new ConfigurationReader(environment, now).read(false);
  }
}
