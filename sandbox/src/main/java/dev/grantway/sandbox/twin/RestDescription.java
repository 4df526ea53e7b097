package dev.grantway.sandbox.twin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.resource.Route;
import dev.grantway.sandbox.twin.AuthorizerSettings.Kind;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** REST APIs in the words of API Gateway's first API: instants are seconds, lists are `item`. */
final class RestDescription {
  /** The types of gateway responses, with API Gateway's own statuses; the defaults have none. */
  private static final SortedMap<String, String> RESPONSES =
      Collections.unmodifiableSortedMap(
          new TreeMap<>(
              Map.ofEntries(
                  Map.entry("ACCESS_DENIED", "403"),
                  Map.entry("API_CONFIGURATION_ERROR", "500"),
                  Map.entry("AUTHORIZER_CONFIGURATION_ERROR", "500"),
                  Map.entry("AUTHORIZER_FAILURE", "500"),
                  Map.entry("BAD_REQUEST_BODY", "400"),
                  Map.entry("BAD_REQUEST_PARAMETERS", "400"),
                  Map.entry("DEFAULT_4XX", ""),
                  Map.entry("DEFAULT_5XX", ""),
                  Map.entry("EXPIRED_TOKEN", "403"),
                  Map.entry("INTEGRATION_FAILURE", "504"),
                  Map.entry("INTEGRATION_TIMEOUT", "504"),
                  Map.entry("INVALID_API_KEY", "403"),
                  Map.entry("INVALID_SIGNATURE", "403"),
                  Map.entry("MISSING_AUTHENTICATION_TOKEN", "403"),
                  Map.entry("QUOTA_EXCEEDED", "429"),
                  Map.entry("REQUEST_TOO_LARGE", "413"),
                  Map.entry("RESOURCE_NOT_FOUND", "404"),
                  Map.entry("THROTTLED", "429"),
                  Map.entry("UNAUTHORIZED", "401"),
                  Map.entry("UNSUPPORTED_MEDIA_TYPE", "415"),
                  Map.entry("WAF_FILTERED", "403"))));

  private final String invocation;
  private final Instant since;

  RestDescription(String invocation, Instant since) {
    this.invocation = invocation;
    this.since = since;
  }

  byte[] api(DescribedApi api) {
    return JsonText.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("id", api.id());
          json.writeStringField("name", api.name());
          json.writeNumberField("createdDate", since.getEpochSecond());
          json.writeStringField("apiKeySource", "HEADER");
          json.writeObjectFieldStart("endpointConfiguration");
          JsonText.list(json, "types", List.of("REGIONAL"));
          json.writeEndObject();
          if (api.first().resourcePolicy().isPresent()) {
            json.writeStringField("policy", escaped(api.first().resourcePolicy().get()));
          }
          json.writeBooleanField("disableExecuteApiEndpoint", false);
          json.writeStringField("rootResourceId", ResourceIds.of("/"));
          json.writeEndObject();
        });
  }

  /** API Gateway tells a policy with its quotes and backslashes escaped once more. */
  private static String escaped(String policy) {
    return policy.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  byte[] resources(DescribedApi api, QueryString query) {
    var page = Page.of(resourcesByPath(api).entrySet(), query, "position", "limit");
    boolean methods = query.values().getOrDefault("embed", List.of()).contains("methods");
    return JsonText.write(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("item");
          for (Map.Entry<String, List<Route>> resource : page.items()) {
            resource(json, api, resource.getKey(), resource.getValue(), methods);
          }
          json.writeEndArray();
          page.writeNext(json, "position");
          json.writeEndObject();
        });
  }

  /** Every path of a template and of what is above it, with the routes that it has itself. */
  private static Map<String, List<Route>> resourcesByPath(DescribedApi api) {
    var resources = new TreeMap<String, List<Route>>();
    resources.put("/", new ArrayList<>());
    for (Route route : api.routes().routes()) {
      String path = route.template().toString();
      for (int end = path.indexOf('/', 1); end > 0; end = path.indexOf('/', end + 1)) {
        resources.computeIfAbsent(path.substring(0, end), at -> new ArrayList<>());
      }
      resources.computeIfAbsent(path, at -> new ArrayList<>()).add(route);
    }
    return resources;
  }

  private static void resource(
      JsonGenerator json, DescribedApi api, String path, List<Route> routes, boolean methods)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("id", ResourceIds.of(path));
    if (!path.equals("/")) {
      int last = path.lastIndexOf('/');
      json.writeStringField("parentId", ResourceIds.of(last == 0 ? "/" : path.substring(0, last)));
      json.writeStringField("pathPart", path.substring(last + 1));
    }
    json.writeStringField("path", path);
    if (!routes.isEmpty()) {
      json.writeObjectFieldStart("resourceMethods");
      for (Route route : routes) {
        json.writeObjectFieldStart(route.method());
        if (methods) {
          method(json, api, route);
        }
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void method(JsonGenerator json, DescribedApi api, Route route) throws IOException {
    json.writeStringField("httpMethod", route.method());
    json.writeStringField("authorizationType", api.asks(route) ? "CUSTOM" : "NONE");
    if (api.asks(route)) {
      json.writeStringField("authorizerId", DescribedApi.authorizerId(api.first()));
    }
    json.writeBooleanField("apiKeyRequired", false);
    if (!route.operationId().isEmpty()) {
      json.writeStringField("operationName", route.operationId());
    }
  }

  /** The twin answers by itself as API Gateway does where nobody set a gateway response. */
  static byte[] responses(QueryString query) {
    var page = Page.of(RESPONSES.entrySet(), query, "position", "limit");
    return JsonText.write(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("item");
          for (Map.Entry<String, String> response : page.items()) {
            response(json, response.getKey(), response.getValue());
          }
          json.writeEndArray();
          page.writeNext(json, "position");
          json.writeEndObject();
        });
  }

  static Optional<byte[]> response(String type) {
    return Optional.ofNullable(RESPONSES.get(type))
        .map(status -> JsonText.write(json -> response(json, type, status)));
  }

  private static void response(JsonGenerator json, String type, String status) throws IOException {
    json.writeStartObject();
    json.writeStringField("responseType", type);
    if (!status.isEmpty()) {
      json.writeStringField("statusCode", status);
    }
    json.writeObjectFieldStart("responseParameters");
    json.writeEndObject();
    json.writeObjectFieldStart("responseTemplates");
    json.writeStringField("application/json", "{\"message\":$context.error.messageString}");
    json.writeEndObject();
    json.writeBooleanField("defaultResponse", true);
    json.writeEndObject();
  }

  byte[] authorizers(DescribedApi api) {
    return JsonText.write(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("item");
          for (var authorizer : api.authorizers().entrySet()) {
            AuthorizerSettings settings = authorizer.getValue();
            json.writeStartObject();
            json.writeStringField("id", authorizer.getKey());
            json.writeStringField("name", AuthorizerJson.name(authorizer.getKey()));
            json.writeStringField("type", settings.kind() == Kind.TOKEN ? "TOKEN" : "REQUEST");
            json.writeStringField("authType", "custom");
            AuthorizerJson.settings(json, settings, invocation);
            json.writeStringField(
                "identitySource", String.join(",", DescribedApi.sources(settings)));
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
          json.writeArrayFieldStart("item");
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
    json.writeStringField("deploymentId", ResourceIds.of("deployed to " + stage.stage()));
    json.writeStringField("stageName", stage.stage());
    json.writeBooleanField("cacheClusterEnabled", false);
    json.writeStringField("cacheClusterStatus", "NOT_AVAILABLE");
    json.writeObjectFieldStart("methodSettings");
    json.writeEndObject();
    JsonText.strings(json, "variables", stage.stageVariables());
    json.writeBooleanField("tracingEnabled", false);
    json.writeNumberField("createdDate", since.getEpochSecond());
    json.writeNumberField("lastUpdatedDate", since.getEpochSecond());
    json.writeEndObject();
  }
}
