package dev.grantway.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.zip.CRC32C;

/**
 * What identifies a bundle, whatever its number: its partition and what its sort keys begin with.
 * Printable ASCII, so that the order of texts is the table's.
 */
public record BundleKey(String partition, String prefix) implements Comparable<BundleKey> {

  /** Where the key falls in {@link Touched}: the same in every process and release. */
  public int bucket() {
    var crc = new CRC32C();
    crc.update((partition + "\n" + prefix).getBytes(UTF_8));
    return (int) (crc.getValue() % Touched.SIZE);
  }

  @Override
  public int compareTo(BundleKey other) {
    int byPartition = partition.compareTo(other.partition);
    return byPartition != 0 ? byPartition : prefix.compareTo(other.prefix);
  }

  @Override
  public String toString() {
    return partition + " " + prefix;
  }
}
