package dev.grantway.events;

import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2CustomAuthorizerEvent;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The library's events as API Gateway writes them; what is null is left out. */
final class EventJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** Writes the members of an object. */
  @FunctionalInterface
  private interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  private EventJson() {}

  static byte[] of(APIGatewayCustomAuthorizerEvent event) {
    return object(
        json -> {
          text(json, "version", event.getVersion());
          text(json, "type", event.getType());
          text(json, "methodArn", event.getMethodArn());
          text(json, "identitySource", event.getIdentitySource());
          text(json, "authorizationToken", event.getAuthorizationToken());
          text(json, "resource", event.getResource());
          text(json, "path", event.getPath());
          text(json, "httpMethod", event.getHttpMethod());
          texts(json, "headers", event.getHeaders());
          texts(json, "queryStringParameters", event.getQueryStringParameters());
          texts(json, "pathParameters", event.getPathParameters());
          texts(json, "stageVariables", event.getStageVariables());
          member(json, "requestContext", event.getRequestContext(), EventJson::write);
        });
  }

  private static void write(
      JsonGenerator json, APIGatewayCustomAuthorizerEvent.RequestContext context)
      throws IOException {
    text(json, "path", context.getPath());
    text(json, "accountId", context.getAccountId());
    text(json, "resourceId", context.getResourceId());
    text(json, "stage", context.getStage());
    text(json, "requestId", context.getRequestId());
    text(json, "resourcePath", context.getResourcePath());
    text(json, "httpMethod", context.getHttpMethod());
    text(json, "apiId", context.getApiId());
    member(
        json,
        "identity",
        context.getIdentity(),
        (into, identity) -> {
          text(into, "apiKey", identity.getApiKey());
          text(into, "sourceIp", identity.getSourceIp());
        });
  }

  static byte[] of(APIGatewayV2CustomAuthorizerEvent event) {
    return object(
        json -> {
          text(json, "version", event.getVersion());
          text(json, "type", event.getType());
          text(json, "routeArn", event.getRouteArn());
          list(json, "identitySource", event.getIdentitySource());
          text(json, "routeKey", event.getRouteKey());
          text(json, "rawPath", event.getRawPath());
          text(json, "rawQueryString", event.getRawQueryString());
          list(json, "cookies", event.getCookies());
          texts(json, "headers", event.getHeaders());
          texts(json, "queryStringParameters", event.getQueryStringParameters());
          texts(json, "pathParameters", event.getPathParameters());
          texts(json, "stageVariables", event.getStageVariables());
          member(json, "requestContext", event.getRequestContext(), EventJson::write);
        });
  }

  private static void write(
      JsonGenerator json, APIGatewayV2CustomAuthorizerEvent.RequestContext context)
      throws IOException {
    text(json, "accountId", context.getAccountId());
    text(json, "apiId", context.getApiId());
    text(json, "domainName", context.getDomainName());
    text(json, "domainPrefix", context.getDomainPrefix());
    text(json, "requestId", context.getRequestId());
    text(json, "routeKey", context.getRouteKey());
    text(json, "stage", context.getStage());
    member(
        json,
        "http",
        context.getHttp(),
        (into, http) -> {
          text(into, "method", http.getMethod());
          text(into, "path", http.getPath());
          text(into, "protocol", http.getProtocol());
          text(into, "sourceIp", http.getSourceIp());
          text(into, "userAgent", http.getUserAgent());
        });
  }

  private static byte[] object(Members members) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Writes what a part of an event holds. */
  @FunctionalInterface
  private interface Part<T> {
    void write(JsonGenerator json, T value) throws IOException;
  }

  private static <T> void member(JsonGenerator json, String name, @Nullable T value, Part<T> part)
      throws IOException {
    if (value != null) {
      json.writeObjectFieldStart(name);
      part.write(json, value);
      json.writeEndObject();
    }
  }

  private static void text(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }

  private static void texts(JsonGenerator json, String name, @Nullable Map<String, String> values)
      throws IOException {
    member(
        json,
        name,
        values,
        (into, all) -> {
          for (Map.Entry<String, String> entry : all.entrySet()) {
            text(into, entry.getKey(), entry.getValue());
          }
        });
  }

  private static void list(JsonGenerator json, String name, @Nullable Collection<String> values)
      throws IOException {
    if (values != null) {
      json.writeArrayFieldStart(name);
      for (String value : values) {
        json.writeString(value);
      }
      json.writeEndArray();
    }
  }
}
