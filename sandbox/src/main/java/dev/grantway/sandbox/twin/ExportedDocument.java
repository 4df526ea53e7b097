package dev.grantway.sandbox.twin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.Route;
import dev.grantway.sandbox.twin.AuthorizerSettings.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is deployed to a stage as an OpenAPI 3.0 document. Authorizers are told as API Gateway's
 * extensions have them, where REST's {@code extensions=authorizers} or HTTP's {@code
 * includeExtensions=true} asks for that.
 */
final class ExportedDocument {
  private static final String AUTHORIZER = "x-amazon-apigateway-authorizer";

  private final String invocation;

  ExportedDocument(String invocation) {
    this.invocation = invocation;
  }

  byte[] of(DescribedApi api, StageConfiguration stage, QueryString query) {
    boolean told =
        query.values().getOrDefault("extensions", List.of()).stream()
                .anyMatch(value -> value.contains("authorizers"))
            || query.last("includeExtensions").filter("true"::equals).isPresent();
    return JsonText.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("openapi", "3.0.1");
          json.writeObjectFieldStart("info");
          json.writeStringField("title", api.name());
          json.writeStringField("version", stage.stage());
          json.writeEndObject();
          paths(json, api, stage);
          json.writeObjectFieldStart("components");
          scheme(json, stage, told);
          json.writeEndObject();
          json.writeEndObject();
        });
  }

  private static void paths(JsonGenerator json, DescribedApi api, StageConfiguration stage)
      throws IOException {
    var byPath = new TreeMap<String, List<Route>>();
    for (Route route : DeployedStage.deployed(stage.routes().get()).routes()) {
      String template = route.template().toString();
      byPath
          .computeIfAbsent(
              template.equals("$default") ? "/$default" : template, at -> new ArrayList<>())
          .add(route);
    }
    json.writeObjectFieldStart("paths");
    for (Map.Entry<String, List<Route>> path : byPath.entrySet()) {
      json.writeObjectFieldStart(path.getKey());
      for (Route route : path.getValue()) {
        json.writeObjectFieldStart(
            route.isAny()
                ? "x-amazon-apigateway-any-method"
                : route.method().toLowerCase(Locale.ROOT));
        operation(json, api, stage, route);
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void operation(
      JsonGenerator json, DescribedApi api, StageConfiguration stage, Route route)
      throws IOException {
    if (!route.operationId().isEmpty()) {
      json.writeStringField("operationId", route.operationId());
    }
    parameters(json, route);
    json.writeObjectFieldStart("responses");
    json.writeObjectFieldStart("default");
    json.writeStringField(
        "description", "Default response for " + route.method() + " " + route.template());
    json.writeEndObject();
    json.writeEndObject();
    if (api.asks(route)) {
      json.writeArrayFieldStart("security");
      json.writeStartObject();
      json.writeArrayFieldStart(AuthorizerJson.name(DescribedApi.authorizerId(stage)));
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndArray();
    }
  }

  private static void parameters(JsonGenerator json, Route route) throws IOException {
    List<String> names =
        List.of(route.template().toString().split("/", -1)).stream()
            .filter(segment -> segment.startsWith("{"))
            .map(segment -> segment.replaceAll("[{}+]", ""))
            .toList();
    if (!names.isEmpty()) {
      json.writeArrayFieldStart("parameters");
      for (String name : names) {
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeStringField("in", "path");
        json.writeBooleanField("required", true);
        JsonText.strings(json, "schema", Map.of("type", "string"));
        json.writeEndObject();
      }
      json.writeEndArray();
    }
  }

  private void scheme(JsonGenerator json, StageConfiguration stage, boolean told)
      throws IOException {
    AuthorizerSettings settings = stage.authorizer();
    json.writeObjectFieldStart("securitySchemes");
    json.writeObjectFieldStart(AuthorizerJson.name(DescribedApi.authorizerId(stage)));
    json.writeStringField("type", "apiKey");
    json.writeStringField("name", header(settings));
    json.writeStringField("in", "header");
    if (told) {
      if (stage.type() == ApiType.REST) {
        json.writeStringField("x-amazon-apigateway-authtype", "custom");
      }
      json.writeObjectFieldStart(AUTHORIZER);
      json.writeStringField("type", settings.kind() == Kind.TOKEN ? "token" : "request");
      json.writeStringField("identitySource", String.join(", ", DescribedApi.sources(settings)));
      AuthorizerJson.settings(json, settings, invocation);
      if (stage.type() == ApiType.HTTP) {
        AuthorizerJson.payload(json, settings.kind());
      }
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  /** API Gateway names the token's header, and {@code Unused} where there is more to look at. */
  private static String header(AuthorizerSettings settings) {
    return settings.kind() == Kind.TOKEN
            && settings.identitySources().getFirst() instanceof IdentitySource.Header(var name)
        ? name
        : "Unused";
  }
}
