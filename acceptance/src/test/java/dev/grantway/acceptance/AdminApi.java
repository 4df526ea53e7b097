package dev.grantway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The REST API of an admin app at a port, called with one token. */
record AdminApi(int port, String token) {

  /** As an owner. */
  static AdminApi of(RunningSandbox sandbox, int port) {
    return new AdminApi(
        port,
        sandbox.answer(
            "./grantway",
            "token",
            "--sub",
            "olga",
            "--claims",
            "{\"aud\":\"grantway-admin-api\",\"operator_rights\":[\"owner\"]}"));
  }

  String get(String path) {
    return send("GET", path, null);
  }

  /** Publishes a permission that is new; the API's id is that of the sample `orders`. */
  void publishPermission(String id, String role, String method, String resource) {
    var row =
        Map.of(
            "permission",
            Map.of(
                "id",
                id,
                "role",
                role,
                "api",
                "a1b2c3d4e5",
                "effect",
                "ALLOW",
                "stage",
                "*",
                "methods",
                List.of(method),
                "resource",
                resource));
    String draft = text(send("POST", "/api/v1/drafts", Map.of("name", id)), "id");
    send(
        "POST",
        "/api/v1/drafts/" + draft + "/changes",
        Map.of("changes", List.of(Map.of("after", row))));
    String hash = text(get("/api/v1/drafts/" + draft), "hash");
    send(
        "POST",
        "/api/v1/drafts/" + draft + "/publish",
        Map.of("hash", hash, "reason", "a restore is tried"));
  }

  private static String text(String json, String member) {
    try {
      return String.valueOf(JSONObjectUtils.parse(json).get(member));
    } catch (ParseException e) {
      throw new AssertionError(json, e);
    }
  }

  private String send(String method, String path, @Nullable Map<String, Object> body) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(JSONObjectUtils.toJSONString(body)))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode())
          .as(method + " " + path + ": " + answer.body())
          .isBetween(200, 299);
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
