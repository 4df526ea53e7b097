package dev.grantway.sandbox.twin;

import dev.grantway.sandbox.twin.http.Response;
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
              JsonText.strings(json, "pathParameters", request.pathParameters());
              JsonText.lists(json, "query", request.query().values());
              json.writeNumberField("bodyBytes", bodyBytes);
              json.writeObjectFieldStart("authorizer");
              for (var entry : new TreeMap<>(caller.context()).entrySet()) {
                json.writeStringField(entry.getKey(), entry.getValue());
              }
              json.writeEndObject();
              json.writeEndObject();
              json.writeRaw('\n');
            });
    return Response.json(200, body);
  }
}
