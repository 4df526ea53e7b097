package dev.grantway.sandbox.twin;

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

  /** The two Lambda authorizer types of REST APIs. */
  public enum Kind {
    TOKEN,
    REQUEST
  }

  private static final Duration LONGEST_TTL = Duration.ofSeconds(3600);

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
    if (kind == Kind.REQUEST && !ttl.isZero() && identitySources.isEmpty()) {
      throw new IllegalArgumentException("a REQUEST authorizer that caches needs identity sources");
    }
    if (kind == Kind.REQUEST && tokenValidation.isPresent()) {
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
    return new AuthorizerSettings(
        Kind.REQUEST,
        identitySources.stream().map(IdentitySource::parse).toList(),
        Optional.empty(),
        ttl,
        timeout,
        function);
  }

  boolean caches() {
    return !ttl.isZero();
  }
}
