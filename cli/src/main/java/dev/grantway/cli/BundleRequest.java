package dev.grantway.cli;

import dev.grantway.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a running admin app for its audit bundle. */
final class BundleRequest {
  private static final String PATH = "/api/audit/bundle";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private BundleRequest() {}

  /**
   * The bundle, as it arrives.
   *
   * @param url of the app, or of the bundle itself
   * @param token the bearer token; empty for none
   */
  static InputStream open(String url, String token) {
    HttpRequest request = request(url, token);
    // The client lives as long as its answer is read.
    var client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();
    try {
      HttpResponse<InputStream> answer =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      return switch (answer.statusCode()) {
        case 200 -> answer.body();
        case 401, 403 ->
            throw new InputException(
                "`"
                    + url
                    + "` refuses with status "
                    + answer.statusCode()
                    + ": give the token of an owner or auditor with --token");
        default ->
            throw new StoreException.Unavailable(
                "`" + url + "` answered with status " + answer.statusCode(), null);
      };
    } catch (IOException e) {
      throw new StoreException.Unavailable(
          "`" + url + "` cannot be reached: see that it runs, and that the address is right", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException.Unavailable("the request was interrupted", e);
    }
  }

  private static HttpRequest request(String url, String token) {
    String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    try {
      var request =
          HttpRequest.newBuilder(URI.create(base.endsWith(PATH) ? base : base + PATH))
              .timeout(LIMIT)
              .GET();
      if (!token.isEmpty()) {
        request.header("Authorization", "Bearer " + token);
      }
      return request.build();
    } catch (IllegalArgumentException wrong) {
      throw new InputException("`" + url + "` is no URL: " + wrong.getMessage());
    }
  }
}
