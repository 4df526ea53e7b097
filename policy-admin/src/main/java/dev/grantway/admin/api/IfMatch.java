package dev.grantway.admin.api;

import dev.grantway.admin.changes.AsSeen;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The header {@code If-Match}. */
final class IfMatch {
  private static final Pattern COMMAS = Pattern.compile(" *, *");
  private static final Pattern STRONG = Pattern.compile("\"[0-9a-f]+\"");

  private IfMatch() {}

  /** States that it names (RFC 9110 section 13.1.1): strong tags are hashes. */
  static AsSeen seen(String match) {
    return match.isEmpty() || match.equals("*")
        ? AsSeen.WHATEVER
        : AsSeen.oneOf(
            COMMAS
                .splitAsStream(match)
                .filter(tag -> STRONG.matcher(tag).matches())
                .map(tag -> tag.substring(1, tag.length() - 1))
                .collect(Collectors.toSet()));
  }
}
