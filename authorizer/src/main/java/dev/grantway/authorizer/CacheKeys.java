package dev.grantway.authorizer;

import dev.grantway.compile.CacheKey;
import dev.grantway.compile.DocumentScope;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code GRANTWAY_CACHE_KEY} (GATEWAY, law of the key). */
final class CacheKeys {
  private CacheKeys() {}

  /** {@code none}, {@code token} or {@code token+route}, with further identity sources. */
  static CacheKey parse(String text) {
    if (text.equals("none")) {
      return CacheKey.NONE;
    }
    var parts = List.of(text.split("\\+", -1));
    if (!parts.getFirst().equals("token")) {
      throw new IllegalArgumentException(
          "`" + text + "` is none of `none`, `token`, `token+route`");
    }
    boolean route = parts.size() > 1 && parts.get(1).equals("route");
    var more = parts.subList(route ? 2 : 1, parts.size());
    more.forEach(CacheKeys::check);
    var scope = route ? DocumentScope.ROUTE : DocumentScope.TOKEN;
    return new CacheKey(scope, named(more, "header:"), named(more, "query:"));
  }

  /** As settings write it. */
  static String text(CacheKey key) {
    var text =
        new StringBuilder(
            switch (key.scope()) {
              case REQUEST -> "none";
              case TOKEN -> "token";
              case ROUTE -> "token+route";
            });
    key.headers().forEach(name -> text.append("+header:").append(name));
    key.query().forEach(name -> text.append("+query:").append(name));
    return text.toString();
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
