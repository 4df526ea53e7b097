package dev.grantway.authorizer.telemetry;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Stands for a principal or token id where the value itself may not stand: an HMAC under the
 * configured key, or a plain hash without one.
 */
public final class Pseudonym {
  private static final int SHORT = 16;

  private final Optional<byte[]> key;

  /**
   * @param key the secret, or empty
   */
  public Pseudonym(Optional<String> key) {
    this.key = key.map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sixteen hexadecimal digits, for log lines. */
  public String shortOf(String value) {
    return HexFormat.of().formatHex(hash(value)).substring(0, SHORT);
  }

  /** The whole HMAC in base64url, for {@code principalId}. */
  public String of(String value) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(hash(value));
  }

  private byte[] hash(String value) {
    var bytes = value.getBytes(StandardCharsets.UTF_8);
    try {
      if (key.isEmpty()) {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
      }
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.get(), "HmacSHA256"));
      return mac.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
