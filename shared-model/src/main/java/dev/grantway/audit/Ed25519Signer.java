package dev.grantway.audit;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** Signs with an Ed25519 key (RFC 8032) that this process holds. */
public final class Ed25519Signer implements SignedCheckpoint.Signer {
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";

  private final PrivateKey secret;
  private final String key;

  private Ed25519Signer(PrivateKey secret, String key) {
    this.secret = secret;
    this.key = key;
  }

  /** A new key. */
  public static Ed25519Signer generate() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      return new Ed25519Signer(pair.getPrivate(), PublicKeys.text(pair.getPublic()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform lacks Ed25519", e);
    }
  }

  /**
   * Reads what {@link #pem} wrote: the private key in PKCS #8 (RFC 8410) and the public one, both
   * in PEM. Anything else, also two keys that do not belong together, is an {@link
   * IllegalArgumentException}.
   */
  public static Ed25519Signer fromPem(String pem) {
    int begin = pem.indexOf(BEGIN);
    int end = pem.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("a private key in PEM is needed, from `" + BEGIN + "`");
    }
    String secret = pem.substring(begin + BEGIN.length(), end).replaceAll("\\s", "");
    try {
      PrivateKey read =
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(secret)));
      var signer = new Ed25519Signer(read, PublicKeys.fromPem(pem.substring(end + END.length())));
      byte[] probe = {1, 2, 3};
      if (!PublicKeys.verifies(signer.key, probe, signer.sign(probe))) {
        throw new IllegalArgumentException("the private and the public key are not a pair");
      }
      return signer;
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the key is no Ed25519 key", e);
    }
  }

  /** Both keys in PEM: keep it secret. */
  public String pem() {
    String text = Base64.getEncoder().encodeToString(secret.getEncoded());
    return BEGIN + "\n" + text + "\n" + END + "\n" + PublicKeys.pem(key);
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public String sign(byte[] message) {
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initSign(secret);
      ed25519.update(message);
      return Base64.getEncoder().encodeToString(ed25519.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the checkpoint cannot be signed", e);
    }
  }
}
