package dev.grantway.authorizer.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks for the bytes that mean something in a JSON string, eight at a time. */
final class PlainBytes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private PlainBytes() {}

  static boolean areAscii(byte[] bytes) {
    int i = 0;
    for (; i <= bytes.length - Long.BYTES; i += Long.BYTES) {
      if (((long) LONGS.get(bytes, i) & HIGH_BITS) != 0) {
        return false;
      }
    }
    for (; i < bytes.length; i++) {
      if (bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }

  /** Where a quotation mark, a backslash or a control character stands, or the bytes end. */
  static int end(byte[] bytes, int from) {
    int i = from;
    for (; i <= bytes.length - Long.BYTES; i += Long.BYTES) {
      long found = meaningful((long) LONGS.get(bytes, i));
      if (found != 0) {
        return i + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
    }
    while (i < bytes.length && bytes[i] != '"' && bytes[i] != '\\' && (bytes[i] & 0xE0) != 0) {
      i++;
    }
    return i;
  }

  /** The high bit of the first meaningful byte, and perhaps more above it; 0 if there is none. */
  private static long meaningful(long eight) {
    return (below(eight ^ '"' * ONES, 1) | below(eight ^ '\\' * ONES, 1) | below(eight, 0x20))
        & HIGH_BITS;
  }

  /** The high bits of bytes less than that, exact up to the first of them. */
  private static long below(long eight, int limit) {
    return eight - limit * ONES & ~eight;
  }
}
