package dev.grantway.compile;

/** IAM's wildcards: {@code *} is any text, {@code ?} one character, over the whole string. */
final class Glob {
  private Glob() {}

  /**
   * True if every text that the narrow glob matches is certainly matched by the wide one: it may be
   * so all the same where this says false.
   */
  static boolean contains(String wide, String narrow) {
    return matches(wide, narrow, false);
  }

  /**
   * Only the last star is ever tried again, so the work is at most the product of the two lengths
   * and the memory constant. One character is a UTF-16 unit: API Gateway's paths are ASCII.
   */
  static boolean matches(String glob, String text) {
    return matches(glob, text, true);
  }

  /** A star in the text is any text at all there, which only a star can take. */
  private static boolean matches(String glob, String text, boolean starIsOneCharacter) {
    int g = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      if (g < glob.length() && glob.charAt(g) == '*') {
        star = g++;
        resume = t;
      } else if (g < glob.length()
          && (glob.charAt(g) == '?' && (starIsOneCharacter || text.charAt(t) != '*')
              || glob.charAt(g) == text.charAt(t))) {
        g++;
        t++;
      } else if (star >= 0) {
        g = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (g < glob.length() && glob.charAt(g) == '*') {
      g++;
    }
    return g == glob.length();
  }
}
