package dev.grantway.audit;

import dev.grantway.revision.Sha256;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * Public Ed25519 keys as text: the base64 of their SubjectPublicKeyInfo (RFC 8410), which is what
 * stands between the first and the last line of a PEM file.
 */
public final class PublicKeys {
  private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
  private static final String END = "-----END PUBLIC KEY-----";
  private static final int SHOWN = 16;

  private PublicKeys() {}

  public static String text(PublicKey key) {
    return Base64.getEncoder().encodeToString(key.getEncoded());
  }

  public static String pem(String key) {
    return BEGIN + "\n" + key + "\n" + END + "\n";
  }

  /**
   * Reads a PEM file; anything but one public Ed25519 key is an {@link IllegalArgumentException}.
   */
  public static String fromPem(String pem) {
    String text = pem.strip();
    if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
      throw new IllegalArgumentException(
          "a public key in PEM is needed, from `" + BEGIN + "` to `" + END + "`");
    }
    String key = text.substring(BEGIN.length(), text.length() - END.length()).replaceAll("\\s", "");
    try {
      read(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the key is no Ed25519 key", e);
    }
    return key;
  }

  /** What tells keys apart: the first 16 digits of the SHA-256 of the key. */
  public static String id(String key) {
    return Sha256.hex(key.getBytes(java.nio.charset.StandardCharsets.US_ASCII)).substring(0, SHOWN);
  }

  /** False also for what is no key or no signature. */
  static boolean verifies(String key, byte[] message, String signature) {
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initVerify(read(key));
      ed25519.update(message);
      return ed25519.verify(Base64.getDecoder().decode(signature));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  private static PublicKey read(String key) throws GeneralSecurityException {
    return KeyFactory.getInstance("Ed25519")
        .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key)));
  }
}
