package dev.grantway.issuers;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A client of an issuer that keeps cookies as a browser on this machine does. */
final class Http {
  private final HttpClient client = HttpClient.newHttpClient();
  // java.net.CookieManager keeps secure cookies from http, also on this machine; browsers do not.
  private final Map<String, String> cookies = new LinkedHashMap<>();

  HttpResponse<String> get(String uri) {
    return send(HttpRequest.newBuilder(URI.create(uri)).GET());
  }

  HttpResponse<String> form(String uri, Map<String, String> fields) {
    return send(
        HttpRequest.newBuilder(URI.create(uri))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(encoded(fields))));
  }

  HttpResponse<String> json(
      String method, String uri, Map<String, String> headers, String contentType, String body) {
    var request =
        HttpRequest.newBuilder(URI.create(uri))
            .header("Content-Type", contentType)
            .method(method, BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return send(request);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream().map(Object::toString).collect(Collectors.joining("; ")));
    }
    try {
      var response =
          client.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
      response.headers().allValues("Set-Cookie").forEach(this::keep);
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private void keep(String setCookie) {
    var pair = setCookie.split(";", 2)[0].split("=", 2);
    cookies.put(pair[0], pair[1]);
  }

  static String encoded(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(
            field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  /** The members of a JSON object that came with a status of success. */
  static Map<String, Object> object(HttpResponse<String> response) {
    if (response.statusCode() / 100 != 2) {
      throw new AssertionError(response + " " + response.body());
    }
    try {
      return JSONObjectUtils.parse(response.body());
    } catch (ParseException e) {
      throw new AssertionError(response.body(), e);
    }
  }

  /** A member that must be there and be a string. */
  static String text(Map<String, Object> object, String name) {
    if (object.get(name) instanceof String text) {
      return text;
    }
    throw new AssertionError("no `" + name + "` in " + object.keySet());
  }

  /** The members of a JSON array of objects. */
  static List<Map<String, Object>> objects(HttpResponse<String> response) {
    try {
      var wrapped = JSONObjectUtils.parse("{\"all\":" + response.body() + "}");
      return List.of(JSONObjectUtils.getJSONObjectArray(wrapped, "all"));
    } catch (ParseException e) {
      throw new AssertionError(response.body(), e);
    }
  }
}
