package dev.grantway.sandbox.twin;

import java.util.Locale;

/** Six characters for a resource, the same on every start. */
final class ResourceIds {
  private ResourceIds() {}

  static String of(String template) {
    long hash = Integer.toUnsignedLong(template.hashCode());
    String digits = Long.toString(hash, 36).toLowerCase(Locale.ROOT);
    return ("000000" + digits).substring(digits.length());
  }
}
