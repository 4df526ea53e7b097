package dev.grantway.sandbox.twin;

import dev.grantway.resource.ApiType;
import dev.grantway.resource.RouteTable;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One deployed stage of an API, whose kind is that of its authorizer.
 *
 * @param apiId as in the ARN
 * @param apiName what the URL may say instead of the id
 * @param routes asked for each request, so that a publish that changes routes is seen; it must be
 *     cheap and safe to call from many threads
 * @param resourcePolicy of a REST API, as JSON; told whoever reads the API, and not evaluated
 */
public record StageConfiguration(
    String apiId,
    String apiName,
    String stage,
    Supplier<RouteTable> routes,
    AuthorizerSettings authorizer,
    Map<String, String> stageVariables,
    Optional<String> resourcePolicy) {

  /** The stage of an HTTP API that needs no name in a URL. */
  static final String DEFAULT = "$default";

  public StageConfiguration {
    stageVariables = Map.copyOf(stageVariables);
  }

  /** Without a resource policy. */
  public StageConfiguration(
      String apiId,
      String apiName,
      String stage,
      Supplier<RouteTable> routes,
      AuthorizerSettings authorizer,
      Map<String, String> stageVariables) {
    this(apiId, apiName, stage, routes, authorizer, stageVariables, Optional.empty());
  }

  ApiType type() {
    return authorizer.kind().api();
  }

  boolean isDefault() {
    return type() == ApiType.HTTP && stage.equals(DEFAULT);
  }
}
