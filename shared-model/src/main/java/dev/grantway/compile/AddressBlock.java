package dev.grantway.compile;

import dev.grantway.policy.Cidr;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A CIDR block as the numbers of its first and last address; two blocks are disjoint or nested.
 *
 * @param bits 32 or 128
 */
record AddressBlock(int bits, BigInteger first, int prefix) implements Comparable<AddressBlock> {
  static final AddressBlock EVERY_V4 = new AddressBlock(32, BigInteger.ZERO, 0);
  static final AddressBlock EVERY_V6 = new AddressBlock(128, BigInteger.ZERO, 0);

  private static final Comparator<AddressBlock> ORDER =
      Comparator.comparingInt(AddressBlock::bits)
          .thenComparing(AddressBlock::first)
          .thenComparingInt(AddressBlock::prefix);

  static AddressBlock parse(String text) {
    Cidr cidr = Cidr.parse(text);
    byte[] network = cidr.network().getAddress();
    int bits = 8 * network.length;
    int free = bits - cidr.prefix();
    BigInteger first = new BigInteger(1, network).shiftRight(free).shiftLeft(free);
    return new AddressBlock(bits, first, cidr.prefix());
  }

  private BigInteger last() {
    return first.add(BigInteger.ONE.shiftLeft(bits - prefix)).subtract(BigInteger.ONE);
  }

  boolean contains(AddressBlock other) {
    return bits == other.bits
        && first.compareTo(other.first) <= 0
        && last().compareTo(other.last()) >= 0;
  }

  List<AddressBlock> strictlyInside(Collection<AddressBlock> blocks) {
    return blocks.stream().filter(other -> contains(other) && !equals(other)).toList();
  }

  /** Those that lie in no other one, in order. */
  static List<AddressBlock> outermost(Collection<AddressBlock> blocks) {
    return blocks.stream()
        .filter(
            block ->
                blocks.stream().noneMatch(other -> other.contains(block) && !other.equals(block)))
        .sorted()
        .toList();
  }

  /** An address of this block in none of the others, which are disjoint and sorted. */
  Optional<String> addressOutside(List<AddressBlock> others) {
    BigInteger candidate = first;
    for (AddressBlock other : others) {
      if (other.bits == bits && other.first.compareTo(candidate) <= 0) {
        candidate = candidate.max(other.last().add(BigInteger.ONE));
      }
    }
    return candidate.compareTo(last()) <= 0 ? Optional.of(address(candidate)) : Optional.empty();
  }

  private String address(BigInteger number) {
    byte[] minimal = number.toByteArray();
    var bytes = new byte[bits / 8];
    int length = Math.min(minimal.length, bytes.length);
    System.arraycopy(minimal, minimal.length - length, bytes, bytes.length - length, length);
    try {
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (UnknownHostException neverOfThatLength) {
      throw new IllegalStateException(neverOfThatLength);
    }
  }

  @Override
  public int compareTo(AddressBlock other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return address(first) + "/" + prefix;
  }
}
