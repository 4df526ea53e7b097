package dev.grantway.admin.activity;

import dev.grantway.audit.PublicKeys;
import dev.grantway.audit.SignedCheckpoint;
import dev.grantway.store.dynamodb.AwsSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Base64;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.MessageType;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;

/**
 * Signs with a key of AWS KMS of the spec {@code ECC_NIST_EDWARDS25519}, which never leaves it
 * (operations GetPublicKey and Sign, {@code ED25519_SHA_512}).
 */
final class KmsSigner implements SignedCheckpoint.Signer {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final KmsClient client;
  private final String id;
  private final String key;

  private KmsSigner(KmsClient client, String id, String key) {
    this.client = client;
    this.id = id;
    this.key = key;
  }

  /**
   * Asks for the public key; a key that is not of that spec, or cannot be used, is an {@link
   * IOException}.
   *
   * @param id the key's id, alias or ARN
   */
  static KmsSigner open(String id, AwsSettings aws) throws IOException {
    KmsClient client =
        aws.on(KmsClient.builder(), aws.endpoint("KMS"))
            .httpClientBuilder(UrlConnectionHttpClient.builder().connectionTimeout(LIMIT))
            .overrideConfiguration(config -> config.apiCallTimeout(LIMIT))
            .build();
    try {
      byte[] key = client.getPublicKey(ask -> ask.keyId(id)).publicKey().asByteArray();
      String text = Base64.getEncoder().encodeToString(key);
      return new KmsSigner(client, id, PublicKeys.fromPem(PublicKeys.pem(text)));
    } catch (SdkException | IllegalArgumentException e) {
      client.close();
      throw new IOException(
          "key `" + id + "` of KMS cannot sign checkpoints: " + e.getMessage(), e);
    }
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public String sign(byte[] message) {
    try {
      byte[] signature =
          client
              .sign(
                  ask ->
                      ask.keyId(id)
                          .message(SdkBytes.fromByteArray(message))
                          .messageType(MessageType.RAW)
                          .signingAlgorithm(SigningAlgorithmSpec.ED25519_SHA_512))
              .signature()
              .asByteArray();
      return Base64.getEncoder().encodeToString(signature);
    } catch (SdkException e) {
      throw new UncheckedIOException(
          new IOException("key `" + id + "` of KMS did not sign: " + e.getMessage(), e));
    }
  }
}
