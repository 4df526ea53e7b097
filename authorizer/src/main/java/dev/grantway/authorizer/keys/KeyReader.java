package dev.grantway.authorizer.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import dev.grantway.authorizer.json.Json;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** One member of a key set (RFC 7517) to a key, or the reason it cannot be used (TOKENS step 6). */
final class KeyReader {
  private static final List<String> PRIVATE = List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");
  private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final int SMALLEST_RSA = 2_048;
  private static final int LARGEST_RSA = 8_192;
  private static final int LONGEST_ID = 256;

  private KeyReader() {}

  static VerificationKey read(Json member) throws UnusableKeyException {
    if (!(member instanceof Json.Obj jwk)) {
      throw new UnusableKeyException("not one object with distinct members");
    }
    if (PRIVATE.stream().anyMatch(name -> jwk.get(name).isPresent())) {
      throw new UnusableKeyException("private or symmetric");
    }
    checkPurpose(jwk);
    var type = type(jwk);
    var restriction = restriction(jwk, type);
    return new VerificationKey(id(jwk), restriction, type, publicKey(jwk, type));
  }

  private static void checkPurpose(Json.Obj jwk) throws UnusableKeyException {
    if (jwk.get("use").isPresent() && !jwk.text("use").equals(Optional.of("sig"))) {
      throw new UnusableKeyException("`use` is not `sig`");
    }
    var operations = jwk.get("key_ops");
    boolean verifies =
        operations.isEmpty()
            || operations.get() instanceof Json.Arr(var items)
                && items.contains(new Json.Text("verify"));
    if (!verifies) {
      throw new UnusableKeyException("`key_ops` lacks `verify`");
    }
  }

  private static Optional<String> id(Json.Obj jwk) throws UnusableKeyException {
    var id = jwk.text("kid");
    if (jwk.get("kid").isPresent() && id.filter(text -> text.length() <= LONGEST_ID).isEmpty()) {
      throw new UnusableKeyException("`kid` is not a string of at most 256 characters");
    }
    return id;
  }

  private static KeyType type(Json.Obj jwk) throws UnusableKeyException {
    return switch (jwk.text("kty").orElse("")) {
      case "RSA" -> KeyType.RSA;
      case "EC" ->
          switch (jwk.text("crv").orElse("")) {
            case "P-256" -> KeyType.P_256;
            case "P-384" -> KeyType.P_384;
            case "P-521" -> KeyType.P_521;
            default -> throw new UnusableKeyException("unknown curve");
          };
      case "OKP" -> {
        if (!jwk.text("crv").equals(Optional.of("Ed25519"))) {
          throw new UnusableKeyException("unknown curve");
        }
        yield KeyType.ED25519;
      }
      default -> throw new UnusableKeyException("unknown key type");
    };
  }

  private static Optional<Algorithm> restriction(Json.Obj jwk, KeyType type)
      throws UnusableKeyException {
    if (jwk.get("alg").isEmpty()) {
      return Optional.empty();
    }
    var algorithm = jwk.text("alg").flatMap(Algorithm::named);
    if (algorithm.filter(known -> known.keyType() == type).isEmpty()) {
      throw new UnusableKeyException("`alg` is not one this key can check");
    }
    return algorithm;
  }

  private static PublicKey publicKey(Json.Obj jwk, KeyType type) throws UnusableKeyException {
    try {
      return switch (type) {
        case RSA -> rsa(number(jwk, "n"), number(jwk, "e"));
        case P_256 -> ec(jwk, Curve.P_256);
        case P_384 -> ec(jwk, Curve.P_384);
        case P_521 -> ec(jwk, Curve.P_521);
        case ED25519 -> ed25519(bytes(jwk, "x"));
      };
    } catch (GeneralSecurityException
        | JOSEException
        | IllegalArgumentException
        | IllegalStateException e) {
      throw new UnusableKeyException("not a valid public key");
    }
  }

  private static PublicKey rsa(BigInteger modulus, BigInteger exponent)
      throws GeneralSecurityException, UnusableKeyException {
    if (modulus.bitLength() < SMALLEST_RSA || modulus.bitLength() > LARGEST_RSA) {
      throw new UnusableKeyException("RSA of " + modulus.bitLength() + " bits");
    }
    if (exponent.compareTo(BigInteger.TWO) <= 0 || !exponent.testBit(0) || !modulus.testBit(0)) {
      throw new UnusableKeyException("RSA modulus or exponent out of range");
    }
    if (Roca.suspects(modulus)) {
      throw new UnusableKeyException("RSA modulus of a faulty generator");
    }
    return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
  }

  private static PublicKey ec(Json.Obj jwk, Curve curve)
      throws JOSEException, UnusableKeyException {
    var x = Base64URL.encode(bytes(jwk, "x"));
    var y = Base64URL.encode(bytes(jwk, "y"));
    return new ECKey.Builder(curve, x, y).build().toECPublicKey();
  }

  private static PublicKey ed25519(byte[] x) throws GeneralSecurityException, UnusableKeyException {
    if (x.length != 32) {
      throw new UnusableKeyException("not a valid public key");
    }
    byte[] encoded = new byte[ED25519_PREFIX.length + x.length];
    System.arraycopy(ED25519_PREFIX, 0, encoded, 0, ED25519_PREFIX.length);
    System.arraycopy(x, 0, encoded, ED25519_PREFIX.length, x.length);
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
  }

  private static BigInteger number(Json.Obj jwk, String name) throws UnusableKeyException {
    return new BigInteger(1, bytes(jwk, name));
  }

  private static byte[] bytes(Json.Obj jwk, String name) throws UnusableKeyException {
    return jwk.text(name)
        .flatMap(Base64Url::decode)
        .orElseThrow(() -> new UnusableKeyException("`" + name + "` is not base64url"));
  }
}
