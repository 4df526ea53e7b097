package dev.grantway.admin.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.grantway.admin.MemoryApp;
import dev.grantway.admin.changes.World;
import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** An app whose API is asked over HTTP, with tokens that an issuer signed. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ActiveProfiles("memory")
@Import(MemoryApp.class)
abstract class RestTest {
  static final String GONE = "http://127.0.0.1:1/gone";
  static final String AUDIENCE = "grantway-admin-api";
  private static final RSAKey KEY = key();
  private static final RSAKey PIPELINE_KEY = key();
  private static final HttpServer ISSUER = issuer();

  @LocalServerPort int port;
  @Autowired World world;

  record Answer(int status, String body) {
    JsonObject json() {
      return CanonicalJson.read(body.getBytes(UTF_8));
    }

    String code() {
      return json()
          .objects("problems", it -> it.text("code") + it.textOr("message", "").length())
          .getFirst()
          .replaceAll("[0-9]+$", "");
    }
  }

  private static RSAKey key() {
    try {
      return new RSAKeyGenerator(2048).keyID("k1").generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpServer issuer() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      issuer(server, "/dev", KEY);
      issuer(server, "/ci", PIPELINE_KEY);
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void issuer(HttpServer server, String path, RSAKey key) {
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + path;
    answer(
        server,
        path + "/.well-known/openid-configuration",
        "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/jwks\",\"subject_types_supported\":[\"public\"],"
                .formatted(url, url)
            + "\"authorization_endpoint\":\"%s/a\",\"token_endpoint\":\"%s/t\"}"
                .formatted(url, url));
    answer(server, path + "/jwks", new JWKSet(key).toString());
  }

  private static void answer(HttpServer server, String path, String body) {
    server.createContext(
        path,
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length());
          try (var out = exchange.getResponseBody()) {
            out.write(body.getBytes(UTF_8));
          }
        });
  }

  static String issuerUrl() {
    return "http://127.0.0.1:" + ISSUER.getAddress().getPort() + "/dev";
  }

  /** Of a pipeline: nobody signs in there. */
  static String pipelineUrl() {
    return "http://127.0.0.1:" + ISSUER.getAddress().getPort() + "/ci";
  }

  @DynamicPropertySource
  static void issuerIsOurs(DynamicPropertyRegistry properties) {
    properties.add("GRANTWAY_OIDC_ISSUER", RestTest::issuerUrl);
    properties.add("GRANTWAY_API_ISSUERS", () -> "ci=" + pipelineUrl() + " gone=" + GONE);
    properties.add("GRANTWAY_API_RIGHTS", () -> "ci|repo:acme/policies=editor");
  }

  @BeforeEach
  void anew() {
    world.reset();
  }

  static String token(String issuer, String audience, String name, String right) {
    return token(issuer, audience, name, right, "2100-01-01");
  }

  @SuppressWarnings("JavaUtilDate") // Nimbus takes no Instant
  static String token(String issuer, String audience, String name, String right, String expiresOn) {
    try {
      var token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256)
                  .type(new JOSEObjectType("at+jwt"))
                  .keyID("k1")
                  .build(),
              new JWTClaimsSet.Builder()
                  .issuer(issuer)
                  .audience(audience)
                  .subject(name)
                  .claim("operator_rights", List.of(right))
                  .expirationTime(Date.from(Instant.parse(expiresOn + "T00:00:00Z")))
                  .build());
      token.sign(new RSASSASigner(issuer.equals(pipelineUrl()) ? PIPELINE_KEY : KEY));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static String ana() {
    return token(issuerUrl(), AUDIENCE, "ana", "editor");
  }

  static String ben() {
    return token(issuerUrl(), AUDIENCE, "ben", "approver");
  }

  static String olga() {
    return token(issuerUrl(), AUDIENCE, "olga", "owner");
  }

  Answer send(String method, String path, String token, String body)
      throws IOException, InterruptedException {
    return send(method, path, token, "application/json", body);
  }

  Answer send(String method, String path, String token, String type, String body)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api" + path))
                  .header("Authorization", "Bearer " + token)
                  .header("Content-Type", type)
                  .method(method, HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body());
    }
  }

  Answer get(String path, String token) throws Exception {
    return send("GET", path, token, "");
  }

  Answer post(String path, String token, String body) throws Exception {
    return send("POST", path, token, body);
  }

  HttpResponse<String> tagged(
      HttpClient client, String method, String path, String match, String body)
      throws IOException, InterruptedException {
    return tagged(client, method, path, ana(), match, body);
  }

  HttpResponse<String> tagged(
      HttpClient client, String method, String path, String token, String match, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api" + path))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token)
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!match.isEmpty()) {
      request.header("If-Match", match);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  static void isProblem(HttpResponse<String> answer, String code) {
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(answer.body())
        .contains("\"status\":" + answer.statusCode(), "\"code\":\"" + code + "\"");
  }
}
