package dev.grantway.store.dynamodb;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Makes clients from settings under the SDK's own names. */
public final class DynamoClients {
  private static final Duration ATTEMPT = Duration.ofSeconds(2);
  private static final Duration TOTAL = Duration.ofSeconds(10);

  private DynamoClients() {}

  /**
   * Makes a client from {@code AWS_REGION}, {@code AWS_ENDPOINT_URL_DYNAMODB} (for a table that is
   * not AWS's), {@code AWS_ACCESS_KEY_ID}, {@code AWS_SECRET_ACCESS_KEY} and {@code
   * AWS_SESSION_TOKEN}. With an endpoint and no key it signs with a key of no worth; on AWS without
   * a key it asks the SDK's default chain. Without a region it refuses.
   */
  public static DynamoDbClient create(Map<String, String> environment) {
    return create(environment, ATTEMPT, TOTAL);
  }

  /** The same with other limits on one attempt and on a call with all its retries. */
  public static DynamoDbClient create(
      Map<String, String> environment, Duration attempt, Duration total) {
    String region = environment.getOrDefault("AWS_REGION", "");
    if (region.isEmpty()) {
      throw new IllegalArgumentException("AWS_REGION is not set: set it to the table's region");
    }
    String endpoint = environment.getOrDefault("AWS_ENDPOINT_URL_DYNAMODB", "");
    var builder =
        DynamoDbClient.builder()
            .region(Region.of(region))
            .credentialsProvider(credentials(environment, !endpoint.isEmpty()))
            .httpClientBuilder(
                UrlConnectionHttpClient.builder().connectionTimeout(attempt).socketTimeout(attempt))
            .overrideConfiguration(
                config ->
                    config
                        .apiCallAttemptTimeout(attempt)
                        .apiCallTimeout(total)
                        .addExecutionInterceptor(new DeadlineInterceptor()));
    if (!endpoint.isEmpty()) {
      builder.endpointOverride(URI.create(endpoint));
    }
    return builder.build();
  }

  private static AwsCredentialsProvider credentials(
      Map<String, String> environment, boolean ownEndpoint) {
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
}
