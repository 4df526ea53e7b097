package dev.grantway.sandbox.twin;

import dev.grantway.resource.ApiType;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Route;
import dev.grantway.sandbox.twin.http.Request;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A request that was routed.
 *
 * @param method the verb; on WebSocket the route key
 * @param sent the path as it was sent, which it was routed by
 */
record GatewayRequest(
    TwinConfiguration gateway,
    StageConfiguration stage,
    Route route,
    String method,
    String sent,
    HeaderFields headers,
    QueryString query,
    String protocol,
    String sourceIp,
    String requestId,
    Instant time) {

  private static final DateTimeFormatter REQUEST_TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  static GatewayRequest of(
      TwinConfiguration gateway,
      StageConfiguration stage,
      Route route,
      String method,
      String path,
      Request request,
      String requestId) {
    String sourceIp = request.peer().getHostAddress();
    var sent = HeaderFields.of(request.headers());
    String forwarded =
        sent.last("X-Forwarded-For").map(before -> before + ", " + sourceIp).orElse(sourceIp);
    HeaderFields headers =
        sent.with("X-Forwarded-For", forwarded)
            .with("X-Forwarded-Port", String.valueOf(gateway.port()))
            .with("X-Forwarded-Proto", "http");
    return new GatewayRequest(
        gateway,
        stage,
        route,
        method,
        path,
        headers,
        QueryString.parse(GatewayUrl.parse(request.target()).query()),
        request.version(),
        sourceIp,
        requestId,
        gateway.clock().instant());
  }

  /**
   * Concrete, as in the ARN: on REST as it was sent, encoding, doubled and trailing slashes kept;
   * on HTTP APIs decoded; on WebSocket empty.
   */
  String path() {
    return switch (stage.type()) {
      case REST -> sent;
      case HTTP -> PercentEncoding.decoded(sent);
      case WEBSOCKET -> "";
    };
  }

  /** The path with the stage before it, but for the stage {@code $default}. */
  String pathWithStage() {
    return stage.isDefault() ? path() : "/" + stage.stage() + path();
  }

  /** {@code GET /orders/{id}}, {@code $default}, {@code $connect}. */
  String routeKey() {
    return route.toString();
  }

  /** The resource's path template, {@code /orders/{id}}. */
  String resource() {
    return route.template().toString();
  }

  String methodArn() {
    return "arn:aws:execute-api:"
        + String.join(":", gateway.region(), gateway.account(), stage.apiId())
        + String.join("/", "", stage.stage(), method)
        + path();
  }

  Map<String, String> pathParameters() {
    boolean rest = stage.type() == ApiType.REST;
    if (!rest && gateway.answers().routesDecoded()) {
      return PathParameters.of(route.template(), RequestPath.of(path()));
    }
    var path = RequestPath.of(sent);
    Map<String, String> parameters =
        PathParameters.of(route.template(), rest ? path.withoutTrailingSlash() : path);
    if (!rest || gateway.answers().decodesPathParameters()) {
      parameters.replaceAll((name, value) -> PercentEncoding.decoded(value));
    }
    return parameters;
  }

  /** {@code $context} less its objects, in the order in which events carry it. */
  Map<String, String> context() {
    var context = new LinkedHashMap<String, String>();
    context.put("resourceId", ResourceIds.of(resource()));
    context.put("resourcePath", resource());
    context.put("httpMethod", method);
    context.put("extendedRequestId", extendedRequestId());
    context.put("requestTime", requestTime());
    context.put("path", pathWithStage());
    context.put("accountId", gateway.account());
    context.put("protocol", protocol);
    context.put("stage", stage.stage());
    context.put("domainPrefix", stage.apiId());
    context.put("requestTimeEpoch", String.valueOf(time.toEpochMilli()));
    context.put("requestId", requestId);
    context.put("domainName", domainName());
    context.put("apiId", stage.apiId());
    return context;
  }

  String requestTime() {
    return REQUEST_TIME.format(time);
  }

  String extendedRequestId() {
    return requestId.replace("-", "").substring(0, 15) + "=";
  }

  String domainName() {
    return stage.apiId() + ".execute-api." + gateway.region() + ".amazonaws.com";
  }

  String userAgent() {
    return headers.last("User-Agent").orElse("");
  }

  /** The values of an identity source; none where it is missing or empty. */
  List<String> identity(IdentitySource source) {
    List<String> values =
        switch (source) {
          case IdentitySource.Header(var name) -> headers.all(name);
          case IdentitySource.Query(var name) -> query.values().getOrDefault(name, List.of());
          case IdentitySource.StageVariable(var name) ->
              List.of(stage.stageVariables().getOrDefault(name, ""));
          case IdentitySource.Context(var name) -> List.of(contextValue(name));
        };
    return values.stream().allMatch(String::isEmpty) ? List.of() : values;
  }

  private String contextValue(String name) {
    return switch (name) {
      case "identity.sourceIp" -> sourceIp;
      case "identity.userAgent" -> userAgent();
      case "routeKey" -> stage.type() == ApiType.REST ? "" : routeKey();
      default -> context().getOrDefault(name, "");
    };
  }
}
