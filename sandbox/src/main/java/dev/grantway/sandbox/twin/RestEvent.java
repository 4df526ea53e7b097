package dev.grantway.sandbox.twin;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/** The events that a REST API sends to its authorizer (GATEWAY, "Events and answers"). */
final class RestEvent {
  private static final List<String> IDENTITY_NULLS =
      List.of(
          "cognitoIdentityPoolId",
          "cognitoIdentityId",
          "apiKey",
          "principalOrgId",
          "cognitoAuthenticationType",
          "userArn",
          "apiKeyId",
          "accountId",
          "caller",
          "accessKey",
          "cognitoAuthenticationProvider",
          "user");

  private RestEvent() {}

  static byte[] token(GatewayRequest request, String token) {
    return JsonText.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("type", "TOKEN");
          json.writeStringField("methodArn", request.methodArn());
          json.writeStringField("authorizationToken", token);
          json.writeEndObject();
        });
  }

  static byte[] request(GatewayRequest request) {
    return JsonText.write(json -> writeRequest(request, json));
  }

  private static void writeRequest(GatewayRequest request, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "REQUEST");
    json.writeStringField("methodArn", request.methodArn());
    json.writeStringField("resource", request.resource());
    json.writeStringField("path", request.path());
    json.writeStringField("httpMethod", request.method());
    JsonText.lastValues(json, "headers", request.headers().values());
    JsonText.lists(json, "multiValueHeaders", request.headers().values());
    JsonText.lastValues(json, "queryStringParameters", request.query().values());
    JsonText.lists(json, "multiValueQueryStringParameters", request.query().values());
    JsonText.strings(json, "pathParameters", request.pathParameters());
    JsonText.strings(json, "stageVariables", request.stage().stageVariables());
    json.writeObjectFieldStart("requestContext");
    for (var entry : request.context().entrySet()) {
      if (entry.getKey().equals("requestTimeEpoch")) {
        json.writeNumberField(entry.getKey(), request.time().toEpochMilli());
      } else {
        json.writeStringField(entry.getKey(), entry.getValue());
      }
    }
    writeIdentity(request, json);
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeIdentity(GatewayRequest request, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("identity");
    for (String name : IDENTITY_NULLS) {
      json.writeNullField(name);
    }
    json.writeStringField("sourceIp", request.sourceIp());
    json.writeStringField("userAgent", request.userAgent());
    json.writeEndObject();
  }
}
