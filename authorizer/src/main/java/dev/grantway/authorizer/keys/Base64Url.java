package dev.grantway.authorizer.keys;

import java.util.Base64;
import java.util.Optional;

/** Canonical unpadded base64url (RFC 4648 section 5): one text per byte string, no other. */
public final class Base64Url {
  private Base64Url() {}

  /**
   * The bytes; empty where the text is padded, uses another alphabet, holds whitespace or leaves
   * non-zero trailing bits.
   */
  public static Optional<byte[]> decode(String text) {
    if (!text.chars().allMatch(Base64Url::inAlphabet) || text.length() % 4 == 1) {
      return Optional.empty();
    }
    byte[] bytes = Base64.getUrlDecoder().decode(text);
    return encode(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
  }

  /** The one text of these bytes. */
  public static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static boolean inAlphabet(int c) {
    return c >= 'A' && c <= 'Z'
        || c >= 'a' && c <= 'z'
        || c >= '0' && c <= '9'
        || c == '-'
        || c == '_';
  }
}
