package dev.grantway.policy;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** A block of IP addresses such as {@code 203.0.113.0/24} or {@code 2001:db8::/32}, or one. */
public record Cidr(InetAddress network, int prefix) {
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  public Cidr {
    if (prefix < 0 || prefix > 8 * network.getAddress().length) {
      throw new IllegalArgumentException(
          "prefix length " + prefix + " does not fit " + network.getHostAddress());
    }
  }

  /** Reads a block or a single address; host names are refused and never looked up. */
  public static Cidr parse(String text) {
    int slash = text.indexOf('/');
    String host = slash < 0 ? text : text.substring(0, slash);
    String length = slash < 0 ? "" : text.substring(slash + 1);
    InetAddress network =
        address(host)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "`" + text + "` is not an IP address or a CIDR block like 10.0.0.0/8"));
    if (slash >= 0 && !length.matches("[0-9]{1,3}")) {
      throw new IllegalArgumentException("`" + text + "` has no prefix length after the slash");
    }
    return new Cidr(
        network, slash < 0 ? 8 * network.getAddress().length : Integer.parseInt(length));
  }

  /** Reads a literal address. */
  public static Optional<InetAddress> address(String text) {
    if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  public boolean contains(InetAddress address) {
    byte[] a = address.getAddress();
    byte[] n = network.getAddress();
    if (a.length != n.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((a[bit / 8] & mask) != (n[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
