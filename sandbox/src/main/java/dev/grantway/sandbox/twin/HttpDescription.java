package dev.grantway.sandbox.twin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.Route;
import java.io.IOException;
import java.time.Instant;

/** HTTP and WebSocket APIs in the words of API Gateway's second API: instants are ISO 8601. */
final class HttpDescription {
  private final String invocation;
  private final Instant since;

  HttpDescription(String invocation, Instant since) {
    this.invocation = invocation;
    this.since = since;
  }

  byte[] api(DescribedApi api) {
    return JsonText.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("apiId", api.id());
          json.writeStringField("name", api.name());
          json.writeStringField("protocolType", api.type().name());
          json.writeStringField(
              "routeSelectionExpression",
              api.type() == ApiType.HTTP
                  ? "$request.method $request.path"
                  : "$request.body.action");
          json.writeStringField("apiKeySelectionExpression", "$request.header.x-api-key");
          json.writeBooleanField("disableExecuteApiEndpoint", false);
          json.writeStringField("createdDate", since.toString());
          json.writeEndObject();
        });
  }

  byte[] routes(DescribedApi api, QueryString query) {
    var page = Page.of(api.routes().routes(), query, "nextToken", "maxResults");
    return JsonText.write(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("items");
          for (Route route : page.items()) {
            route(json, api, route);
          }
          json.writeEndArray();
          page.writeNext(json, "nextToken");
          json.writeEndObject();
        });
  }

  private static void route(JsonGenerator json, DescribedApi api, Route route) throws IOException {
    json.writeStartObject();
    json.writeStringField("routeId", ResourceIds.of(route.toString()));
    json.writeStringField("routeKey", route.toString());
    json.writeStringField("authorizationType", api.asks(route) ? "CUSTOM" : "NONE");
    if (api.asks(route)) {
      json.writeStringField("authorizerId", DescribedApi.authorizerId(api.first()));
    }
    json.writeBooleanField("apiKeyRequired", false);
    if (!route.operationId().isEmpty()) {
      json.writeStringField("operationName", route.operationId());
    }
    json.writeEndObject();
  }

  byte[] authorizers(DescribedApi api) {
    return JsonText.write(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("items");
          for (var authorizer : api.authorizers().entrySet()) {
            AuthorizerSettings settings = authorizer.getValue();
            json.writeStartObject();
            json.writeStringField("authorizerId", authorizer.getKey());
            json.writeStringField("name", AuthorizerJson.name(authorizer.getKey()));
            json.writeStringField("authorizerType", "REQUEST");
            AuthorizerJson.settings(json, settings, invocation);
            JsonText.list(json, "identitySource", DescribedApi.sources(settings));
            if (api.type() == ApiType.HTTP) {
              AuthorizerJson.payload(json, settings.kind());
            }
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  byte[] stages(DescribedApi api) {
    return JsonText.write(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("items");
          for (DeployedStage stage : api.stages()) {
            stage(json, stage.configuration());
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  byte[] stage(StageConfiguration stage) {
    return JsonText.write(json -> stage(json, stage));
  }

  private void stage(JsonGenerator json, StageConfiguration stage) throws IOException {
    json.writeStartObject();
    json.writeStringField("stageName", stage.stage());
    json.writeStringField("deploymentId", ResourceIds.of("deployed to " + stage.stage()));
    json.writeBooleanField("autoDeploy", stage.type() == ApiType.HTTP);
    JsonText.strings(json, "stageVariables", stage.stageVariables());
    json.writeStringField("createdDate", since.toString());
    json.writeStringField("lastUpdatedDate", since.toString());
    json.writeEndObject();
  }
}
