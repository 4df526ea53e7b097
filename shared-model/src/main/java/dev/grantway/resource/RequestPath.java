package dev.grantway.resource;

import java.util.Arrays;
import java.util.List;

/**
 * The concrete path of a request as API Gateway's ARN carries it, starting with {@code /}; on
 * WebSocket a route key, without a slash. Every character is data; nothing is refused but a missing
 * first slash.
 */
public final class RequestPath {
  private final String text;
  private final boolean routeKey;
  private final List<String> segments;

  private RequestPath(String text, boolean routeKey) {
    this.text = text;
    this.routeKey = routeKey;
    this.segments =
        routeKey
            ? List.of(text)
            : text.equals("/") ? List.of() : List.of(text.substring(1).split("/", -1));
  }

  /** Reads a path; the empty ARN path is {@code /}. */
  public static RequestPath of(String text) {
    if (!text.isEmpty() && text.charAt(0) != '/') {
      throw new IllegalArgumentException("path `" + text + "` must start with /");
    }
    return new RequestPath(text.isEmpty() ? "/" : text, false);
  }

  /** A WebSocket route key such as {@code $connect}. */
  public static RequestPath ofRouteKey(String key) {
    if (key.isEmpty()) {
      throw new IllegalArgumentException("a route key needs at least one character");
    }
    return new RequestPath(key, true);
  }

  public String text() {
    return text;
  }

  boolean isRouteKey() {
    return routeKey;
  }

  /** What stands between the slashes; a trailing slash gives an empty last one, the root none. */
  public List<String> segments() {
    return segments;
  }

  /** SEM-11: no empty segment, trailing slash, {@code ;}, {@code %} or control character. */
  public boolean isRegular() {
    return routeKey || text.length() == 1 || hasRegularCharacters() && !text.endsWith("/");
  }

  private boolean hasRegularCharacters() {
    char before = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ';' || c == '%' || Character.isISOControl(c) || c == '/' && before == '/') {
        return false;
      }
      before = c;
    }
    return true;
  }

  /** Less one trailing slash, which REST APIs ignore when routing; the root stays. */
  public RequestPath withoutTrailingSlash() {
    return !routeKey && text.length() > 1 && text.endsWith("/")
        ? of(text.substring(0, text.length() - 1))
        : this;
  }

  /**
   * SEM-11: encodings of unreserved characters (RFC 3986 section 2.3) decoded, then each segment
   * cut at {@code ;}.
   */
  public RequestPath normalised() {
    if (routeKey) {
      return this;
    }
    String decoded = decodeUnreserved(text);
    String cut =
        String.join(
            "/",
            Arrays.stream(decoded.split("/", -1)).map(RequestPath::withoutParameters).toList());
    return of(cut);
  }

  private static String withoutParameters(String segment) {
    int semicolon = segment.indexOf(';');
    return semicolon < 0 ? segment : segment.substring(0, semicolon);
  }

  private static String decodeUnreserved(String text) {
    var out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      int decoded = unreservedAt(text, i);
      if (decoded >= 0) {
        out.append((char) decoded);
        i += 2;
      } else {
        out.append(text.charAt(i));
      }
    }
    return out.toString();
  }

  private static int unreservedAt(String text, int i) {
    if (text.charAt(i) != '%' || i + 2 >= text.length()) {
      return -1;
    }
    int high = hexDigit(text.charAt(i + 1));
    int low = hexDigit(text.charAt(i + 2));
    int c = 16 * high + low;
    boolean unreserved =
        high >= 0
            && low >= 0
            && (c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~');
    return unreserved ? c : -1;
  }

  private static int hexDigit(char c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RequestPath that && that.text.equals(text) && that.routeKey == routeKey;
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
