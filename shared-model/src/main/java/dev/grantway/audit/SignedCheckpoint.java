package dev.grantway.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.Sha256;

/**
 * A checkpoint as it was signed; nothing says that it is right before {@link #isSigned} did. What
 * is signed is the text {@code grantway-checkpoint}, a line feed and {@link #hash}: key services
 * sign short messages only.
 *
 * @param body as text: the canonical form of a {@link Checkpoint}
 * @param key the public key of whoever signed it, as {@link PublicKeys} writes it
 * @param signature in base64
 */
public record SignedCheckpoint(String body, String key, String signature) {

  /** Signs checkpoints. The key may be a file's or a key service's. */
  public interface Signer {
    /** The public key, as {@link PublicKeys} writes it. */
    String key();

    /**
     * Signs with Ed25519 (RFC 8032).
     *
     * @return the signature in base64
     * @throws java.io.UncheckedIOException if whoever holds the key cannot be asked
     */
    String sign(byte[] message);
  }

  public static SignedCheckpoint sign(Checkpoint checkpoint, Signer signer) {
    byte[] body = checkpoint.write();
    return new SignedCheckpoint(
        new String(body, UTF_8), signer.key(), signer.sign(message(Sha256.hex(body))));
  }

  private static byte[] message(String hash) {
    return ("grantway-checkpoint\n" + hash).getBytes(UTF_8);
  }

  /** What it says; an {@link IllegalArgumentException} if that cannot be read. */
  public Checkpoint checkpoint() {
    return Checkpoint.read(body.getBytes(UTF_8));
  }

  /** The SHA-256 of the body, in lower-case hexadecimal. */
  public String hash() {
    return Sha256.hex(body.getBytes(UTF_8));
  }

  /** True if the signature is that of the key it names; whether to trust that key is not asked. */
  public boolean isSigned() {
    return PublicKeys.verifies(key, message(hash()), signature);
  }

  /** One line of JSON without its end: the form of copies outside. */
  public String line() {
    return new String(
        CanonicalJson.write(
            json -> {
              json.writeStartObject();
              json.writeStringField("checkpoint", body);
              json.writeStringField("key", key);
              json.writeStringField("signature", signature);
              json.writeEndObject();
            }),
        UTF_8);
  }

  /** Reads what {@link #line} wrote; anything else is an {@link IllegalArgumentException}. */
  public static SignedCheckpoint read(String line) {
    return CanonicalJson.read(line.strip().getBytes(UTF_8))
        .as(
            json ->
                new SignedCheckpoint(
                    json.text("checkpoint"), json.text("key"), json.text("signature")));
  }
}
