package dev.grantway.revision;

import static java.nio.charset.StandardCharsets.UTF_8;

/** How free text enters table keys: as it is where it is plain, otherwise escaped, or hashed. */
final class KeyText {
  private static final int MAX = 300;
  private static final String PLAIN = "._:/@|-";

  private KeyText() {}

  static String escape(String text) {
    var out = new StringBuilder(text.length());
    for (byte b : text.getBytes(UTF_8)) {
      int c = b & 0xff;
      if (c >= '0' && c <= '9'
          || c >= 'a' && c <= 'z'
          || c >= 'A' && c <= 'Z'
          || PLAIN.indexOf(c) >= 0) {
        out.append((char) c);
      } else {
        out.append('%')
            .append(Character.forDigit(c >> 4, 16))
            .append(Character.forDigit(c & 15, 16));
      }
    }
    return out.length() <= MAX ? out.toString() : "%sha256-" + Sha256.hex(text.getBytes(UTF_8));
  }
}
