package dev.grantway.sandbox.twin;

import dev.grantway.resource.ApiType;
import dev.grantway.sandbox.twin.Authorization.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A line of the access log, in the format that {@code docs/usage.md} gives API Gateway: {@code
 * $context} variables in JSON, {@code -} for what there is none of.
 */
final class AccessLine {
  private static final String NONE = "-";

  private AccessLine() {}

  static String of(GatewayRequest request, Outcome outcome, int status) {
    Map<String, String> caller =
        switch (outcome) {
          case Outcome.Allowed(var it) -> it.context();
          case Outcome.ExplicitlyDenied(var it) -> it.context();
          case Outcome.ImplicitlyDenied(var it) -> it.context();
          case Outcome.Unauthorized _, Outcome.Failed _ -> Map.of();
        };
    boolean webSocket = request.stage().type() == ApiType.WEBSOCKET;
    boolean rest = request.stage().type() == ApiType.REST;
    byte[] line =
        JsonText.write(
            json -> {
              json.writeStartObject();
              json.writeStringField("event", "access");
              json.writeStringField("at", Long.toString(request.time().toEpochMilli()));
              json.writeStringField("id", request.requestId());
              json.writeStringField("api", request.stage().apiId());
              json.writeStringField("stage", request.stage().stage());
              json.writeStringField("method", webSocket ? "CONNECT" : request.method());
              json.writeStringField("path", rest ? request.route().template().toString() : NONE);
              json.writeStringField("route", rest ? NONE : request.route().toString());
              json.writeStringField("status", Integer.toString(status));
              json.writeStringField("response", response(outcome));
              json.writeStringField("roles", caller.getOrDefault("roles", NONE));
              json.writeStringField("document", caller.getOrDefault("document", NONE));
              json.writeStringField("who", caller.getOrDefault("principalId", NONE));
              json.writeEndObject();
            });
    return new String(line, StandardCharsets.UTF_8);
  }

  /** {@code $context.error.responseType}. */
  private static String response(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Allowed _ -> NONE;
      case Outcome.ExplicitlyDenied _, Outcome.ImplicitlyDenied _ -> "ACCESS_DENIED";
      case Outcome.Unauthorized _ -> "UNAUTHORIZED";
      case Outcome.Failed _ -> "AUTHORIZER_FAILURE";
    };
  }
}
