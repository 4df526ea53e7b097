package dev.grantway.sandbox.twin;

import dev.grantway.resource.RouteTable;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One deployed stage of a REST API.
 *
 * @param apiId as in the ARN
 * @param apiName what the URL may say instead of the id
 * @param routes asked for each request, so that a publish that changes routes is seen; it must be
 *     cheap and safe to call from many threads
 */
public record StageConfiguration(
    String apiId,
    String apiName,
    String stage,
    Supplier<RouteTable> routes,
    AuthorizerSettings authorizer,
    Map<String, String> stageVariables) {

  public StageConfiguration {
    stageVariables = Map.copyOf(stageVariables);
  }
}
