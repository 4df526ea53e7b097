package dev.grantway.authorizer.keys;

import com.nimbusds.jose.JWSAlgorithm;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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

  private static final Map<String, Algorithm> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Algorithm::jose, it -> it));

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
    return Optional.ofNullable(BY_NAME.get(jose));
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

  /**
   * The JDK's name for what needs no parameters and no other form of the signature. Nimbus would
   * ask the JDK for the same, after taking the signature through base64url twice.
   */
  Optional<String> jdk() {
    return switch (this) {
      case RS256 -> Optional.of("SHA256withRSA");
      case RS384 -> Optional.of("SHA384withRSA");
      case RS512 -> Optional.of("SHA512withRSA");
      case EDDSA, ED25519 -> Optional.of("Ed25519");
      case ES256 -> Optional.of("SHA256withECDSAinP1363Format");
      case ES384 -> Optional.of("SHA384withECDSAinP1363Format");
      case ES512 -> Optional.of("SHA512withECDSAinP1363Format");
      case PS256, PS384, PS512 -> Optional.empty();
    };
  }

  JWSAlgorithm nimbus() {
    return nimbus;
  }
}
