package dev.grantway.authorizer;

import dev.grantway.compile.CacheKey;
import dev.grantway.compile.DocumentScope;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code GRANTWAY_CACHE_KEY} (GATEWAY, law of the key). */
final class CacheKeys {
  private static final String TOKEN_REASON =
      "`token` needs a document proved for every route of the stage, which this release does not"
          + " compile yet: set `token+route`, or `none` with caching off";

  private CacheKeys() {}

  /** {@code none}, or {@code token+route} with further identity sources. */
  static CacheKey parse(String text) {
    if (text.equals("none")) {
      return CacheKey.NONE;
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
    more.forEach(CacheKeys::check);
    return new CacheKey(DocumentScope.ROUTE, named(more, "header:"), named(more, "query:"));
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
}
