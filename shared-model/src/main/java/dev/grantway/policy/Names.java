package dev.grantway.policy;

/** How names that enter table keys are checked: size, then characters. */
final class Names {
  private Names() {}

  static void check(String kind, String value, int max, String punctuation) {
    if (value.isEmpty() || value.length() > max) {
      throw new IllegalArgumentException(
          kind + " needs 1 to " + max + " characters, got " + value.length());
    }
    if (!areAllowed(value, punctuation)) {
      throw new IllegalArgumentException(
          kind
              + " `"
              + value
              + "` may hold only letters, digits and "
              + String.join(" ", punctuation.split("")));
    }
  }

  private static boolean areAllowed(String value, String punctuation) {
    for (int i = 0; i < value.length(); i++) {
      if (!isAllowed(value.charAt(i), punctuation)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAllowed(int c, String punctuation) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || punctuation.indexOf(c) >= 0;
  }
}
