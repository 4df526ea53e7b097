package dev.grantway.resource;

/** The characters that may enter an ARN without a meaning there (GATEWAY rule 6). */
public final class ArnText {
  private ArnText() {}

  /** True for a non-empty text of {@code [A-Za-z0-9._~:@!,=+'()-]}. */
  public static boolean isSafe(String text) {
    return !text.isEmpty() && text.chars().allMatch(ArnText::isSafe);
  }

  private static boolean isSafe(int c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || "._~:@!,=+'()-".indexOf(c) >= 0;
  }
}
