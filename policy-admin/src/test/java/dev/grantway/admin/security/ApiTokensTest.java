package dev.grantway.admin.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.security.oauth2.jwt.JwtException;

/** What is asked of the issuer to read a token says of which trace it is. */
class ApiTokensTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  @Test
  void discoveryAndKeysAreAskedWithinTheTrace() throws Exception {
    var key = new RSAKeyGenerator(2048).keyID("k").generate();
    var asked = new ConcurrentHashMap<String, String>();
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String issuer = "http://127.0.0.1:" + server.getAddress().getPort();
    Map<String, String> said =
        Map.of(
            "/.well-known/openid-configuration",
            "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + issuer + "/keys\"}",
            "/keys",
            new JWKSet(key.toPublicJWK()).toString());
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          String parent = exchange.getRequestHeaders().getFirst("traceparent");
          asked.put(path, parent == null ? "" : parent);
          byte[] body = said.getOrDefault(path, "{}").getBytes(UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(said.containsKey(path) ? 200 : 404, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    MDC.put("traceId", TRACE);
    try {
      var token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k").build(),
              new JWTClaimsSet.Builder().issuer(issuer).audience("another").build());
      token.sign(new RSASSASigner(key));
      assertThatThrownBy(() -> ApiTokens.decoder(issuer, "ours").decode(token.serialize()))
          .as("the keys were had")
          .isInstanceOf(JwtException.class)
          .hasMessageContaining("another audience");
    } finally {
      MDC.clear();
      server.stop(0);
    }
    assertThat(asked).containsKeys("/.well-known/openid-configuration", "/keys");
    asked.forEach(
        (path, parent) -> assertThat(parent).as(path).matches("00-" + TRACE + "-[0-9a-f]{16}-00"));
  }
}
