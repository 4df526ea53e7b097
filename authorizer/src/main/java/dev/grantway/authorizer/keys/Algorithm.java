package dev.grantway.authorizer.keys;

import com.nimbusds.jose.JWSAlgorithm;
import java.util.Arrays;
import java.util.Optional;

/** The signature algorithms that may be configured: asymmetric ones only (TOKENS step 3). */
public enum Algorithm {
  RS256("RS256", KeyType.RSA, JWSAlgorithm.RS256),
  RS384("RS384", KeyType.RSA, JWSAlgorithm.RS384),
  RS512("RS512", KeyType.RSA, JWSAlgorithm.RS512),
  PS256("PS256", KeyType.RSA, JWSAlgorithm.PS256),
  PS384("PS384", KeyType.RSA, JWSAlgorithm.PS384),
  PS512("PS512", KeyType.RSA, JWSAlgorithm.PS512),
  ES256("ES256", KeyType.P_256, JWSAlgorithm.ES256),
  ES384("ES384", KeyType.P_384, JWSAlgorithm.ES384),
  ES512("ES512", KeyType.P_521, JWSAlgorithm.ES512),
  EDDSA("EdDSA", KeyType.ED25519, JWSAlgorithm.EdDSA),
  ED25519("Ed25519", KeyType.ED25519, JWSAlgorithm.Ed25519);

  private final String jose;
  private final KeyType keyType;
  private final JWSAlgorithm nimbus;

  Algorithm(String jose, KeyType keyType, JWSAlgorithm nimbus) {
    this.jose = jose;
    this.keyType = keyType;
    this.nimbus = nimbus;
  }

  /** By the exact {@code alg} value. */
  public static Optional<Algorithm> named(String jose) {
    return Arrays.stream(values()).filter(each -> each.jose.equals(jose)).findFirst();
  }

  /** The {@code alg} value. */
  public String jose() {
    return jose;
  }

  /** The only kind of key that can check it. */
  public KeyType keyType() {
    return keyType;
  }

  /** {@code EdDSA} and {@code Ed25519} are one algorithm here (RFC 9864). */
  public boolean sameAs(Algorithm other) {
    return this == other || keyType == KeyType.ED25519 && other.keyType == KeyType.ED25519;
  }

  JWSAlgorithm nimbus() {
    return nimbus;
  }
}
