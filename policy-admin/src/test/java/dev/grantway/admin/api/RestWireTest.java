package dev.grantway.admin.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.policy.RoleName;
import dev.grantway.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Addresses, bodies of any type, pages and answers that break off, as they go over the wire. */
class RestWireTest extends RestTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String REFUNDS =
      "{\"changes\":[{\"after\":{\"permission\":{\"id\":\"support-refund\",\"role\":\"support\","
          + "\"api\":\"a1b2c3d4e5\",\"effect\":\"ALLOW\",\"stage\":\"*\",\"methods\":[\"POST\"],"
          + "\"resource\":\"/orders/{id}/refunds\"}}}]}";

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  RequestMappingHandlerMapping mappings;

  @AfterEach
  void undisturbed() {
    world.whenTold(() -> {});
  }

  private HttpResponse<String> posted(String path, String type, String key, String body)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api" + path))
              .header("Authorization", "Bearer " + ana())
              .POST(HttpRequest.BodyPublishers.ofString(body));
      if (!type.isEmpty()) {
        request.header("Content-Type", type);
      }
      if (!key.isEmpty()) {
        request.header("Idempotency-Key", '"' + key + '"');
      }
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static Answer answer(HttpResponse<String> response) {
    return new Answer(response.statusCode(), response.body());
  }

  @Test
  void everyCallIsUnderV1AndWhatWasServedWithoutItIsToo() throws Exception {
    Set<Set<String>> paths =
        mappings.getHandlerMethods().entrySet().stream()
            .filter(it -> it.getValue().getBeanType().getPackageName().endsWith(".admin.api"))
            .filter(it -> it.getValue().getBeanType() != NoSuchCall.class)
            .map(it -> it.getKey().getPatternValues())
            .collect(Collectors.toSet());
    for (Set<String> of : paths) {
      assertThat(of).anyMatch(path -> path.startsWith("/api/v1/"));
      for (String path : of) {
        assertThat(of).contains(path.replaceFirst("^/api/(v1/)?", "/api/v1/"));
      }
    }
    assertThat(paths.stream().filter(it -> it.size() == 2).count()).isEqualTo(24);
    String id = post("/v1/drafts", ana(), "{\"name\":\"x\"}").json().text("id");
    for (String path :
        List.of(
            "/drafts",
            "/drafts/" + id,
            "/revisions",
            "/revisions/1/changes",
            "/in-force",
            "/apis",
            "/apis/a1b2c3d4e5/stages/prod/roles",
            "/activity",
            "/revocations")) {
      Answer first = get(path, olga());
      assertThat(first.status()).as(path + first.body()).isEqualTo(200);
      assertThat(get("/v1" + path, olga())).as(path).isEqualTo(first);
    }
    assertThat(get("/v1/openapi", ana()).body())
        .contains("\"/api/v1/drafts/{id}/publish\"")
        .doesNotContain("\"/api/drafts");
    assertThat(get("/v1/activity", ana()).status()).isEqualTo(403);
    assertThat(send("PATCH", "/v1/drafts", ana(), "{}").status()).isEqualTo(405);
    try (HttpClient client = HttpClient.newHttpClient()) {
      var nobody =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/drafts"));
      assertThat(client.send(nobody.build(), HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(401);
    }
  }

  @Test
  void aKeyIsOfTheSameCallAtBothItsAddresses() throws Exception {
    String body = "{\"name\":\"refunds\"}";
    HttpResponse<String> first = posted("/drafts", "application/json", "two", body);
    HttpResponse<String> again = posted("/v1/drafts", "application/json", "two", body);
    assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
    assertThat(answer(again)).isEqualTo(answer(first));
    assertThat(again.headers().firstValue("Grantway-Replayed")).hasValue("true");
    assertThat(get("/drafts", ana()).body().split("\"id\":")).hasSize(2);
  }

  @Test
  void aFileIsTakenAsItIsWhateverItsTypeSays() throws Exception {
    String note = "a&dry-run=true&draft=zz+%41=b";
    String csv =
        "role,id,api,methods,resource,note\nsupport,s%d,orders,POST,/orders/{id}/refunds,"
            + note.replace("%", "%%")
            + "\n";
    int n = 0;
    for (String type : List.of(FORM, FORM + ";charset=utf-8", "text/csv", "")) {
      for (String query : List.of("", "?from=csv-permissions&file=p%20q.csv")) {
        for (String key : List.of("", "f")) {
          String what = type + query + key;
          n++;
          HttpResponse<String> added =
              posted("/v1/imports" + query, type, key.isEmpty() ? "" : key + n, csv.formatted(n));
          assertThat(added.statusCode()).as(what + added.body()).isEqualTo(201);
          assertThat(get("/v1/drafts/" + answer(added).json().text("draft"), ana()).body())
              .as(what)
              .contains("\"id\":\"s" + n + "\"", "\"note\":\"" + note + "\"");
        }
      }
    }
    HttpResponse<String> dry = posted("/v1/imports?dry-run=true", FORM, "", csv.formatted(99));
    assertThat(dry.statusCode()).as(dry.body()).isEqualTo(200);
    HttpResponse<String> taken =
        posted("/v1/memberships", FORM, "", "issuer,subject,group\ncorp,mia+%41&x=1,money\n");
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(201);
    assertThat(world.repository.memberships().list().orElseThrow().rows().toString())
        .contains("mia+%41&x=1");
    HttpResponse<String> part = posted("/v1/imports", "multipart/form-data; boundary=x", "", "--x");
    assertThat(part.statusCode()).as("read as it is: %s", part.body()).isEqualTo(400);
    HttpResponse<String> form = posted("/v1/drafts", FORM, "", "name=x");
    assertThat(form.statusCode()).isEqualTo(415);
  }

  @Test
  void changesOfARevisionThatNeverWasAreNotThere() throws Exception {
    for (long number : List.of(-1L, 0L, 99L)) {
      Answer none = get("/v1/revisions/" + number + "/changes", ana());
      assertThat(none.status()).as(number + none.body()).isEqualTo(404);
      assertThat(none.code()).isEqualTo("not-there");
    }
    assertThat(get("/v1/revisions/1/changes", ana()).body()).startsWith("{\"changes\":[{");
  }

  @Test
  void aBodyThatDoesNotSayItsTypeIsNoJson() throws Exception {
    for (String type : List.of("", "text/plain", "application/jsonp")) {
      HttpResponse<String> answer = posted("/v1/drafts", type, "", "{\"name\":\"x\"}");
      assertThat(answer.statusCode()).as(type + answer.body()).isEqualTo(415);
      isProblem(answer, "not-json");
    }
  }

  private void publish(String id) throws Exception {
    String hash = get("/v1/drafts/" + id, ana()).json().text("hash");
    Answer published =
        post(
            "/v1/drafts/" + id + "/publish",
            ana(),
            "{\"hash\":\"" + hash + "\",\"reason\":\"why\"}");
    assertThat(published.status()).as(published.body()).isEqualTo(200);
  }

  @Test
  void pagesAreOfOneStateOrBegunAgain() throws Exception {
    String id = post("/v1/drafts", ana(), "{\"name\":\"x\"}").json().text("id");
    assertThat(post("/v1/drafts/" + id + "/changes", ana(), REFUNDS).status()).isEqualTo(200);
    var sets = new HashSet<Set<RoleName>>();
    for (int i = 0; i < 60; i++) {
      sets.add(Set.of(new RoleName("support"), new RoleName("other-" + i)));
    }
    world.heartbeat("i1", "token", 65_536, sets);
    String documents = "/v1/drafts/" + id + "/documents";
    Answer first = get(documents, ana());
    String next = first.json().text("next");
    assertThat(next).endsWith("_50");
    Answer second = get(documents + "?after=" + next, ana());
    assertThat(second.status()).as(second.body()).isEqualTo(200);
    assertThat(second.json().text("next")).isEmpty();
    sets.remove(sets.iterator().next());
    world.heartbeat("i1", "token", 65_536, sets);
    moved(documents + "?after=" + next);
    assertThat(get(documents + "?after=50", ana()).status()).isEqualTo(400);
    String routes = "/v1/apis/a1b2c3d4e5/stages/prod/routes?after=";
    assertThat(get(routes + "1_1", ana()).body()).contains("\"revision\":1,", "\"next\":\"\"");
    publish(id);
    moved(routes + "1_1");
    assertThat(get(routes + "2_1", ana()).status()).isEqualTo(200);
  }

  private void moved(String path) throws Exception {
    Answer answer = get(path, ana());
    assertThat(answer.status()).as(answer.body()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("pages-moved");
  }

  /** The table fails after so many lines of the bundle. */
  private HttpResponse<InputStream> bundle(HttpClient client, int lines) throws Exception {
    var told = new AtomicInteger();
    world.whenTold(
        () -> {
          if (told.incrementAndGet() == lines) {
            throw new StoreException.Unavailable("down", null);
          }
        });
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/audit/bundle"))
            .header("Authorization", "Bearer " + olga())
            .build(),
        HttpResponse.BodyHandlers.ofInputStream());
  }

  @Test
  void aBundleThatFailsOnItsWayIsCutOffAndNothingStandsBehindIt() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<InputStream> begun = bundle(client, 3);
      assertThat(begun.statusCode()).isEqualTo(200);
      var read = new ByteArrayOutputStream();
      assertThatThrownBy(() -> begun.body().transferTo(read)).isInstanceOf(IOException.class);
      assertThat(read.toString(UTF_8))
          .startsWith("{\"type\":\"start\"")
          .doesNotContain("table-down", "\"status\"", "<html");
      HttpResponse<InputStream> early = bundle(client, 1);
      assertThat(early.statusCode()).isEqualTo(503);
      assertThat(new String(early.body().readAllBytes(), UTF_8))
          .startsWith("{\"type\":\"about:blank\"")
          .contains("table-down");
    }
  }
}
