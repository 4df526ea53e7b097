package dev.grantway.store.dynamodb;

import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/**
 * Where on AWS and as whom: {@code AWS_REGION}, {@code AWS_ACCESS_KEY_ID}, {@code
 * AWS_SECRET_ACCESS_KEY} and {@code AWS_SESSION_TOKEN}, under the SDK's own names.
 *
 * @param environment settings by name
 */
public record AwsSettings(Map<String, String> environment) {
  public AwsSettings {
    environment = Map.copyOf(environment);
  }

  /** The region; without one it refuses. */
  private Region region() {
    String region = environment.getOrDefault("AWS_REGION", "");
    if (region.isEmpty()) {
      throw new IllegalArgumentException("AWS_REGION is not set: set it to the table's region");
    }
    return Region.of(region);
  }

  /**
   * The key to sign with.
   *
   * @param ownEndpoint an endpoint that is not AWS's is asked: without a key, one of no worth does.
   *     On AWS the SDK's default chain finds one
   */
  private AwsCredentialsProvider credentials(boolean ownEndpoint) {
    String id = environment.getOrDefault("AWS_ACCESS_KEY_ID", "");
    String secret = environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "");
    String session = environment.getOrDefault("AWS_SESSION_TOKEN", "");
    if (!id.isEmpty() && !secret.isEmpty()) {
      return StaticCredentialsProvider.create(
          session.isEmpty()
              ? AwsBasicCredentials.create(id, secret)
              : AwsSessionCredentials.create(id, secret, session));
    }
    if (ownEndpoint) {
      return StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
    }
    return DefaultCredentialsProvider.builder().build();
  }

  /**
   * A client there.
   *
   * @param endpoint another endpoint than AWS's own; empty for none
   */
  public <B extends AwsClientBuilder<B, ?>> B on(B builder, String endpoint) {
    builder.region(region()).credentialsProvider(credentials(!endpoint.isEmpty()));
    return endpoint.isEmpty() ? builder : builder.endpointOverride(URI.create(endpoint));
  }

  /** The endpoint set for a service under the SDK's name, {@code AWS_ENDPOINT_URL_…}; or empty. */
  public String endpoint(String service) {
    return environment.getOrDefault("AWS_ENDPOINT_URL_" + service, "");
  }

  @Override
  public String toString() {
    return "AwsSettings[" + environment.getOrDefault("AWS_REGION", "") + "]";
  }
}
