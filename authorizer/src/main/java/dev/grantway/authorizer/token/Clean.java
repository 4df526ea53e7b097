package dev.grantway.authorizer.token;

/** Strings fit to be names: taken as they are or not at all, never trimmed or coerced. */
final class Clean {
  static final int LONGEST = 256;

  private Clean() {}

  /** Non-empty, at most 256 characters, none that controls or breaks a line. */
  static boolean name(String text) {
    return text.length() <= LONGEST && characters(text);
  }

  /** The same at any length. */
  static boolean characters(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (breaking(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static boolean breaking(int c) {
    return Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || c == '\uFEFF';
  }
}
