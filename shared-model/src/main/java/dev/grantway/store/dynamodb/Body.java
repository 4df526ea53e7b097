package dev.grantway.store.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** The attribute {@code body}: plain text where that costs no more to read, otherwise deflated. */
final class Body {
  /** With its keys and digest an item of this body stays below 4 KB: one read unit. */
  static final int PLAIN = 3_500;

  private static final int MAX_INFLATED = 4_000_000;

  private Body() {}

  static void put(Item.Builder item, byte[] plain) {
    if (plain.length <= PLAIN) {
      item.text("body", new String(plain, UTF_8));
    } else {
      deflated(item, plain);
    }
  }

  static void deflated(Item.Builder item, byte[] plain) {
    item.bytes("body", deflate(plain)).flag("z");
  }

  static byte[] get(Item item) {
    return item.has("z") ? inflate(item.bytes("body")) : item.text("body").getBytes(UTF_8);
  }

  private static byte[] deflate(byte[] plain) {
    try (var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true)) {
      deflater.setInput(plain);
      deflater.finish();
      var out = new ByteArrayOutputStream();
      var buffer = new byte[8192];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    }
  }

  private static byte[] inflate(byte[] deflated) {
    try (var inflater = new Inflater(true)) {
      inflater.setInput(deflated);
      var out = new ByteArrayOutputStream();
      var buffer = new byte[8192];
      while (!inflater.finished()) {
        int count = inflater.inflate(buffer);
        if (count == 0 || out.size() > MAX_INFLATED) {
          throw new IllegalArgumentException("holds a body that is cut off");
        }
        out.write(buffer, 0, count);
      }
      return out.toByteArray();
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("holds a body that cannot be inflated", e);
    }
  }
}
