package dev.grantway.authorizer.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;

/**
 * A public key that passed every check of TOKENS step 6.
 *
 * @param id its {@code kid}, where it has one
 * @param restriction its own {@code alg}, where it has one
 * @param type its kind
 * @param key the key
 */
public record VerificationKey(
    Optional<String> id, Optional<Algorithm> restriction, KeyType type, PublicKey key) {

  /** Whether a token under this algorithm may be checked with it. */
  public boolean usableFor(Algorithm algorithm) {
    return type == algorithm.keyType() && restriction.map(algorithm::sameAs).orElse(true);
  }

  /** Whether the signature is this key's over the input; its length is looked at first. */
  public boolean verifies(Algorithm algorithm, byte[] input, byte[] signature) {
    if (!usableFor(algorithm) || signature.length != signatureLength()) {
      return false;
    }
    try {
      return algorithm.jdk().isPresent()
          ? jdk(algorithm.jdk().get(), input, signature)
          : nimbus(new RSASSAVerifier((RSAPublicKey) key), algorithm, input, signature);
    } catch (JOSEException | GeneralSecurityException e) {
      return false;
    }
  }

  private int signatureLength() {
    return switch (type) {
      case RSA -> (((RSAPublicKey) key).getModulus().bitLength() + 7) / 8;
      case P_256, ED25519 -> 64;
      case P_384 -> 96;
      case P_521 -> 132;
    };
  }

  private static boolean nimbus(
      JWSVerifier verifier, Algorithm algorithm, byte[] input, byte[] signature)
      throws JOSEException {
    return verifier.verify(new JWSHeader(algorithm.nimbus()), input, Base64URL.encode(signature));
  }

  private boolean jdk(String name, byte[] input, byte[] signature) throws GeneralSecurityException {
    var verifier = Signature.getInstance(name);
    verifier.initVerify(key);
    verifier.update(input);
    return verifier.verify(signature);
  }
}
