package dev.grantway.sandbox.twin;

import dev.grantway.resource.ApiType;
import dev.grantway.sandbox.twin.lambda.LambdaFunction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How one stage's Lambda authorizer is attached.
 *
 * @param identitySources of a TOKEN authorizer the one header that holds the token
 * @param tokenValidation TOKEN only: a token that does not match it whole is a 401 without a call
 * @param ttl 0 to 3600 s; 0 turns caching off
 * @param timeout of one invocation
 */
public record AuthorizerSettings(
    Kind kind,
    List<IdentitySource> identitySources,
    Optional<Pattern> tokenValidation,
    Duration ttl,
    Duration timeout,
    LambdaFunction function) {

  /** What an authorizer is sent and what it answers (GATEWAY, "Events and answers"). */
  public enum Kind {
    TOKEN(ApiType.REST),
    REQUEST(ApiType.REST),
    HTTP_1(ApiType.HTTP),
    HTTP_2(ApiType.HTTP),
    /** Payload 2.0, answered by {@code isAuthorized}. */
    HTTP_2_SIMPLE(ApiType.HTTP),
    WEBSOCKET(ApiType.WEBSOCKET);

    private final ApiType api;

    Kind(ApiType api) {
      this.api = api;
    }

    /** The kind of API that it can be attached to. */
    public ApiType api() {
      return api;
    }
  }

  private static final Duration LONGEST_TTL = Duration.ofSeconds(3600);
  private static final Duration LONGEST_ON_HTTP = Duration.ofSeconds(10);

  public AuthorizerSettings {
    identitySources = List.copyOf(identitySources);
    if (ttl.isNegative() || ttl.compareTo(LONGEST_TTL) > 0) {
      throw new IllegalArgumentException("TTL `" + ttl + "` must be 0 to 3600 seconds");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout `" + timeout + "` must be longer than nothing");
    }
    if (kind == Kind.TOKEN
        && !(identitySources.size() == 1
            && identitySources.getFirst() instanceof IdentitySource.Header)) {
      throw new IllegalArgumentException("a TOKEN authorizer has one header as identity source");
    }
    if (kind.api() == ApiType.HTTP && timeout.compareTo(LONGEST_ON_HTTP) > 0) {
      throw new IllegalArgumentException("an HTTP API waits 10 seconds for its authorizer at most");
    }
    if (kind == Kind.WEBSOCKET && !ttl.isZero()) {
      throw new IllegalArgumentException("a WebSocket API caches no answer");
    }
    if (!ttl.isZero() && identitySources.isEmpty()) {
      throw new IllegalArgumentException("an authorizer that caches needs identity sources");
    }
    if (kind != Kind.TOKEN && tokenValidation.isPresent()) {
      throw new IllegalArgumentException("only a TOKEN authorizer validates its token");
    }
  }

  /** A TOKEN authorizer on {@code Authorization}, as cache key {@code token} needs it. */
  public static AuthorizerSettings token(Duration ttl, Duration timeout, LambdaFunction function) {
    return new AuthorizerSettings(
        Kind.TOKEN,
        List.of(new IdentitySource.Header("Authorization")),
        Optional.empty(),
        ttl,
        timeout,
        function);
  }

  /** A REQUEST authorizer, for cache key {@code token+route} with the three sources it needs. */
  public static AuthorizerSettings request(
      List<String> identitySources, Duration ttl, Duration timeout, LambdaFunction function) {
    return of(Kind.REQUEST, identitySources, ttl, timeout, function);
  }

  /** The authorizer of an HTTP API. */
  public static AuthorizerSettings http(
      Kind kind,
      List<String> identitySources,
      Duration ttl,
      Duration timeout,
      LambdaFunction function) {
    if (kind.api() != ApiType.HTTP) {
      throw new IllegalArgumentException(kind + " is no authorizer of HTTP APIs");
    }
    return of(kind, identitySources, ttl, timeout, function);
  }

  /** The authorizer of a WebSocket API, asked for {@code $connect}; nothing is cached. */
  public static AuthorizerSettings webSocket(
      List<String> identitySources, Duration timeout, LambdaFunction function) {
    return of(Kind.WEBSOCKET, identitySources, Duration.ZERO, timeout, function);
  }

  private static AuthorizerSettings of(
      Kind kind,
      List<String> identitySources,
      Duration ttl,
      Duration timeout,
      LambdaFunction function) {
    return new AuthorizerSettings(
        kind,
        identitySources.stream().map(text -> IdentitySource.parse(kind.api(), text)).toList(),
        Optional.empty(),
        ttl,
        timeout,
        function);
  }

  boolean caches() {
    return !ttl.isZero();
  }
}
