package dev.grantway.compile;

import dev.grantway.compile.Token.Literal;
import java.util.List;

/**
 * Deny globs that take no regular request of any route away: the first kind stands in one place of
 * one verb's paths, the others behind the stage, for every verb.
 */
final class Fences {
  /** Every segment that begins with {@code ;} and so is nothing once it is cut there (SEM-11). */
  static final String VANISHING = "/*/;*";

  /** Every path with a {@code ;}. */
  static final String PARAMETERS = "/*;*";

  /** Every path that ends with a slash, but for the root. */
  static final String TRAILING_SLASH = "/*/?*/";

  /** Every path with an empty segment before another one. */
  static final String DOUBLED_SLASH = "/*//*";

  /** Every path with an encoded character. */
  static final String ENCODED = "/*%*";

  private Fences() {}

  /**
   * What has a {@code %} in the variable at that place, and may there mean a literal that is not
   * granted (GATEWAY rule 9, SEM-11).
   */
  static String encoded(TokenList list, int index) {
    return text(list.tokens().subList(0, index))
        + "/*%*"
        + text(list.tokens().subList(index + 1, list.size()));
  }

  private static String text(List<Token> tokens) {
    var out = new StringBuilder();
    for (Token token : tokens) {
      out.append('/').append(token instanceof Literal(var text) ? text : "?*");
    }
    return out.toString();
  }
}
