package dev.grantway.sandbox.twin;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** The event that a WebSocket API sends when somebody connects, the only one of it. */
final class ConnectEvent {
  private ConnectEvent() {}

  static byte[] of(GatewayRequest request) {
    return JsonText.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("type", "REQUEST");
          json.writeStringField("methodArn", request.methodArn());
          JsonText.lastValues(json, "headers", request.headers().values());
          JsonText.lists(json, "multiValueHeaders", request.headers().values());
          if (!request.query().values().isEmpty()) {
            JsonText.lastValues(json, "queryStringParameters", request.query().values());
            JsonText.lists(json, "multiValueQueryStringParameters", request.query().values());
          }
          JsonText.strings(json, "stageVariables", request.stage().stageVariables());
          writeContext(request, json);
          json.writeEndObject();
        });
  }

  private static void writeContext(GatewayRequest request, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("requestContext");
    json.writeStringField("routeKey", request.routeKey());
    json.writeStringField("eventType", "CONNECT");
    json.writeStringField("extendedRequestId", request.extendedRequestId());
    json.writeStringField("requestTime", request.requestTime());
    json.writeStringField("messageDirection", "IN");
    json.writeStringField("stage", request.stage().stage());
    json.writeNumberField("connectedAt", request.time().toEpochMilli());
    json.writeNumberField("requestTimeEpoch", request.time().toEpochMilli());
    json.writeObjectFieldStart("identity");
    json.writeStringField("userAgent", request.userAgent());
    json.writeStringField("sourceIp", request.sourceIp());
    json.writeEndObject();
    json.writeStringField("requestId", request.requestId());
    json.writeStringField("domainName", request.domainName());
    json.writeStringField("connectionId", request.extendedRequestId());
    json.writeStringField("apiId", request.stage().apiId());
    json.writeEndObject();
  }
}
