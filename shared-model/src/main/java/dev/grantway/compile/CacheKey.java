package dev.grantway.compile;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What API Gateway caches an answer under, and so what a document may depend on (GATEWAY, law of
 * the key).
 *
 * @param headers that are identity sources beside the token; names in lower case
 * @param query parameters that are identity sources beside the token
 */
public record CacheKey(DocumentScope scope, Set<String> headers, Set<String> query) {
  /** Nothing is cached. */
  public static final CacheKey NONE = new CacheKey(DocumentScope.REQUEST, Set.of(), Set.of());

  /** The token, the method and the template of the route. */
  public static final CacheKey TOKEN_AND_ROUTE =
      new CacheKey(DocumentScope.ROUTE, Set.of(), Set.of());

  /** The token alone. */
  public static final CacheKey TOKEN = new CacheKey(DocumentScope.TOKEN, Set.of(), Set.of());

  public CacheKey {
    headers =
        headers.stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    query = Set.copyOf(query);
  }
}
