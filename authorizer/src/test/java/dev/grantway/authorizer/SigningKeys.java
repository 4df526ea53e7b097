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
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/** Keys of a made-up issuer, by key id, and the tokens they sign. */
public final class SigningKeys {
  private static final Map<String, KeyPair> PAIRS =
      Map.of(
          "r1", rsa(2048),
          "r2", rsa(2048),
          "e1", ec("secp256r1"),
          "o1", ed25519());

  private SigningKeys() {}

  /** A whole key set of all public keys. */
  public static String keySet() {
    return keySet("r1", "r2", "e1", "o1");
  }

  public static String keySet(String... ids) {
    return "{\"keys\":["
        + String.join(",", Arrays.stream(ids).map(SigningKeys::jwk).toList())
        + "]}";
  }

  /** One public key as a JWK. */
  public static String jwk(String id) {
    return switch (PAIRS.get(id).getPublic()) {
      case RSAPublicKey key ->
          "{\"kty\":\"RSA\",\"kid\":\"%s\",\"n\":\"%s\",\"e\":\"%s\"}"
              .formatted(id, number(key.getModulus(), 256), number(key.getPublicExponent(), 3));
      case ECPublicKey key ->
          "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"%s\",\"x\":\"%s\",\"y\":\"%s\"}"
              .formatted(
                  id, number(key.getW().getAffineX(), 32), number(key.getW().getAffineY(), 32));
      default -> {
        byte[] encoded = PAIRS.get(id).getPublic().getEncoded();
        yield "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"%s\",\"x\":\"%s\"}"
            .formatted(
                id, encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)));
      }
    };
  }

  /** A compact JWS over these texts, whatever they say. */
  public static String sign(String id, String header, String payload) {
    var input = encode(header) + "." + encode(payload);
    return input + "." + encode(signature(id, input));
  }

  /** The same with an ordinary header for that key. */
  public static String sign(String id, String payload) {
    return sign(id, header(id), payload);
  }

  public static String header(String id) {
    var alg =
        switch (id.charAt(0)) {
          case 'r' -> "RS256";
          case 'e' -> "ES256";
          default -> "EdDSA";
        };
    return "{\"alg\":\"%s\",\"kid\":\"%s\",\"typ\":\"at+jwt\"}".formatted(alg, id);
  }

  public static String encode(String text) {
    return encode(text.getBytes(StandardCharsets.UTF_8));
  }

  public static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] signature(String id, String input) {
    var name =
        switch (id.charAt(0)) {
          case 'r' -> "SHA256withRSA";
          case 'e' -> "SHA256withECDSAinP1363Format";
          default -> "Ed25519";
        };
    try {
      var signer = Signature.getInstance(name);
      signer.initSign(PAIRS.get(id).getPrivate());
      signer.update(input.getBytes(StandardCharsets.US_ASCII));
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String number(BigInteger value, int size) {
    byte[] bytes = value.toByteArray();
    byte[] sized = new byte[size];
    int length = Math.min(bytes.length, size);
    System.arraycopy(bytes, bytes.length - length, sized, size - length, length);
    return encode(sized);
  }

  private static KeyPair rsa(int bits) {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair ec(String curve) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair ed25519() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
