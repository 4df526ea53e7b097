package dev.grantway.cli;

import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.JsonObject;
import dev.grantway.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A running admin app, asked over its REST API. What it refuses for what was asked is an {@link
 * InputException}, in its words; what else goes wrong a {@link StoreException}.
 */
final class AdminApp {
  private static final String LOOPBACK = "localhost|127(\\.[0-9]{1,3}){3}|\\[::1]";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Somebody has to wait, which is nothing that was typed wrongly (RFC 6585 section 4). */
  private static final int TOO_MANY = 429;

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final int CONFLICT = 409;
  private static final int UNPROCESSABLE = 422;
  private static final int MOVED = 412;
  private static final int MOST_OF_AN_ANSWER = 8 << 20;

  /** Every wrong row is told, of 200,000 each; every change of a draft, and every grant by it. */
  private static final int MOST_OF_MANY_ROWS = 128 << 20;

  private final String url;
  private final String token;
  private final String rights;

  /**
   * The client lives as long as its answers are read. It keeps the cookies of a load balancer: a
   * job is with the instance that began it.
   */
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(LIMIT)
          .cookieHandler(new CookieManager())
          .build();

  private AdminApp(String url, String token, String rights) {
    this.url = url;
    this.token = token;
    this.rights = rights;
  }

  /**
   * The app at a URL.
   *
   * @param token the bearer token; null for that of {@code GRANTWAY_TOKEN}, if there is one
   * @param rights whose token it takes, such as {@code an editor}
   */
  static AdminApp at(String url, @Nullable String token, String rights) {
    String bearer = token == null ? System.getenv().getOrDefault("GRANTWAY_TOKEN", "") : token;
    return new AdminApp(
        url.endsWith("/") ? url.substring(0, url.length() - 1) : url, bearer, rights);
  }

  /**
   * What a path answers, as it arrives; a URL that ends in the path already, perhaps as it was
   * before there was a {@code v1} in it, is taken as it is.
   */
  HttpResponse<InputStream> get(String path) {
    boolean whole = url.endsWith(path) || url.endsWith(path.replace("/api/v1/", "/api/"));
    return send(request(whole ? "" : path).GET());
  }

  /** A JSON object that a path answers. */
  JsonObject object(String path) {
    return object(get(path));
  }

  /** What a path answers to a JSON object. */
  JsonObject post(String path, String json) {
    return object(
        send(
            request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))));
  }

  /** What a path answers to a file, also where it says why nothing was made of it. */
  JsonObject post(String path, byte[] file) {
    return object(
        send(
            request(path)
                .timeout(LONG)
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(file)),
            status -> status == UNPROCESSABLE),
        MOST_OF_MANY_ROWS);
  }

  /**
   * The same, if what the file is to take the place of is still in that state; what it answers also
   * where that is not so.
   */
  JsonObject post(String path, byte[] file, String state) {
    return object(
        send(
            request(path)
                .timeout(LONG)
                .header("Content-Type", "application/octet-stream")
                .header("If-Match", '"' + state + '"')
                .POST(HttpRequest.BodyPublishers.ofByteArray(file)),
            status -> status == UNPROCESSABLE || status == MOVED),
        MOST_OF_MANY_ROWS);
  }

  /**
   * What a path answered that may refuse as things stand: 409, 412 or 422.
   *
   * @param body with the members {@code problems} where it refused
   */
  record Said(int status, JsonObject body) {
    boolean isDone() {
      return status / 100 == 2;
    }

    /** True where something is not as it was seen. */
    boolean isMoved() {
      return status == CONFLICT || status == MOVED;
    }

    /** {@code code: message} each. */
    List<String> problems() {
      return AdminApp.problems(body);
    }
  }

  /**
   * What a path answers to a JSON object that it may refuse as things stand.
   *
   * @param state what the caller saw it to be, for {@code If-Match}; empty where the object says it
   */
  Said ask(String path, String json, String state) {
    var request =
        request(path)
            .timeout(LONG)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json));
    if (!state.isEmpty()) {
      request.header("If-Match", '"' + state + '"');
    }
    HttpResponse<InputStream> answer =
        send(request, status -> status == CONFLICT || status == MOVED || status == UNPROCESSABLE);
    return new Said(answer.statusCode(), object(answer, MOST_OF_MANY_ROWS));
  }

  /**
   * Deletes what a path names, if it is still as it was seen; false where it is not.
   *
   * @param state what the caller saw it to be
   */
  boolean delete(String path, String state) {
    HttpResponse<InputStream> answer =
        send(request(path).header("If-Match", '"' + state + '"').DELETE(), it -> it == MOVED);
    try {
      answer.body().close();
    } catch (IOException e) {
      throw unreachable(e);
    }
    return answer.statusCode() != MOVED;
  }

  /** Where a path of it is, for people. */
  String at(String path) {
    return url + path;
  }

  private JsonObject object(HttpResponse<InputStream> answer) {
    return object(answer, MOST_OF_AN_ANSWER);
  }

  private JsonObject object(HttpResponse<InputStream> answer, int most) {
    try (InputStream body = answer.body()) {
      return CanonicalJson.read(body.readNBytes(most));
    } catch (IOException e) {
      throw unreachable(e);
    } catch (IllegalArgumentException noObject) {
      throw new StoreException.Unavailable(
          "`" + url + "` answers what no admin app does: see that the address is right", noObject);
    }
  }

  private HttpResponse<InputStream> send(HttpRequest.Builder request) {
    return send(request, status -> false);
  }

  private HttpResponse<InputStream> send(HttpRequest.Builder request, IntPredicate alsoTaken) {
    try {
      HttpResponse<InputStream> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      if (answer.statusCode() / 100 == 2 || alsoTaken.test(answer.statusCode())) {
        return answer;
      }
      throw refused(answer);
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException.Unavailable("the request was interrupted", e);
    }
  }

  StoreException unreachable(IOException e) {
    return new StoreException.Unavailable(
        "`" + url + "` cannot be reached: see that it runs, and that the address is right", e);
  }

  private RuntimeException refused(HttpResponse<InputStream> answer) throws IOException {
    int status = answer.statusCode();
    if (status == 401 || status == 403) {
      List<String> why = problems(answer);
      return new InputException(
          "`"
              + url
              + "` refuses with status "
              + status
              + (why.isEmpty() ? "" : " (" + String.join("; ", why) + ")")
              + ": give the token of "
              + rights
              + " with --token");
    }
    List<String> problems = problems(answer);
    if (problems.isEmpty()) {
      return new StoreException.Unavailable("`" + url + "` answered with status " + status, null);
    }
    String said = String.join("; ", problems);
    return status == TOO_MANY || status >= 500
        ? new StoreException.Unavailable(said, null)
        : new InputException(said);
  }

  private static List<String> problems(HttpResponse<InputStream> answer) throws IOException {
    try (InputStream body = answer.body()) {
      return problems(CanonicalJson.read(body.readNBytes(MOST_OF_AN_ANSWER)));
    } catch (IllegalArgumentException noProblem) {
      return List.of();
    }
  }

  /** What stands in the way by a problem document: {@code code: message} each. */
  private static List<String> problems(JsonObject document) {
    return document.objects("problems", it -> it.text("code") + ": " + it.textOr("message", ""));
  }

  /** By its name alone: what a name server says does not count. */
  private static boolean isHere(URI uri) {
    return uri.getHost() != null && uri.getHost().matches(LOOPBACK);
  }

  private HttpRequest.Builder request(String path) {
    try {
      URI uri = URI.create(url + path);
      HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(LIMIT);
      if (token.isEmpty()) {
        return request;
      }
      if (!"https".equalsIgnoreCase(uri.getScheme()) && !isHere(uri)) {
        throw new InputException(
            "`"
                + url
                + "` is plain http, over which a token could be read on its way: nothing was sent;"
                + " give an https address");
      }
      return request.header("Authorization", "Bearer " + token);
    } catch (IllegalArgumentException wrong) {
      throw new InputException("`" + url + "` is no URL: " + wrong.getMessage());
    }
  }
}
