package dev.grantway.compile;

/** IAM's wildcards: {@code *} is any text, {@code ?} one character, over the whole string. */
final class Glob {
  private Glob() {}

  /**
   * Only the last star is ever tried again, so the work is at most the product of the two lengths
   * and the memory constant. One character is a UTF-16 unit: API Gateway's paths are ASCII.
   */
  static boolean matches(String glob, String text) {
    int g = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      if (g < glob.length() && glob.charAt(g) == '*') {
        star = g++;
        resume = t;
      } else if (g < glob.length() && (glob.charAt(g) == '?' || glob.charAt(g) == text.charAt(t))) {
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
