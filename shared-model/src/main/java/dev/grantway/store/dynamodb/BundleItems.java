package dev.grantway.store.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.revision.Sha256;
import dev.grantway.store.BundleKey;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A bundle as items: its body cut into chunks by its plain size, so that everybody who writes it
 * cuts alike and every chunk fits an item whatever its content. Chunk 00 tells how many there are
 * and the digest of key, number and whole body.
 */
final class BundleItems {
  private static final int CHUNK = 350_000;
  private static final int MAX_CHUNKS = 100;

  private BundleItems() {}

  static List<Item> write(BundleKey key, long number, byte[] body) {
    int count = Math.max(1, (body.length + CHUNK - 1) / CHUNK);
    if (count > MAX_CHUNKS) {
      throw new IllegalArgumentException("bundle `" + key + "` is too big to store");
    }
    var items = new ArrayList<Item>(count);
    for (int i = 0; i < count; i++) {
      Item.Builder item =
          Item.of(key.partition(), Keys.chunk(key, number, i)).number("from", number);
      if (i == 0) {
        item.number("of", count).bytes("sum", sum(key, number, body));
      }
      byte[] part = Arrays.copyOfRange(body, i * CHUNK, Math.min(body.length, (i + 1) * CHUNK));
      if (count == 1) {
        Body.put(item, part);
      } else {
        Body.deflated(item, part);
      }
      items.add(item.build());
    }
    return items;
  }

  /** Puts chunks together; an {@link IllegalArgumentException} says what is wrong with them. */
  static byte[] read(BundleKey key, long number, List<Item> chunks) {
    long count = chunks.getFirst().number("of");
    if (chunks.size() != count) {
      throw new IllegalArgumentException("has " + chunks.size() + " of its " + count + " chunks");
    }
    var body = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      Item chunk = chunks.get(i);
      if (!chunk.sk().equals(Keys.chunk(key, number, i)) || chunk.number("from") != number) {
        throw new IllegalArgumentException("lacks chunk " + i);
      }
      body.writeBytes(Body.get(chunk));
    }
    byte[] whole = body.toByteArray();
    if (!MessageDigest.isEqual(chunks.getFirst().bytes("sum"), sum(key, number, whole))) {
      throw new IllegalArgumentException("does not match its digest");
    }
    return whole;
  }

  private static byte[] sum(BundleKey key, long number, byte[] body) {
    MessageDigest digest = Sha256.digest();
    digest.update((key + "\n" + number + "\n").getBytes(UTF_8));
    return digest.digest(body);
  }
}
