package dev.grantway.store.dynamodb;

import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
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
    var aws = new AwsSettings(environment);
    return aws.on(DynamoDbClient.builder(), aws.endpoint("DYNAMODB"))
        .httpClientBuilder(
            UrlConnectionHttpClient.builder().connectionTimeout(attempt).socketTimeout(attempt))
        .overrideConfiguration(
            config ->
                config
                    .apiCallAttemptTimeout(attempt)
                    .apiCallTimeout(total)
                    .addExecutionInterceptor(new DeadlineInterceptor()))
        .build();
  }
}
