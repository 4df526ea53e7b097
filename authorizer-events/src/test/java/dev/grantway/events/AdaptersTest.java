package dev.grantway.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2CustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.grantway.authorizer.AuthorizerHandler;
import dev.grantway.policyfile.PolicyFile;
import dev.grantway.store.InMemoryPolicy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * The adapters answer as the handler does, over the types as Lambda itself reads and writes them.
 */
class AdaptersTest {
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final String ORDERS =
      "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/prod/";
  private static final String BILLING =
      "arn:aws:execute-api:eu-west-1:123456789012:b1l2l3i4n5/prod/";
  private static final ECKey KEY = key();

  private static ECKey key() {
    try {
      return new ECKeyGenerator(Curve.P_256)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.ES256)
          .keyID("k1")
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String token(String role) throws JOSEException {
    return token(role, NOW);
  }

  private static String token(String role, Instant at) throws JOSEException {
    var claims =
        new JWTClaimsSet.Builder()
            .issuer("https://issuer.example/")
            .audience("https://api.example")
            .subject("alice")
            .issueTime(Date.from(at))
            .expirationTime(Date.from(at.plusSeconds(600)))
            .claim("roles", List.of(role))
            .build();
    var jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k1").build(), claims);
    jwt.sign(new ECDSASigner(KEY));
    return "Bearer " + jwt.serialize();
  }

  private static AuthorizerHandler handler(Map<String, String> more) throws IOException {
    return handler(more, NOW);
  }

  private static AuthorizerHandler handler(Map<String, String> more, Instant at)
      throws IOException {
    var settings = new HashMap<String, String>();
    settings.put(
        "GRANTWAY_ISSUERS",
        """
        [{"alias": "corp", "issuer": "https://issuer.example/", "algorithms": ["ES256"],
          "audiences": ["https://api.example"], "roles": ["/roles"], "jwks": %s}]"""
            .formatted(new JWKSet(KEY.toPublicJWK()).toString()));
    settings.put("GRANTWAY_CACHE_KEY", "token+route");
    settings.put("GRANTWAY_CACHE_TTL", "300s");
    settings.putAll(more);
    var clock = Clock.fixed(at, ZoneOffset.UTC);
    var sample = (PolicyFile.Read) PolicyFile.read(PolicyFile.ordersSample(), "orders");
    return new AuthorizerHandler(
        settings, InMemoryPolicy.of(sample.policy(), clock), clock, line -> {});
  }

  private static APIGatewayCustomAuthorizerEvent rest(String method, String path, String token) {
    return APIGatewayCustomAuthorizerEvent.builder()
        .withType("REQUEST")
        .withMethodArn(ORDERS + method + path)
        .withResource(path)
        .withPath("/prod" + path)
        .withHttpMethod(method)
        .withHeaders(Map.of("authorization", token))
        .withRequestContext(
            APIGatewayCustomAuthorizerEvent.RequestContext.builder()
                .withApiId("a1b2c3d4e5")
                .withStage("prod")
                .withHttpMethod(method)
                .withResourcePath(path)
                .withIdentity(
                    APIGatewayCustomAuthorizerEvent.Identity.builder()
                        .withSourceIp("203.0.113.9")
                        .build())
                .build())
        .build();
  }

  private static APIGatewayV2CustomAuthorizerEvent http(String method, String path, String token) {
    String key = method + " " + path;
    return APIGatewayV2CustomAuthorizerEvent.builder()
        .withVersion("2.0")
        .withType("REQUEST")
        .withRouteArn(BILLING + method + path)
        .withRouteKey(key)
        .withRawPath("/prod" + path)
        .withIdentitySource(List.of(token))
        .withHeaders(Map.of("authorization", token))
        .withRequestContext(
            APIGatewayV2CustomAuthorizerEvent.RequestContext.builder()
                .withApiId("b1l2l3i4n5")
                .withStage("prod")
                .withRouteKey(key)
                .withHttp(
                    APIGatewayV2CustomAuthorizerEvent.Http.builder()
                        .withMethod(method)
                        .withPath("/prod" + path)
                        .withSourceIp("203.0.113.9")
                        .build())
                .build())
        .build();
  }

  /** As Lambda writes what a handler returns. */
  private static <T> Map<String, Object> written(T answer, Class<T> type) {
    var bytes = new ByteArrayOutputStream();
    JacksonFactory.getInstance().getSerializer(type).toJson(answer, bytes);
    return alike(AnswerJson.read(bytes.toByteArray()));
  }

  /** A list of one and its element mean the same to IAM, and no condition and none at all. */
  private static Map<String, Object> alike(Map<String, Object> answer) {
    var same = new LinkedHashMap<>(answer);
    if (same.get("policyDocument") instanceof Map<?, ?> document
        && document.get("Statement") instanceof List<?> statements) {
      same.put(
          "policyDocument",
          Map.of(
              "Version",
              String.valueOf(document.get("Version")),
              "Statement",
              statements.stream()
                  .map(
                      it -> {
                        var statement = new LinkedHashMap<Object, Object>((Map<?, ?>) it);
                        statement.computeIfPresent(
                            "Resource", (_, resource) -> AnswerJson.texts(resource));
                        statement.remove("Condition", Map.of());
                        return statement;
                      })
                  .toList()));
    }
    return same;
  }

  private static Object outcome(Supplier<Map<String, Object>> answering) {
    try {
      return answering.get();
    } catch (RuntimeException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void requestsOfRestApisAreAnsweredAsTheHandlerAnswersThem() throws Exception {
    AuthorizerHandler handler = handler(Map.of());
    var typed = new RestAuthorizer(handler);
    for (String path : List.of("/orders", "/customers", "/nowhere")) {
      var event = rest("GET", path, token("viewer"));
      var answer = typed.handleRequest(event, null);
      assertThat(written(answer, IamPolicyResponse.class))
          .isEqualTo(alike(AnswerJson.read(handler.answer(EventJson.of(event)))));
      boolean allowed =
          written(answer, IamPolicyResponse.class).toString().contains("Effect=Allow");
      assertThat(allowed).as(path).isEqualTo(path.equals("/orders"));
      assertThat(answer.getContext()).containsEntry("issuer", "corp");
    }
    assertThatThrownBy(() -> typed.handleRequest(rest("GET", "/orders", "Bearer no"), null))
        .hasMessage("Unauthorized")
        .hasNoCause();
  }

  @Test
  void everyRoleIsAnsweredAlikeWithConditionsAndTimes() throws Exception {
    AuthorizerHandler handler = handler(Map.of());
    for (String role : List.of("support", "ops", "seasonal", "eu-clerk", "finance", "nobody")) {
      var event = rest("GET", "/orders", token(role));
      assertThat(
              written(
                  new RestAuthorizer(handler).handleRequest(event, null), IamPolicyResponse.class))
          .as(role)
          .isEqualTo(alike(AnswerJson.read(handler.answer(EventJson.of(event)))));
    }
  }

  /**
   * A statement that ends before a cached answer does would open for good without its condition.
   */
  @Test
  void whatEndsWithinACachedAnswerSaysSo() throws Exception {
    Instant nearTheEnd = Instant.parse("2027-02-01T00:00:00Z").minusSeconds(60);
    AuthorizerHandler handler = handler(Map.of(), nearTheEnd);
    var event = rest("POST", "/orders", token("seasonal", nearTheEnd));
    Map<String, Object> answer =
        written(new RestAuthorizer(handler).handleRequest(event, null), IamPolicyResponse.class);
    assertThat(answer.toString()).contains("Condition", "aws:CurrentTime", "2027-02-01T00:00:00Z");
    assertThat(answer).isEqualTo(alike(AnswerJson.read(handler.answer(EventJson.of(event)))));
  }

  @Test
  void tokenEventsAreAnswered() throws Exception {
    var handler = handler(Map.of("GRANTWAY_CACHE_KEY", "token"));
    var event =
        APIGatewayCustomAuthorizerEvent.builder()
            .withType("TOKEN")
            .withMethodArn(ORDERS + "GET/orders")
            .withAuthorizationToken(token("viewer"))
            .build();
    var answer = new RestAuthorizer(handler).handleRequest(event, null);
    assertThat(written(answer, IamPolicyResponse.class).toString()).contains("Effect=Allow");
  }

  @Test
  void httpApisAreAnsweredByDocumentsAndByBooleans() throws Exception {
    var documents = new HttpApiAuthorizer(handler(Map.of()));
    var answer = documents.handleRequest(http("GET", "/invoices", token("biller")), null);
    assertThat(written(answer, IamPolicyResponse.class).toString()).contains("Effect=Allow");
    var simple = new SimpleHttpApiAuthorizer(handler(Map.of("GRANTWAY_SIMPLE_RESPONSES", "on")));
    assertThat(simple.handleRequest(http("GET", "/invoices", token("biller")), null))
        .satisfies(it -> assertThat(it.getIsAuthorized()).isTrue())
        .satisfies(it -> assertThat(it.getContext()).containsEntry("issuer", "corp"));
    assertThat(
            simple.handleRequest(http("GET", "/invoices", token("viewer")), null).getIsAuthorized())
        .isFalse();
    assertThat(simple.handleRequest(http("GET", "/invoices", "Bearer no"), null).getIsAuthorized())
        .isFalse();
  }

  @Test
  void whatTheLibraryCannotHoldIsRefusedAndNotDropped() throws Exception {
    var fenced = new RestAuthorizer(handler(Map.of("GRANTWAY_RESOURCE_POLICY_FENCE", "on")));
    var event = rest("GET", "/orders", token("viewer"));
    assertThatThrownBy(() -> fenced.handleRequest(event, null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("NotResource");
    var mixed = new HttpApiAuthorizer(handler(Map.of("GRANTWAY_SIMPLE_RESPONSES", "on")));
    assertThatThrownBy(() -> mixed.handleRequest(http("GET", "/invoices", token("biller")), null))
        .hasMessageContaining("policyDocument");
    var connect = rest("GET", "/x", token("viewer"));
    connect.setMethodArn("arn:aws:execute-api:eu-west-1:123456789012:l1v2e3d4s5/prod/$connect");
    assertThatThrownBy(() -> new RestAuthorizer(handler(Map.of())).handleRequest(connect, null))
        .as("a WebSocket event is not told from others: it fails, and is not allowed")
        .hasMessageContaining("cannot answer");
  }

  @Test
  void recordedEventsComeToTheSameThroughBoth() throws Exception {
    var handler = handler(Map.of("GRANTWAY_CACHE_KEY", "none"));
    for (String name : List.of("rest_token", "rest_request", "http10", "http20")) {
      Optional<Path> recorded = recorded(name);
      if (recorded.isEmpty()) {
        System.out.println("no ../shared/events above the module: `" + name + "` is not read");
        continue;
      }
      byte[] bytes = Files.readAllBytes(recorded.get());
      Object directly = outcome(() -> alike(AnswerJson.read(handler.answer(bytes))));
      assertThat(outcome(() -> typed(handler, name, bytes))).as(name).isEqualTo(directly);
    }
  }

  private static Map<String, Object> typed(AuthorizerHandler handler, String name, byte[] bytes) {
    String json = new String(bytes, StandardCharsets.UTF_8);
    var answer =
        name.equals("http20")
            ? new HttpApiAuthorizer(handler)
                .handleRequest(read(json, APIGatewayV2CustomAuthorizerEvent.class), null)
            : new RestAuthorizer(handler)
                .handleRequest(read(json, APIGatewayCustomAuthorizerEvent.class), null);
    return written(answer, IamPolicyResponse.class);
  }

  /** As Lambda reads an event for a handler of that type. */
  private static <T> T read(String json, Class<T> type) {
    return LambdaEventSerializers.serializerFor(type, AdaptersTest.class.getClassLoader())
        .fromJson(json);
  }

  private static Optional<Path> recorded(String name) {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path file = at.resolveSibling("shared").resolve("events").resolve(name + ".json");
      if (Files.exists(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }
}
