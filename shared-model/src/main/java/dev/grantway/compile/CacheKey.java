package dev.grantway.compile;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
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

  /**
   * Reads {@code none}, {@code token} or {@code token+route}, with further identity sources such as
   * {@code +header:x} and {@code +query:v}, as {@code GRANTWAY_CACHE_KEY} has it.
   */
  public static CacheKey parse(String text) {
    if (text.equals("none")) {
      return NONE;
    }
    var parts = List.of(text.split("\\+", -1));
    if (!parts.getFirst().equals("token")) {
      throw new IllegalArgumentException(
          "`" + text + "` is none of `none`, `token`, `token+route`");
    }
    boolean route = parts.size() > 1 && parts.get(1).equals("route");
    var more = parts.subList(route ? 2 : 1, parts.size());
    more.forEach(CacheKey::check);
    var scope = route ? DocumentScope.ROUTE : DocumentScope.TOKEN;
    return new CacheKey(scope, named(more, "header:"), named(more, "query:"));
  }

  private static void check(String part) {
    if (!part.matches("(header|query):[!-*,-~]+")) {
      throw new IllegalArgumentException(
          "`" + part + "` is neither `header:NAME` nor `query:NAME`");
    }
  }

  private static Set<String> named(List<String> parts, String kind) {
    var names = new TreeSet<String>();
    parts.stream()
        .filter(part -> part.startsWith(kind))
        .forEach(part -> names.add(part.substring(kind.length())));
    return names;
  }

  /** As {@link #parse} reads it. */
  public String text() {
    var text =
        new StringBuilder(
            switch (scope) {
              case REQUEST -> "none";
              case TOKEN -> "token";
              case ROUTE -> "token+route";
            });
    headers.forEach(name -> text.append("+header:").append(name));
    query.forEach(name -> text.append("+query:").append(name));
    return text.toString();
  }
}
