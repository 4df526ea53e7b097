package dev.grantway.sandbox.twin;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The events that an HTTP API sends to its authorizer (GATEWAY, "Events and answers"). */
final class HttpEvent {
  private HttpEvent() {}

  /**
   * Payload 1.0.
   *
   * @param identity the values of each identity source
   */
  static byte[] version1(GatewayRequest request, List<List<String>> identity) {
    String sources = String.join(",", joined(identity));
    return JsonText.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("version", "1.0");
          json.writeStringField("type", "REQUEST");
          json.writeStringField("methodArn", request.methodArn());
          json.writeStringField("identitySource", sources);
          json.writeStringField("authorizationToken", sources);
          json.writeStringField("resource", request.resource());
          json.writeStringField("path", request.pathWithStage());
          json.writeStringField("httpMethod", request.method());
          JsonText.lastValues(json, "headers", request.headers().values());
          JsonText.lastValues(json, "queryStringParameters", request.query().values());
          JsonText.strings(json, "pathParameters", request.pathParameters());
          JsonText.strings(json, "stageVariables", request.stage().stageVariables());
          writeContext1(request, json);
          json.writeEndObject();
        });
  }

  private static void writeContext1(GatewayRequest request, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("requestContext");
    json.writeStringField("path", request.pathWithStage());
    json.writeStringField("accountId", request.gateway().account());
    json.writeStringField("resourceId", request.routeKey());
    json.writeStringField("stage", request.stage().stage());
    json.writeStringField("requestId", request.requestId());
    json.writeObjectFieldStart("identity");
    json.writeStringField("sourceIp", request.sourceIp());
    json.writeStringField("userAgent", request.userAgent());
    json.writeEndObject();
    json.writeStringField("resourcePath", request.resource());
    json.writeStringField("httpMethod", request.method());
    json.writeStringField("apiId", request.stage().apiId());
    json.writeEndObject();
  }

  /** Payload 2.0, likewise. */
  static byte[] version2(GatewayRequest request, List<List<String>> identity) {
    return JsonText.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("version", "2.0");
          json.writeStringField("type", "REQUEST");
          json.writeStringField("routeArn", request.methodArn());
          JsonText.list(json, "identitySource", joined(identity));
          json.writeStringField("routeKey", request.routeKey());
          json.writeStringField("rawPath", request.pathWithStage());
          json.writeStringField("rawQueryString", request.query().raw());
          if (!request.headers().cookies().isEmpty()) {
            JsonText.list(json, "cookies", request.headers().cookies());
          }
          JsonText.strings(json, "headers", request.headers().joined());
          if (!request.query().values().isEmpty()) {
            JsonText.strings(json, "queryStringParameters", joined(request.query().values()));
          }
          writeContext2(request, json);
          if (!request.pathParameters().isEmpty()) {
            JsonText.strings(json, "pathParameters", request.pathParameters());
          }
          if (!request.stage().stageVariables().isEmpty()) {
            JsonText.strings(json, "stageVariables", request.stage().stageVariables());
          }
          json.writeEndObject();
        });
  }

  private static void writeContext2(GatewayRequest request, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("requestContext");
    json.writeStringField("accountId", request.gateway().account());
    json.writeStringField("apiId", request.stage().apiId());
    json.writeStringField("domainName", request.domainName());
    json.writeStringField("domainPrefix", request.stage().apiId());
    json.writeObjectFieldStart("http");
    json.writeStringField("method", request.method());
    json.writeStringField("path", request.pathWithStage());
    json.writeStringField("protocol", request.protocol());
    json.writeStringField("sourceIp", request.sourceIp());
    json.writeStringField("userAgent", request.userAgent());
    json.writeEndObject();
    json.writeStringField("requestId", request.requestId());
    json.writeStringField("routeKey", request.routeKey());
    json.writeStringField("stage", request.stage().stage());
    json.writeStringField("time", request.requestTime());
    json.writeNumberField("timeEpoch", request.time().toEpochMilli());
    json.writeEndObject();
  }

  private static List<String> joined(List<List<String>> values) {
    return values.stream().map(all -> String.join(",", all)).toList();
  }

  private static Map<String, String> joined(Map<String, List<String>> values) {
    var joined = new LinkedHashMap<String, String>();
    values.forEach((name, all) -> joined.put(name, String.join(",", all)));
    return joined;
  }
}
