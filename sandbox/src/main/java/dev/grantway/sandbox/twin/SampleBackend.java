package dev.grantway.sandbox.twin;

import dev.grantway.resource.ApiType;
import dev.grantway.sandbox.twin.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;

/**
 * The backend of the sample APIs: says what it was given. Headers are left out, because one of them
 * is the caller's token.
 */
final class SampleBackend {
  private SampleBackend() {}

  static Response echo(GatewayRequest request, Authorized caller, int bodyBytes) {
    byte[] body =
        JsonText.write(
            json -> {
              json.useDefaultPrettyPrinter();
              json.writeStartObject();
              json.writeStringField("api", request.stage().apiName());
              json.writeStringField("stage", request.stage().stage());
              json.writeStringField("method", request.method());
              json.writeStringField("path", request.path());
              json.writeStringField("resource", request.resource());
              if (request.stage().type() == ApiType.HTTP) {
                json.writeStringField("routeKey", request.routeKey());
              }
              JsonText.strings(json, "pathParameters", request.pathParameters());
              JsonText.lists(json, "query", request.query().values());
              json.writeNumberField("bodyBytes", bodyBytes);
              JsonText.strings(json, "authorizer", new TreeMap<>(caller.context()));
              json.writeEndObject();
              json.writeRaw('\n');
            });
    return Response.json(200, body);
  }

  /**
   * Answers a message of a WebSocket. API Gateway authorizes the connection and no message, so it
   * is for the backend to refuse a route key that the authorizer's {@code routes} does not list.
   */
  static String reply(GatewayRequest connect, Authorized caller, String routeKey, String message) {
    return caller.mayUse(routeKey)
        ? said(connect, caller, routeKey, message)
        : OpenConnection.forbidden(connect);
  }

  private static String said(
      GatewayRequest connect, Authorized caller, String routeKey, String message) {
    byte[] text =
        JsonText.write(
            json -> {
              json.writeStartObject();
              json.writeStringField("api", connect.stage().apiName());
              json.writeStringField("stage", connect.stage().stage());
              json.writeStringField("routeKey", routeKey);
              json.writeStringField("connectionId", connect.extendedRequestId());
              json.writeStringField("body", message);
              JsonText.strings(json, "authorizer", new TreeMap<>(caller.context()));
              json.writeEndObject();
            });
    return new String(text, StandardCharsets.UTF_8);
  }
}
