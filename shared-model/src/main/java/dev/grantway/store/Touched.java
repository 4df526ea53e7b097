package dev.grantway.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;

/**
 * For each of 512 buckets of bundle keys, the last revision that touched a bundle of that bucket.
 * Two keys in one bucket cost a needless read, never a wrong answer.
 */
public final class Touched {
  public static final int SIZE = 512;
  public static final Touched NOTHING = new Touched(new int[SIZE]);

  private final int[] numbers;

  private Touched(int[] numbers) {
    this.numbers = numbers;
  }

  /** Reads 512 unsigned big-endian numbers of four bytes each; any other length is refused. */
  public static Touched of(byte[] bytes) {
    if (bytes.length != SIZE * Integer.BYTES) {
      throw new IllegalArgumentException("`touched` needs 2048 bytes, got " + bytes.length);
    }
    var numbers = new int[SIZE];
    ByteBuffer.wrap(bytes).asIntBuffer().get(numbers);
    return new Touched(numbers);
  }

  /** A revision that may have touched every bundle. */
  public static Touched everything(long revision) {
    var numbers = new int[SIZE];
    Arrays.fill(numbers, (int) revision);
    return new Touched(numbers);
  }

  public byte[] bytes() {
    ByteBuffer buffer = ByteBuffer.allocate(SIZE * Integer.BYTES);
    buffer.asIntBuffer().put(numbers);
    return buffer.array();
  }

  /** The last revision that may have touched the bundle. */
  public long last(BundleKey key) {
    return Integer.toUnsignedLong(numbers[key.bucket()]);
  }

  /** After a revision that touched these bundles. */
  public Touched after(long revision, Collection<BundleKey> keys) {
    int[] copy = numbers.clone();
    keys.forEach(key -> copy[key.bucket()] = (int) revision);
    return new Touched(copy);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Touched that && Arrays.equals(numbers, that.numbers);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(numbers);
  }
}
