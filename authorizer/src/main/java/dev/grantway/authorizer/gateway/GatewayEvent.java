package dev.grantway.authorizer.gateway;

import java.util.Set;

/**
 * What API Gateway asks.
 *
 * @param kind which kind of authorizer is asked
 * @param arn the method, path and stage asked about
 * @param templates the templates that the event says were chosen; none for TOKEN events
 * @param routeKeys the route keys that an HTTP API's event says were chosen
 * @param consistent whether what the event says of its API, stage and method is what its ARN says
 * @param credential the value that should carry the token, or why there is none
 * @param sourceIp the caller's address, or empty
 * @param parameters its headers and query
 */
public record GatewayEvent(
    ApiKind kind,
    MethodArn arn,
    Set<String> templates,
    Set<String> routeKeys,
    boolean consistent,
    Credential credential,
    String sourceIp,
    Parameters parameters) {
  public GatewayEvent {
    templates = Set.copyOf(templates);
    routeKeys = Set.copyOf(routeKeys);
  }
}
