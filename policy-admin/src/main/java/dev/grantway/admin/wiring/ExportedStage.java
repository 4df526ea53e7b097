package dev.grantway.admin.wiring;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.grantway.resource.ApiType;
import dev.grantway.wiring.AttachedAuthorizer;
import dev.grantway.wiring.AttachedRoute;
import dev.grantway.wiring.AttachedRoute.By;
import dev.grantway.wiring.Attachment;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is deployed to a stage, out of the OpenAPI document that API Gateway exports with the
 * extensions of authorizers: the one place where it tells how a <em>stage</em> is wired.
 *
 * @param routes whoever is asked by the name of its security scheme; without a handle
 * @param authorizers by name; without an id
 */
record ExportedStage(List<AttachedRoute> routes, Map<String, AttachedAuthorizer> authorizers) {
  private static final String ANY = "x-amazon-apigateway-any-method";
  private static final String AUTHORIZER = "x-amazon-apigateway-authorizer";
  private static final String AUTHTYPE = "x-amazon-apigateway-authtype";
  private static final String AUTH = "x-amazon-apigateway-auth";
  private static final Set<String> VERBS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch");

  /** What API Gateway takes where nothing is said. */
  private static final int USUAL_TTL = 300;

  private static final int DEEPEST = 100;

  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
              .build());

  /** Reads a document; one that is none is a {@link WiringReader.Unreadable}. */
  static ExportedStage read(byte[] document, ApiType type, boolean resourcePolicy) {
    JsonNode root;
    try {
      root = JSON.readTree(document);
    } catch (IOException notJson) {
      throw new WiringReader.Unreadable(
          "what API Gateway exported of the stage is no JSON: try again, and see the stage in its"
              + " console",
          notJson);
    }
    var authorizers = new TreeMap<String, AttachedAuthorizer>();
    JsonNode schemes = root.path("components").path("securitySchemes");
    for (Map.Entry<String, JsonNode> scheme : schemes.properties()) {
      JsonNode said = scheme.getValue().path(AUTHORIZER);
      if (isLambda(said)) {
        authorizers.put(
            scheme.getKey(),
            authorizer(scheme.getKey(), scheme.getValue(), said, type, resourcePolicy));
      }
    }
    var routes = new ArrayList<AttachedRoute>();
    for (Map.Entry<String, JsonNode> path : root.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        String key = operation.getKey();
        if (VERBS.contains(key) || key.equals(ANY)) {
          JsonNode security = operation.getValue().path("security");
          routes.add(
              route(
                  text(path.getKey(), key),
                  security.isMissingNode() ? root.path("security") : security,
                  operation.getValue().path(AUTH),
                  schemes));
        }
      }
    }
    return new ExportedStage(routes, authorizers);
  }

  private static boolean isLambda(JsonNode said) {
    String kind = said.path("type").asText().toLowerCase(Locale.ROOT);
    return kind.equals("token") || kind.equals("request");
  }

  private static AttachedAuthorizer authorizer(
      String name, JsonNode scheme, JsonNode said, ApiType type, boolean resourcePolicy) {
    boolean token = said.path("type").asText().equalsIgnoreCase("token");
    List<String> sources = sources(said.path("identitySource"));
    if (token && sources.isEmpty()) {
      sources = List.of("method.request.header." + scheme.path("name").asText());
    }
    return new AttachedAuthorizer(
        "",
        name,
        said.path("authorizerUri").asText(),
        said.path("authorizerPayloadFormatVersion").asText(),
        new Attachment(
            type,
            token,
            sources,
            Duration.ofSeconds(said.path("authorizerResultTtlInSeconds").asInt(USUAL_TTL)),
            said.path("enableSimpleResponses").asBoolean(),
            resourcePolicy));
  }

  /** A list, or one text with commas. */
  private static List<String> sources(JsonNode said) {
    var texts = new ArrayList<String>();
    if (said.isArray()) {
      said.forEach(each -> texts.add(each.asText()));
    } else {
      texts.addAll(split(said.asText()));
    }
    return texts;
  }

  static List<String> split(String sources) {
    return Arrays.stream(sources.split(",", -1))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .toList();
  }

  private static String text(String path, String key) {
    boolean any = key.equals(ANY);
    return any && path.equals("/$default")
        ? "$default"
        : (any ? "ANY" : key.toUpperCase(Locale.ROOT)) + " " + path;
  }

  /** A scheme that is neither an authorizer nor AWS's own asks for an API key, and lets in. */
  private static AttachedRoute route(
      String text, JsonNode security, JsonNode auth, JsonNode schemes) {
    By by = auth.path("type").asText("NONE").equalsIgnoreCase("NONE") ? By.NOTHING : By.OTHER;
    for (JsonNode requirement : security) {
      for (Map.Entry<String, JsonNode> named : requirement.properties()) {
        JsonNode scheme = schemes.path(named.getKey());
        if (isLambda(scheme.path(AUTHORIZER))) {
          return new AttachedRoute(text, By.AUTHORIZER, named.getKey(), "");
        }
        if (scheme.has(AUTHORIZER) || scheme.has(AUTHTYPE)) {
          by = By.OTHER;
        }
      }
    }
    return new AttachedRoute(text, by, "", "");
  }
}
