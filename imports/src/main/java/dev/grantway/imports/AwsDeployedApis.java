package dev.grantway.imports;

import dev.grantway.policy.Api;
import dev.grantway.store.dynamodb.AwsSettings;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;

/**
 * By API Gateway's own operations, signed: GetExport of REST APIs ({@code oas30}), ExportApi of
 * HTTP APIs ({@code OAS30}), with API Gateway's extensions, of which {@code
 * x-amazon-apigateway-any-method} is one; both only read. WebSocket APIs have no export. A call
 * with its retries ends after thirty seconds.
 */
public final class AwsDeployedApis implements DeployedApis {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String JSON = "application/json";

  private final AwsSettings aws;
  private final String url;

  /**
   * Asks with the credentials and the region of an environment.
   *
   * @param url where API Gateway answers; empty for AWS
   */
  public AwsDeployedApis(String url, Map<String, String> environment) {
    this.aws = new AwsSettings(environment);
    this.url = url;
  }

  private <B extends AwsSyncClientBuilder<B, ?> & AwsClientBuilder<B, ?>> B of(B builder) {
    return aws.on(builder, url)
        .httpClientBuilder(UrlConnectionHttpClient.builder().connectionTimeout(LIMIT))
        .overrideConfiguration(config -> config.apiCallTimeout(LIMIT));
  }

  @Override
  public byte[] openApi(Api api, String stage) {
    try {
      return switch (api.type()) {
        case REST -> rest(api.id().value(), stage);
        case HTTP -> http(api.id().value(), stage);
        case WEBSOCKET ->
            throw new IllegalArgumentException(
                "API `"
                    + api.name()
                    + "` is a WebSocket API, which API Gateway does not export: import a policy"
                    + " file");
      };
    } catch (SdkException failed) {
      throw new Unreadable(
          "the routes of `"
              + api.id()
              + "` in stage `"
              + stage
              + "` cannot be read from API Gateway: see that the id and the stage are right, and"
              + " that these credentials may do apigateway:GET",
          failed);
    }
  }

  private byte[] rest(String id, String stage) {
    try (ApiGatewayClient client = of(ApiGatewayClient.builder()).build()) {
      return client
          .getExport(
              ask ->
                  ask.restApiId(id)
                      .stageName(stage)
                      .exportType("oas30")
                      .parameters(Map.of("extensions", "apigateway"))
                      .accepts(JSON))
          .body()
          .asByteArray();
    }
  }

  private byte[] http(String id, String stage) {
    try (ApiGatewayV2Client client = of(ApiGatewayV2Client.builder()).build()) {
      return client
          .exportApi(
              ask ->
                  ask.apiId(id)
                      .stageName(stage)
                      .specification("OAS30")
                      .outputType("JSON")
                      .includeExtensions(true))
          .body()
          .asByteArray();
    }
  }
}
