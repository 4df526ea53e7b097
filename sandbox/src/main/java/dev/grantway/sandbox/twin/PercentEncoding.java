package dev.grantway.sandbox.twin;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Paths as HTTP APIs decode them, once and whole: {@code %2F} is a slash afterwards. */
final class PercentEncoding {
  private PercentEncoding() {}

  /** The decoded path; as it stands where what comes of it is no UTF-8. */
  static String decoded(String path) {
    byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
    var out = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      int octet = octetAt(bytes, i);
      out.write(octet < 0 ? bytes[i] : octet);
      i += octet < 0 ? 0 : 2;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(out.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      return path;
    }
  }

  /** What {@code %XX} at that place stands for, or -1: a stray % is data. */
  private static int octetAt(byte[] bytes, int i) {
    if (bytes[i] != '%' || i + 2 >= bytes.length) {
      return -1;
    }
    int high = Character.digit(bytes[i + 1], 16);
    int low = Character.digit(bytes[i + 2], 16);
    return high < 0 || low < 0 ? -1 : 16 * high + low;
  }
}
