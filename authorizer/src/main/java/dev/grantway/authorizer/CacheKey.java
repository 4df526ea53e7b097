package dev.grantway.authorizer;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What API Gateway caches an answer under (GATEWAY, law of the key).
 *
 * @param caching whether it caches at all
 * @param headers lower-case names that are identity sources beside the token
 * @param query names that are identity sources
 */
record CacheKey(boolean caching, Set<String> headers, Set<String> query) {
  private static final String TOKEN_REASON =
      "`token` needs a document proved for every route of the stage, which this release does not"
          + " compile yet: set `token+route`, or `none` with caching off";

  CacheKey {
    headers = Set.copyOf(headers);
    query = Set.copyOf(query);
  }

  /** Reads {@code none} or {@code token+route} with further identity sources. */
  static CacheKey parse(String text) {
    if (text.equals("none")) {
      return new CacheKey(false, Set.of(), Set.of());
    }
    var parts = List.of(text.split("\\+", -1));
    if (!parts.getFirst().equals("token")) {
      throw new IllegalArgumentException(
          "`" + text + "` is none of `none`, `token`, `token+route`");
    }
    if (parts.size() == 1 || !parts.get(1).equals("route")) {
      throw new IllegalArgumentException(TOKEN_REASON);
    }
    var more = parts.subList(2, parts.size());
    more.forEach(CacheKey::check);
    return new CacheKey(true, named(more, "header:", true), named(more, "query:", false));
  }

  private static void check(String part) {
    if (!part.matches("(header|query):[!-*,-~]+")) {
      throw new IllegalArgumentException(
          "`" + part + "` is neither `header:NAME` nor `query:NAME`");
    }
  }

  private static Set<String> named(List<String> parts, String kind, boolean lower) {
    var names = new TreeSet<String>();
    for (var part : parts) {
      if (part.startsWith(kind)) {
        var name = part.substring(kind.length());
        names.add(lower ? name.toLowerCase(Locale.ROOT) : name);
      }
    }
    return names;
  }
}
