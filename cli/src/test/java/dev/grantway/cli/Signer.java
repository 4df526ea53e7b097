package dev.grantway.cli;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** A made-up issuer: its key set, and the tokens it signs. */
final class Signer {
  private static final int COORDINATE = 32;
  private final KeyPair pair;

  Signer() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    pair = generator.generateKeyPair();
  }

  String keySet() {
    var key = (ECPublicKey) pair.getPublic();
    return "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"k\",\"x\":\"%s\",\"y\":\"%s\"}]}"
        .formatted(number(key.getW().getAffineX()), number(key.getW().getAffineY()));
  }

  String sign(String payload) throws GeneralSecurityException {
    String input =
        encode("{\"alg\":\"ES256\",\"kid\":\"k\",\"typ\":\"at+jwt\"}") + "." + encode(payload);
    var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initSign(pair.getPrivate());
    signature.update(input.getBytes(StandardCharsets.US_ASCII));
    return input + "." + encode(signature.sign());
  }

  private static String number(BigInteger value) {
    byte[] bytes = value.toByteArray();
    byte[] sized = new byte[COORDINATE];
    int length = Math.min(bytes.length, COORDINATE);
    System.arraycopy(bytes, bytes.length - length, sized, COORDINATE - length, length);
    return encode(sized);
  }

  private static String encode(String text) {
    return encode(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
