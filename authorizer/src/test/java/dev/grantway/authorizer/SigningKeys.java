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
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Keys of a made-up issuer, by key id, and the tokens they sign. */
public final class SigningKeys {
  private static final Map<String, KeyPair> PAIRS =
      Map.of(
          "r1", rsa(2048),
          "r2", rsa(2048),
          "e1", ec("secp256r1"),
          "e3", ec("secp384r1"),
          "e5", ec("secp521r1"),
          "o1", ed25519());

  private static final Pattern ALG = Pattern.compile("\"alg\" *: *\"([A-Za-z0-9]+)\"");

  private SigningKeys() {}

  /** A whole key set of all public keys. */
  public static String keySet() {
    return keySet("r1", "r2", "e1", "e3", "e5", "o1");
  }

  public static String keySet(String... ids) {
    return "{\"keys\":["
        + String.join(",", Arrays.stream(ids).map(SigningKeys::jwk).toList())
        + "]}";
  }

  /** One public key as a JWK. */
  public static String jwk(String id) {
    return switch (pair(id).getPublic()) {
      case RSAPublicKey key ->
          "{\"kty\":\"RSA\",\"kid\":\"%s\",\"n\":\"%s\",\"e\":\"%s\"}"
              .formatted(id, number(key.getModulus(), 256), number(key.getPublicExponent(), 3));
      case ECPublicKey key ->
          "{\"kty\":\"EC\",\"crv\":\"%s\",\"kid\":\"%s\",\"x\":\"%s\",\"y\":\"%s\"}"
              .formatted(
                  curve(id),
                  id,
                  number(key.getW().getAffineX(), coordinate(id)),
                  number(key.getW().getAffineY(), coordinate(id)));
      default -> {
        byte[] encoded = pair(id).getPublic().getEncoded();
        yield "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"%s\",\"x\":\"%s\"}"
            .formatted(
                id, encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)));
      }
    };
  }

  /** A compact JWS over these texts, whatever they say. */
  public static String sign(String id, String header, String payload) {
    var input = encode(header) + "." + encode(payload);
    return input + "." + signature(id, header, input);
  }

  /** The signature over that text, as the header says where it can be read, in base64url. */
  public static String signature(String id, String header, String input) {
    return encode(
        sign(id, ALG.matcher(header).results().findFirst().map(it -> it.group(1)), input));
  }

  /** The same with an ordinary header for that key. */
  public static String sign(String id, String payload) {
    return sign(id, header(id), payload);
  }

  public static String header(String id) {
    var alg =
        switch (id.charAt(0)) {
          case 'r' -> "RS256";
          case 'e' -> "ES" + (id.equals("e1") ? "256" : id.equals("e3") ? "384" : "512");
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

  private static String curve(String id) {
    return switch (id) {
      case "e1" -> "P-256";
      case "e3" -> "P-384";
      default -> "P-521";
    };
  }

  private static KeyPair pair(String id) {
    return Objects.requireNonNull(PAIRS.get(id), id);
  }

  private static int coordinate(String id) {
    return switch (id) {
      case "e1" -> 32;
      case "e3" -> 48;
      default -> 66;
    };
  }

  private static byte[] sign(String id, Optional<String> alg, String input) {
    try {
      var signer = signer(id, alg.orElse(""));
      signer.initSign(pair(id).getPrivate());
      signer.update(input.getBytes(StandardCharsets.US_ASCII));
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Of the kind that the key can, with the hash of the header's algorithm where it has one. */
  private static Signature signer(String id, String alg) throws GeneralSecurityException {
    var bits = alg.endsWith("384") ? "384" : alg.endsWith("512") ? "512" : "256";
    return switch (id.charAt(0)) {
      case 'r' ->
          alg.startsWith("PS") ? pss(bits) : Signature.getInstance("SHA" + bits + "withRSA");
      case 'e' -> Signature.getInstance("SHA" + bits + "withECDSAinP1363Format");
      default -> Signature.getInstance("Ed25519");
    };
  }

  private static Signature pss(String bits) throws GeneralSecurityException {
    var signer = Signature.getInstance("RSASSA-PSS");
    var hash = new MGF1ParameterSpec("SHA-" + bits);
    int salt = Integer.parseInt(bits) / 8;
    signer.setParameter(new PSSParameterSpec("SHA-" + bits, "MGF1", hash, salt, 1));
    return signer;
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
