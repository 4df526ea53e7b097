package dev.grantway.issuers;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Tokens changed on their way. */
final class Tampered {
  private Tampered() {}

  /** The token with a text of its payload replaced, under the signature it had. */
  static String payload(String token, String from, String to) {
    var parts = token.split("\\.");
    var text = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    if (!text.contains(from)) {
      throw new AssertionError("the payload holds no `" + from + "`");
    }
    var changed = text.replace(from, to).getBytes(StandardCharsets.UTF_8);
    return parts[0]
        + "."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(changed)
        + "."
        + parts[2];
  }

  /** The key id that its header names. */
  static String keyId(String token) {
    var header =
        new String(Base64.getUrlDecoder().decode(token.split("\\.")[0]), StandardCharsets.UTF_8);
    return header.replaceFirst(".*\"kid\" *: *\"([^\"]*)\".*", "$1");
  }
}
