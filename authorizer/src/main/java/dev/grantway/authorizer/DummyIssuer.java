package dev.grantway.authorizer;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * An issuer made up for priming, with keys that nobody else ever holds: an authorizer that serves
 * calls does not know it.
 */
final class DummyIssuer {
  private static final String ISSUER = "https://priming.invalid/";
  private static final int RSA_BITS = 2_048;
  private static final int COORDINATE = 32;

  private final KeyPair rsa;
  private final KeyPair ec;

  DummyIssuer() throws GeneralSecurityException {
    var rsaKeys = KeyPairGenerator.getInstance("RSA");
    rsaKeys.initialize(RSA_BITS);
    rsa = rsaKeys.generateKeyPair();
    var ecKeys = KeyPairGenerator.getInstance("EC");
    ecKeys.initialize(new ECGenParameterSpec("secp256r1"));
    ec = ecKeys.generateKeyPair();
  }

  /** As {@code GRANTWAY_ISSUERS} holds it. */
  String setting() {
    var modulus = ((RSAPublicKey) rsa.getPublic()).getModulus();
    var exponent = ((RSAPublicKey) rsa.getPublic()).getPublicExponent();
    var point = ((ECPublicKey) ec.getPublic()).getW();
    return """
    [{"alias": "priming", "issuer": "%s", "audiences": ["priming"],
      "algorithms": ["RS256", "ES256"], "roles": ["/roles"],
      "jwks": {"keys": [
        {"kty": "RSA", "kid": "RS256", "n": "%s", "e": "%s"},
        {"kty": "EC", "crv": "P-256", "kid": "ES256", "x": "%s", "y": "%s"}]}}]\
    """
        .formatted(
            ISSUER,
            number(modulus, RSA_BITS / Byte.SIZE),
            number(exponent, (exponent.bitLength() + 7) / Byte.SIZE),
            number(point.getAffineX(), COORDINATE),
            number(point.getAffineY(), COORDINATE));
  }

  /** One token of each algorithm, for a caller with that role, good for a minute. */
  List<String> tokens(String role, Instant now) throws GeneralSecurityException {
    return List.of(
        token("RS256", "SHA256withRSA", rsa, role, now),
        token("ES256", "SHA256withECDSAinP1363Format", ec, role, now));
  }

  private static String token(
      String algorithm, String signature, KeyPair pair, String role, Instant now)
      throws GeneralSecurityException {
    var header =
        """
        {"alg":"%1$s","kid":"%1$s","typ":"at+jwt"}\
        """
            .formatted(algorithm);
    var payload =
        """
        {"iss":"%s","aud":"priming","sub":"priming","iat":%d,"exp":%d,"roles":["%s"]}\
        """
            .formatted(ISSUER, now.getEpochSecond(), now.getEpochSecond() + 60, role);
    var signed = encode(header) + "." + encode(payload);
    var signer = Signature.getInstance(signature);
    signer.initSign(pair.getPrivate());
    signer.update(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + encode(signer.sign());
  }

  /** Big-endian and unsigned, of that many bytes. */
  private static String number(BigInteger value, int size) {
    byte[] bytes = value.toByteArray();
    byte[] sized = new byte[size];
    int kept = Math.min(bytes.length, size);
    System.arraycopy(bytes, bytes.length - kept, sized, size - kept, kept);
    return encode(sized);
  }

  private static String encode(String text) {
    return encode(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
