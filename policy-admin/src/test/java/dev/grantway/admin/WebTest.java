package dev.grantway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;

/** What the app answers before anybody has signed in. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "GRANTWAY_OIDC_ISSUER=http://127.0.0.1:1/dev",
      "GRANTWAY_INSTEAD_OF_LOCALHOST=http://127.0.0.1:8080"
    })
@ActiveProfiles("memory")
@Import(MemoryApp.class)
class WebTest {
  @LocalServerPort int port;

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return get("127.0.0.1", path);
  }

  private HttpResponse<String> get(String host, String path)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://" + host + ":" + port + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @Test
  void everyPageLeadsToTheSignIn() throws Exception {
    for (String path : new String[] {"/", "/a/orders/prod/roles", "/nowhere"}) {
      HttpResponse<String> answer = get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(302);
      assertThat(header(answer, "location")).as(path).endsWith("/oauth2/authorization/oidc");
    }
  }

  @Test
  void localhostLeadsToTheAddressThatTheIssuerKnows() throws Exception {
    HttpResponse<String> answer = get("localhost", "/a/orders/prod/roles?filter=a%20b");
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(header(answer, "location"))
        .isEqualTo("http://127.0.0.1:8080/a/orders/prod/roles?filter=a%20b");
  }

  @Test
  void theSessionHasACookieOfItsOwnThatScriptsCannotRead() throws Exception {
    assertThat(header(get("/"), "set-cookie"))
        .startsWith("grantway-admin=")
        .contains("HttpOnly", "SameSite=Lax");
  }

  @Test
  void everyAnswerCarriesTheSecurityHeaders() throws Exception {
    HttpResponse<String> answer = get("/health");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "content-security-policy"))
        .contains(
            "default-src 'self'", "object-src 'none'", "base-uri 'self'", "frame-ancestors 'none'");
    assertThat(header(answer, "x-content-type-options")).isEqualTo("nosniff");
  }

  @Test
  void healthTellsEverybodyUpOrDownAndNothingBesides() throws Exception {
    for (String path : new String[] {"/health", "/health/live"}) {
      HttpResponse<String> live = get(path);
      assertThat(live.statusCode()).as(path).isEqualTo(200);
      assertThat(live.body()).isEqualTo("{\"status\":\"up\"}");
    }
    HttpResponse<String> ready = get("/health/ready");
    assertThat(ready.statusCode()).as("sessions go on without the issuer").isEqualTo(200);
    assertThat(ready.body())
        .as("no issuer answers here")
        .isEqualTo("{\"status\":\"up\",\"table\":\"up\",\"issuer\":\"down\"}");
    assertThat(get("/health/else").statusCode()).as("a sign-in").isEqualTo(302);
  }

  @Test
  void theEndOfASessionHasItsOwnPage() throws Exception {
    HttpResponse<String> answer = get("/session-ended");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("Nothing is lost", "Sign in");
  }

  @Test
  void withoutAPortOfTheirOwnThereAreNoMetrics() throws Exception {
    for (String closed : new String[] {"/metrics", "/prometheus", "/actuator", "/env", "/livez"}) {
      assertThat(get(closed).statusCode()).as(closed).isEqualTo(302);
    }
  }

  @Test
  void whatAClientSaysOfAProxyCountsForNothingUnlessThereIsOne() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:" + port + "/oauth2/authorization/oidc"))
                  .headers("X-Forwarded-Proto", "https", "X-Forwarded-Host", "evil.example")
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(header(answer, "location"))
          .contains("redirect_uri=http://127.0.0.1:" + port + "/login/oauth2/code/oidc")
          .doesNotContain("evil");
      assertThat(header(answer, "set-cookie")).doesNotContain("Secure");
    }
  }

  @Test
  void errorsHaveTheirOwnPageWithoutTheTextOfExceptions() throws Exception {
    HttpResponse<String> answer = get("/error");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("Nothing here").doesNotContain("Exception", "Whitelabel");
  }

  @Test
  void stylesAndTheSchemeAreServedToEverybody() throws Exception {
    for (String file : new String[] {"app.css", "plain.css", "scheme.js", "icon.svg"}) {
      assertThat(get("/grantway/" + file).statusCode()).as(file).isEqualTo(200);
    }
  }
}
