package dev.grantway.authorizer.keys;

import java.util.Base64;
import java.util.Optional;

/** Canonical unpadded base64url (RFC 4648 section 5): one text per byte string, no other. */
public final class Base64Url {
  /** Looked up, since the characters of a token are too random for comparisons to be predicted. */
  private static final boolean[] ALPHABET = new boolean[128];

  static {
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        .chars()
        .forEach(c -> ALPHABET[c] = true);
  }

  private Base64Url() {}

  /**
   * The bytes; empty where the text is padded, uses another alphabet, holds whitespace or leaves
   * non-zero trailing bits.
   */
  public static Optional<byte[]> decode(String text) {
    if (text.endsWith("=") || !canonicalEnd(text)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Base64.getUrlDecoder().decode(text));
    } catch (IllegalArgumentException anotherAlphabet) {
      return Optional.empty();
    }
  }

  /** Whether the last character holds no bits that are not part of a byte. */
  private static boolean canonicalEnd(String text) {
    return switch (text.length() % 4) {
      case 1 -> false;
      case 2 -> "AQgw".indexOf(text.charAt(text.length() - 1)) >= 0;
      case 3 -> "AEIMQUYcgkosw048".indexOf(text.charAt(text.length() - 1)) >= 0;
      default -> true;
    };
  }

  /** The one text of these bytes. */
  public static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Letters, digits, {@code -} and {@code _}. */
  public static boolean inAlphabet(int c) {
    return c >= 0 && c < ALPHABET.length && ALPHABET[c];
  }
}
