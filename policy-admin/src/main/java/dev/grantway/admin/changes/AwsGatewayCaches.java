package dev.grantway.admin.changes;

import dev.grantway.admin.AdminSettings;
import dev.grantway.resource.ApiType;
import dev.grantway.store.dynamodb.AwsSettings;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;

/**
 * Flushes by API Gateway's own operations, signed: FlushStageAuthorizersCache of REST APIs,
 * ResetAuthorizersCache of HTTP APIs. A call with its retries ends after three seconds.
 */
@Component
class AwsGatewayCaches implements GatewayCaches {
  private static final Logger LOG = LoggerFactory.getLogger(AwsGatewayCaches.class);
  private static final Duration LIMIT = Duration.ofSeconds(3);

  private final Optional<Clients> clients;

  private record Clients(ApiGatewayClient rest, ApiGatewayV2Client http) {}

  @Autowired
  AwsGatewayCaches(AdminSettings settings) {
    this(settings.flushUrl(), System.getenv());
  }

  AwsGatewayCaches(String url, Map<String, String> environment) {
    var aws = new AwsSettings(environment);
    this.clients =
        url.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Clients(
                    of(ApiGatewayClient.builder(), aws, url).build(),
                    of(ApiGatewayV2Client.builder(), aws, url).build()));
  }

  private static <B extends AwsSyncClientBuilder<B, ?> & AwsClientBuilder<B, ?>> B of(
      B builder, AwsSettings aws, String url) {
    return aws.on(builder, url.equals(AdminSettings.FLUSH_ON_AWS) ? "" : url)
        .httpClientBuilder(UrlConnectionHttpClient.builder().connectionTimeout(LIMIT))
        .overrideConfiguration(config -> config.apiCallTimeout(LIMIT));
  }

  @Override
  public boolean flush(Propagation.Stage stage) {
    return clients.isPresent() && flush(clients.get(), stage);
  }

  private static boolean flush(Clients clients, Propagation.Stage stage) {
    String api = stage.api().value();
    try {
      if (stage.type() == ApiType.HTTP) {
        clients.http().resetAuthorizersCache(ask -> ask.apiId(api).stageName(stage.name()));
      } else {
        clients
            .rest()
            .flushStageAuthorizersCache(ask -> ask.restApiId(api).stageName(stage.name()));
      }
      return true;
    } catch (SdkException e) {
      LOG.warn(
          "the authorizer cache of {}/{} cannot be flushed: {}",
          stage.api(),
          stage.name(),
          String.valueOf(e.getMessage()));
      return false;
    }
  }

  @PreDestroy
  void close() {
    clients.ifPresent(
        each -> {
          each.rest().close();
          each.http().close();
        });
  }
}
