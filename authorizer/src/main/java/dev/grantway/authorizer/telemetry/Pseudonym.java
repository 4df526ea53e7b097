package dev.grantway.authorizer.telemetry;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Stands for a principal or token id where the value itself may not stand: an HMAC under the
 * configured key. Without one the key is drawn at the start, so that nobody can guess names and
 * compare; then two instances call the same principal by different names.
 */
public final class Pseudonym {
  private static final int SHORT_BYTES = 8;

  private static final int KEY_BYTES = 32;

  private static final String HMAC = "HmacSHA256";

  /** Holds the key, as this object does for all of its life; each use takes a copy. */
  private final Mac keyed;

  /**
   * @param key the secret, or empty
   */
  public Pseudonym(Optional<String> key) {
    keyed =
        keyed(key.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElseGet(Pseudonym::drawn));
  }

  private static Mac keyed(byte[] key) {
    try {
      var mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC with SHA-256", e);
    }
  }

  private static byte[] drawn() {
    var bytes = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  /** Sixteen hexadecimal digits, for log lines. */
  public String shortOf(String value) {
    return HexFormat.of().formatHex(hash(value), 0, SHORT_BYTES);
  }

  /** The whole HMAC in base64url, for {@code principalId}. */
  public String of(String value) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(hash(value));
  }

  private byte[] hash(String value) {
    try {
      return ((Mac) keyed.clone()).doFinal(value.getBytes(StandardCharsets.UTF_8));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("Java's own HMAC can be copied", e);
    }
  }
}
