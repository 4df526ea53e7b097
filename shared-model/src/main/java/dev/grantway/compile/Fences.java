package dev.grantway.compile;

import dev.grantway.compile.Token.Literal;
import java.util.List;

/** Deny globs that take no regular request of a route away. */
final class Fences {
  private Fences() {}

  /** {@code D_i(T)}: what has a slash inside the variable at that place. */
  static String depth(TokenList template, int index) {
    return at(template, index, "*/*");
  }

  /**
   * What has a {@code %} or {@code ;} in the variable at that place, and may there mean a literal
   * that is denied (GATEWAY rule 9, SEM-11).
   */
  static List<String> encoded(TokenList template, int index) {
    return List.of(at(template, index, "*%*"), at(template, index, "*;*"));
  }

  /**
   * What is nothing at that place once it is cut at its {@code ;}: another path, mostly one that no
   * route serves (SEM-11).
   */
  static String emptied(TokenList template, int index) {
    return text(template.tokens().subList(0, index)) + "/;*";
  }

  /** What begins with an empty segment at that place. */
  static String doubled(TokenList glob, int index) {
    return text(glob.tokens().subList(0, index)) + "//*";
  }

  /** Every irregular path from that place on: {@code %}, {@code ;}, empty segments. */
  static List<String> irregularFrom(TokenList glob, int index) {
    String base = text(glob.tokens().subList(0, index));
    return List.of(base + "/*%*", base + "/*;*", base + "/*//*", base + "/*/");
  }

  private static String at(TokenList template, int index, String glob) {
    return text(template.tokens().subList(0, index))
        + "/"
        + glob
        + text(template.tokens().subList(index + 1, template.size()));
  }

  private static String text(List<Token> tokens) {
    var out = new StringBuilder();
    for (Token token : tokens) {
      out.append('/').append(token instanceof Literal(var text) ? text : "?*");
    }
    return out.toString();
  }
}
