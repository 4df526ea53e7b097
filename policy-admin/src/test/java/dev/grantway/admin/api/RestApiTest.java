package dev.grantway.admin.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.admin.changes.World;
import dev.grantway.admin.security.OperatorRight;
import dev.grantway.admin.wiring.FakeWiring;
import dev.grantway.imports.DeployedApis;
import dev.grantway.policyfile.PolicyFile;
import dev.grantway.resource.Route;
import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.JsonObject;
import dev.grantway.revision.Sha256;
import dev.grantway.store.Revocation;
import dev.grantway.store.StoreException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The API over HTTP, with tokens that an issuer signed. */
class RestApiTest extends RestTest {
  private static final String REFUNDS =
      "{\"label\":\"refunds\",\"changes\":[{\"after\":{\"permission\":{\"id\":\"support-refund\","
          + "\"role\":\"support\",\"api\":\"a1b2c3d4e5\",\"effect\":\"ALLOW\",\"stage\":\"*\",\"methods\":[\"POST\"],"
          + "\"resource\":\"/orders/{id}/refunds\"}}}]}";

  @Autowired FakeWiring gateway;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  RequestMappingHandlerMapping mappings;

  private String draftWithRefunds() throws Exception {
    Answer begun = post("/drafts", ana(), "{\"name\":\"refunds\"}");
    assertThat(begun.status()).as(begun.body()).isEqualTo(201);
    String id = begun.json().text("id");
    Answer staged = post("/drafts/" + id + "/changes", ana(), REFUNDS);
    assertThat(staged.status()).as(staged.body()).isEqualTo(200);
    return id;
  }

  private String hash(String id) throws Exception {
    return get("/drafts/" + id, ana()).json().text("hash");
  }

  private List<String> accessToRefunds(String asOf) throws Exception {
    Answer answer = get("/apis/a1b2c3d4e5/stages/prod/roles/support?as-of=" + asOf, ana());
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return Pattern.compile(
            "\"method\":\"POST\",\"route\":\"/orders/\\{id}/refunds\",\"access\":\"(\\w+)\"")
        .matcher(answer.body())
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  @Test
  void everythingIsReadAsOfAnyTime() throws Exception {
    String id = draftWithRefunds();
    assertThat(accessToRefunds("")).as("drafts are not live").containsExactly("none");
    String first = world.clock.instant().toString();
    world.pass(Duration.ofMinutes(1));
    String hash = hash(id);
    assertThat(
            post(
                    "/drafts/" + id + "/publish",
                    ana(),
                    "{\"hash\":\"" + hash + "\",\"reason\":\"why\"}")
                .status())
        .isEqualTo(200);
    world.pass(Duration.ofMinutes(1));
    assertThat(accessToRefunds("")).containsExactly("allowed");
    assertThat(accessToRefunds("2")).containsExactly("allowed");
    assertThat(accessToRefunds(world.clock.instant().toString())).containsExactly("allowed");
    assertThat(accessToRefunds("1")).containsExactly("none");
    assertThat(accessToRefunds(first)).containsExactly("none");
    assertThat(get("/apis/a1b2c3d4e5/stages/prod/roles?as-of=1", ana()).body())
        .contains("\"revision\":1,", "\"support\"")
        .endsWith("\"next\":\"\"}");
    assertThat(get("/apis?as-of=2", ana()).body()).contains("\"revision\":2,", "a1b2c3d4e5");
    for (String nowhere :
        List.of(
            "/apis?as-of=3",
            "/apis?as-of=2020-01-01T00:00:00Z",
            "/apis/none/stages/prod/roles",
            "/apis/a1b2c3d4e5/stages/none/roles",
            "/apis/a1b2c3d4e5/stages/prod/roles/none")) {
      Answer answer = get(nowhere, ana());
      assertThat(answer.status()).as(nowhere).isEqualTo(404);
      assertThat(answer.code()).as(nowhere).isEqualTo("not-there");
    }
    assertThat(get("/apis?as-of=yesterday", ana()).code()).isEqualTo("bad-request");
    String ahead = world.clock.instant().plusMillis(1).toString();
    for (String path :
        List.of(
            "/apis?as-of=" + ahead,
            "/apis/a1b2c3d4e5/stages/prod/roles/support?as-of=2030-01-01T00:00:00Z",
            "/v1/rules?as-of=" + ahead,
            "/v1/apis/a1b2c3d4e5/stages/prod/who-can?tag=money&as-of=" + ahead)) {
      Answer notYet = get(path, ana());
      assertThat(notYet.status()).as(path).isEqualTo(422);
      assertThat(notYet.body())
          .as(path)
          .contains(
              "\"code\":\"not-yet\"", "has not come yet, so that nothing is known as of then");
    }
  }

  @Test
  void documentsThatHoldADraftUpAreNamedInItsReview() throws Exception {
    String id = draftWithRefunds();
    assertThat(get("/drafts/" + id, ben()).body()).contains("\"misfits\":[]");
    world.heartbeat("i1", "token", 256, Set.of());
    assertThat(get("/drafts/" + id, ben()).body())
        .contains(
            "\"misfits\":[{\"code\":\"oversized\",\"about\":\"support@orders/prod\",\"message\":\"the"
                + " document of who holds `support` on `orders/prod` has ",
            "\"roles\":[\"support\"],\"origin\":\"role\",\"api\":\"orders\",\"stage\":\"prod\","
                + "\"cacheKey\":\"token\",\"bytes\":",
            "{\"code\":\"oversized\",\"message\":");
  }

  @Test
  void theTrailIsVerifiedForOwnersAndAuditors() throws Exception {
    draftWithRefunds();
    assertThat(get("/audit/verify", ana()).code()).isEqualTo("not-permitted");
    Answer good = get("/audit/verify", olga());
    assertThat(good.status()).isEqualTo(200);
    assertThat(good.body()).startsWith("{\"result\":\"good\",\"faults\":[]");
  }

  @Test
  void anAuditorExportsGrantsAndFetchesTheFileWithItsManifest() throws Exception {
    String asked = "{\"format\":\"csv\",\"api\":\"orders\",\"stage\":\"prod\",\"roles\":\"clerk\"}";
    assertThat(post("/v1/exports", ana(), asked).code()).isEqualTo("not-permitted");
    assertThat(get("/v1/exports", ben()).status()).isEqualTo(403);
    String aud = token(issuerUrl(), AUDIENCE, "aud", "auditor");
    Answer begun = post("/v1/exports", aud, asked);
    assertThat(begun.status()).as(begun.body()).isEqualTo(202);
    String path = "/v1/exports/" + begun.json().text("id");
    Answer job = ended(path, aud);
    assertThat(job.json().text("state")).isEqualTo("done");
    Answer file = get(path + "/file", aud);
    assertThat(file.status()).isEqualTo(200);
    assertThat(file.body()).startsWith("\"api\",\"stage\",").contains("\"clerk\"");
    Answer manifest = get(path + "/manifest", aud);
    assertThat(manifest.json().text("sha256")).isEqualTo(Sha256.hex(file.body().getBytes(UTF_8)));
    assertThat(manifest.json().text("by")).isEqualTo("aud");
    assertThat(manifest.json().number("rows")).isEqualTo(job.json().number("of")).isPositive();
    assertThat(get("/v1/exports", aud).body()).contains(begun.json().text("id"), "\"exports\":[{");
    assertThat(get(path + "/file", ana()).status()).isEqualTo(403);
    assertThat(send("DELETE", path, ana(), "").status()).isEqualTo(403);
    assertThat(send("DELETE", path, aud, "").status()).isEqualTo(204);
    assertThat(get(path + "/file", aud).code()).isEqualTo("no-export");
    assertThat(send("DELETE", path, aud, "").code()).isEqualTo("no-export");
  }

  @Test
  void grantsByPrincipalAndTheTrailAreExportedToo() throws Exception {
    String aud = token(issuerUrl(), AUDIENCE, "aud", "auditor");
    Answer begun = post("/v1/exports", aud, "{\"kind\":\"principals\",\"format\":\"csv\"}");
    assertThat(begun.status()).as(begun.body()).isEqualTo(202);
    assertThat(begun.json().text("kind")).isEqualTo("principals");
    String path = "/v1/exports/" + begun.json().text("id");
    Answer job = ended(path, aud);
    assertThat(job.json().text("state")).as(job.body()).isEqualTo("done");
    assertThat(get(path + "/file", aud).body())
        .startsWith("\"api\",\"stage\",\"method\",\"route\",\"issuer\",\"kind\",\"principal\",");
    Answer manifest = get(path + "/manifest", aud);
    assertThat(manifest.body())
        .contains("\"by\" : \"principal\"", "\"memberships\" : \"no list was in force\"");
    assertThat(send("DELETE", path, aud, "").status()).isEqualTo(204);
    Answer trail = post("/v1/exports", aud, "{\"kind\":\"activity\",\"format\":\"jsonl\"}");
    assertThat(trail.status()).as(trail.body()).isEqualTo(202);
    String log = "/v1/exports/" + trail.json().text("id");
    assertThat(ended(log, aud).body()).contains("\"state\":\"done\"", "\"kind\":\"activity\"");
    assertThat(get(log + "/file", aud).body()).contains("activity " + trail.json().text("id"));
    assertThat(send("DELETE", log, aud, "").status()).isEqualTo(204);
    assertThat(
            post("/v1/exports", aud, "{\"kind\":\"reviews\",\"format\":\"pdf\",\"api\":\"orders\"}")
                .body())
        .contains("\"code\":\"bad-format\"", "\"code\":\"bad-api\"");
    assertThat(post("/v1/exports", ana(), "{\"kind\":\"activity\",\"format\":\"csv\"}").code())
        .isEqualTo("not-permitted");
    assertThat(post("/v1/exports", aud, "{\"kind\":\"people\",\"format\":\"csv\"}").body())
        .contains("\"code\":\"bad-kind\"", "`people`");
  }

  private Answer ended(String path, String token) throws Exception {
    Answer job = get(path, token);
    while (List.of("counting", "running").contains(job.json().text("state"))) {
      job = get(path, token);
    }
    return job;
  }

  @Test
  void anEditorImportsIntoADraft() throws Exception {
    String csv =
        "role,id,api,methods,resource\nsupport,support-refund,orders,POST,/orders/{id}/refunds\n";
    String path = "/v1/imports?file=p.csv";
    String vic = token(issuerUrl(), AUDIENCE, "vic", "viewer");
    assertThat(send("POST", path, vic, "text/csv", csv).code()).isEqualTo("not-permitted");
    Answer dry = send("POST", path + "&dry-run=true", ana(), "text/csv", csv);
    assertThat(dry.status()).as(dry.body()).isEqualTo(200);
    assertThat(dry.body())
        .contains("\"draft\":\"\",\"counts\":{\"new\":1,\"changed\":0,\"gone\":0")
        .contains("\"name\":\"support-refund\",\"line\":2,\"column\":1");
    assertThat(get("/drafts", ana()).body()).isEqualTo("{\"drafts\":[],\"next\":\"\"}");
    Answer added = send("POST", path, ana(), "application/octet-stream", csv);
    assertThat(added.status()).as(added.body()).isEqualTo(201);
    String id = added.json().text("draft");
    assertThat(get("/drafts/" + id, ana()).body()).contains("support-refund");
    Answer again = send("POST", path + "&draft=" + id, ana(), "text/csv", csv);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body()).contains("\"unchanged\":1,\"error\":0");
    Answer wrong = send("POST", path, ana(), "text/csv", csv + "suport,x,orders,GET,/x\n");
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.body())
        .contains("\"line\":3,\"column\":1,\"severity\":\"error\",\"code\":\"unknown-role\"")
        .contains("\"problems\":[{\"code\":\"import-wrong\"")
        .contains("\"title\":\"Unprocessable Content\",\"status\":422,\"detail\":\"");
    isProblem(keyed(path, ana(), csv + "suport,x,orders,GET,/x\n", "\"w\""), "import-wrong");
    assertThat(send("POST", path + "&from=zip", ana(), "text/csv", csv).code())
        .isEqualTo("bad-request");
    assertThat(send("POST", path + "&from=apigateway", ana(), "text/csv", "").code())
        .isIn("bad-request", "gateway-unreadable");
  }

  @Test
  void whoeverSeesThePolicyReadsItAsAPolicyFileAndThatIsRecorded() throws Exception {
    String aud = token(issuerUrl(), AUDIENCE, "aud", "auditor");
    Answer live = get("/v1/policy", aud);
    for (String right : List.of("viewer", "editor", "approver", "owner")) {
      String who = token(issuerUrl(), AUDIENCE, "p-" + right, right);
      assertThat(get("/v1/policy", who)).as(right).isEqualTo(live);
      assertThat(world.log.all().getLast().entry())
          .as(right)
          .satisfies(it -> assertThat(it.operator()).isEqualTo("p-" + right))
          .satisfies(it -> assertThat(it.subject()).isEqualTo("policy"));
    }
    assertThat(get("/v1/policy", token(issuerUrl(), AUDIENCE, "eve", "nothing")).code())
        .isEqualTo("not-permitted");
    assertThat(live.status()).isEqualTo(200);
    assertThat(PolicyFile.read(live.body(), "live"))
        .isInstanceOfSatisfying(
            PolicyFile.Read.class, it -> assertThat(it.policy()).isEqualTo(World.sample()));
    assertThat(get("/v1/policy?as-of=1", aud).body()).isEqualTo(live.body());
    assertThat(get("/v1/policy?as-of=7", aud).code()).isEqualTo("not-there");
    assertThat(get("/v1/policy?as-of=soon", aud).code()).isEqualTo("bad-request");
    assertThat(get("/v1/policy?as-of=2030-01-01T00:00:00Z", aud).code()).isEqualTo("not-yet");
  }

  @Test
  void anExportThatCannotBeIsRefusedByItsField() throws Exception {
    String aud = token(issuerUrl(), AUDIENCE, "aud", "auditor");
    Answer refused =
        post("/v1/exports", aud, "{\"format\":\"doc\",\"api\":\"orders\",\"asOf\":\"soon\"}");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body()).contains("\"code\":\"bad-format\"", "\"code\":\"bad-as-of\"");
    for (String part : List.of("asOf", "at")) {
      Answer ahead =
          post(
              "/v1/exports", aud, "{\"format\":\"csv\",\"" + part + "\":\"2030-01-01T00:00:00Z\"}");
      assertThat(ahead.status()).as(part).isEqualTo(422);
      assertThat(ahead.code()).isEqualTo(part.equals("at") ? "bad-at" : "bad-as-of");
      assertThat(ahead.body()).contains("has not come yet");
    }
    assertThat(post("/v1/exports", aud, "{\"format\":\"csv\",\"role\":\"x\"}").code())
        .isEqualTo("bad-request");
    assertThat(post("/v1/exports", aud, "[]").status()).isEqualTo(400);
    for (String path : List.of("/v1/exports/x", "/v1/exports/x/file", "/v1/exports/x/manifest")) {
      assertThat(get(path, aud).code()).as(path).isEqualTo("no-export");
    }
    assertThat(send("DELETE", "/v1/exports/x", aud, "").code()).isEqualTo("no-export");
  }

  /** Before a byte of it is read: the connection stays open for nothing. */
  @Test
  void bodiesWithoutBoundAreRefused() throws Exception {
    assertThat(head("Content-Length: " + (BodyLimit.MOST + 1))).startsWith("HTTP/1.1 413 ");
    assertThat(head("Transfer-Encoding: chunked")).startsWith("HTTP/1.1 411 ");
  }

  private String head(String length) throws IOException {
    try (var socket = new java.net.Socket("127.0.0.1", port)) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              ("POST /api/drafts HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer "
                      + ana()
                      + "\r\nContent-Type: application/json\r\n"
                      + length
                      + "\r\n\r\n")
                  .getBytes(UTF_8));
      return new String(socket.getInputStream().readNBytes(16), UTF_8);
    }
  }

  @Test
  void onlyTokensForThisApiAreTaken() throws Exception {
    String ok = get("/drafts", ana()).body();
    assertThat(ok).isEqualTo("{\"drafts\":[],\"next\":\"\"}");
    assertThat(get("/drafts", "x").status()).isEqualTo(401);
    assertThat(get("/drafts", token(issuerUrl(), "grantway-admin", "ana", "owner")).status())
        .as("an ID token of the app")
        .isEqualTo(401);
    assertThat(get("/drafts", token("http://127.0.0.1:1/dev", AUDIENCE, "a", "owner")).status())
        .as("another issuer")
        .isEqualTo(401);
    Answer nobody = get("/drafts", token(issuerUrl(), AUDIENCE, "eve", "nothing"));
    assertThat(nobody.status()).isEqualTo(403);
    assertThat(nobody.code()).isEqualTo("not-permitted");
  }

  @Test
  void aDraftIsReviewedApprovedPublishedAndRolledBack() throws Exception {
    String id = draftWithRefunds();
    Answer review = get("/drafts/" + id, ana());
    assertThat(review.body())
        .contains("\"kind\":\"gained\"", "\"route\":\"POST /orders/{id}/refunds\"");
    String said = "{\"hash\":\"" + hash(id) + "\"}";
    assertThat(post("/drafts/" + id + "/approve", ana(), said).status()).isEqualTo(403);
    assertThat(post("/drafts/" + id + "/approve", ben(), said).body()).contains("\"by\":[\"ben\"]");
    String publish = "{\"hash\":\"" + hash(id) + "\",\"reason\":\"OPS-42\"}";
    Answer published = post("/drafts/" + id + "/publish", ben(), publish);
    assertThat(published.status()).as(published.body()).isEqualTo(200);
    assertThat(get("/revisions", ana()).body()).contains("\"approvers\":[\"ben\"]");
    assertThat(get("/revisions/2/changes", ana()).body()).contains("support-refund");
    assertThat(get("/in-force", ana()).body()).contains("\"revision\":2");
    assertThat(get("/drafts/" + id, ana()).code()).isEqualTo("no-draft");
    assertThat(post("/revisions/1/roll-back", ben(), "").status()).isEqualTo(403);
    Answer back = post("/revisions/1/roll-back", olga(), "");
    assertThat(back.status()).isEqualTo(201);
    assertThat(back.body()).contains("\"kind\":\"lost\"");
  }

  @Test
  void refusalsHaveNames() throws Exception {
    String id = draftWithRefunds();
    String stale = "{\"hash\":\"" + "0".repeat(64) + "\",\"reason\":\"why\"}";
    Answer moved = post("/drafts/" + id + "/publish", ana(), stale);
    assertThat(moved.status()).isEqualTo(409);
    assertThat(moved.code()).isEqualTo("draft-moved");
    String blank = "{\"hash\":\"" + hash(id) + "\",\"reason\":\" \"}";
    Answer refused = post("/drafts/" + id + "/publish", ana(), blank);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.code()).isEqualTo("no-reason");
    for (String bad : List.of("", "[]", "{", "{\"hash\":1}", "{\"hash\":\"a\",\"other\":1}")) {
      Answer answer = post("/drafts/" + id + "/approve", ben(), bad);
      assertThat(answer.status()).as("`%s`: %s", bad, answer.body()).isEqualTo(400);
    }
    assertThat(post("/drafts/" + id + "/changes", ben(), REFUNDS).code())
        .as("another operator's draft")
        .isEqualTo("no-draft");
    assertThat(post("/revisions/9/roll-back", olga(), "").code()).isEqualTo("roll-back-unknown");
    Answer form =
        send("POST", "/drafts", ana(), "application/x-www-form-urlencoded", "{\"name\":\"x\"}");
    assertThat(form.status()).isEqualTo(415);
    assertThat(form.code()).isEqualTo("not-json");
    assertThat(get("/nothing", ana()).code()).isEqualTo("no-such-call");
  }

  @Test
  void revokingIsImmediateAndRecorded() throws Exception {
    String tomorrow = Instant.now().plusSeconds(86_400).toString();
    String wish =
        "{\"kind\":\"subject\",\"issuer\":\"dev\",\"value\":\"alice\",\"until\":"
            + "\"%s\",\"reason\":\"left\"}".formatted(tomorrow);
    assertThat(post("/revocations", ana(), wish).status()).isEqualTo(403);
    Answer revoked = post("/revocations", ben(), wish);
    assertThat(revoked.status()).as(revoked.body()).isEqualTo(201);
    assertThat(post("/revocations/lift", ben(), wish).status()).isEqualTo(201);
    assertThat(get("/revocations", ana()).body()).contains("\"lifted\":true", "\"by\":\"ben\"");
    assertThat(post("/revocations", ben(), wish.replace(tomorrow, "2020-11-24T10:00:00Z")).code())
        .isEqualTo("bad-request");
  }

  /** All that a list gives, a page at a time, and how many pages there were. */
  private List<String> paged(String path, String member, int pages) throws Exception {
    var all = new ArrayList<String>();
    String after = "";
    for (int page = 1; page <= pages; page++) {
      Answer answer = get(path + "?after=" + after, ana());
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      Pattern.compile("\"" + member + "\":\"?([^\",]+)")
          .matcher(answer.body())
          .results()
          .map(it -> it.group(1))
          .forEach(all::add);
      after = CanonicalJson.read(answer.body().getBytes(UTF_8)).text("next");
      assertThat(after.isEmpty())
          .as("page %s ends with `%s`", page, after)
          .isEqualTo(page == pages);
    }
    return all;
  }

  @Test
  void longListsComePageByPage() throws Exception {
    var expected = new ArrayList<String>();
    for (int i = 0; i < 205; i++) {
      expected.add(world.repository.drafts().create("d" + i, "ana").id());
      if (i % 50 == 0) {
        world.pass(Duration.ofSeconds(1));
      }
      Instant now = world.clock.instant().truncatedTo(ChronoUnit.SECONDS);
      world.repository.revoke(
          new Revocation(
              0,
              true,
              Revocation.Kind.SUBJECT,
              "dev",
              "s" + i,
              now,
              now.plusSeconds(60),
              "ben",
              now,
              "why"));
    }
    List<String> ids = paged("/drafts", "id", 3);
    assertThat(ids).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected);
    assertThat(expected.subList(201, 205)).contains(ids.getFirst());
    assertThat(expected.getFirst()).as("the oldest").isEqualTo(ids.getLast());
    assertThat(paged("/revocations", "value", 3))
        .hasSize(205)
        .startsWith("s0", "s1")
        .endsWith("s204");
    for (String path : List.of("/drafts", "/revocations")) {
      for (String other : List.of("x", "-1", "18446744073709551615")) {
        Answer none = get(path + "?after=" + other, ana());
        assertThat(none.status()).as(other).isEqualTo(400);
        assertThat(none.body()).contains("is no cursor of this list");
      }
    }
    String aud = token(issuerUrl(), AUDIENCE, "aud", "auditor");
    assertThat(get("/v1/exports?after=2026-11-22T10:00:00Z_x", aud).body())
        .endsWith("\"next\":\"\"}");
    assertThat(get("/v1/exports?after=soon", aud).code()).isEqualTo("bad-request");
  }

  private HttpResponse<String> keyed(String path, String token, String body, String... keys)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api" + path))
              .header("Content-Type", "application/json")
              .header("Authorization", "Bearer " + token)
              .POST(HttpRequest.BodyPublishers.ofString(body));
      for (String key : keys) {
        request.header("Idempotency-Key", key);
      }
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private int drafts() throws Exception {
    return get("/drafts", ana()).body().split("\"id\":").length - 1;
  }

  @Test
  void aCallThatIsSentAgainUnderItsKeyIsDoneOnceAndAnsweredAlike() throws Exception {
    String body = "{\"name\":\"refunds\"}";
    HttpResponse<String> first = keyed("/drafts", ana(), body, "\"k-1\"");
    HttpResponse<String> again = keyed("/drafts", ana(), body, "\"k-1\"");
    assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    for (String header : List.of("ETag", "Content-Type")) {
      assertThat(again.headers().firstValue(header)).isEqualTo(first.headers().firstValue(header));
    }
    assertThat(first.headers().firstValue("Grantway-Replayed")).isEmpty();
    assertThat(again.headers().firstValue("Grantway-Replayed")).hasValue("true");
    assertThat(drafts()).isEqualTo(1);
    HttpResponse<String> other = keyed("/drafts", ana(), "{\"name\":\"x\"}", "\"k-1\"");
    assertThat(other.statusCode()).isEqualTo(422);
    isProblem(other, "idempotency-other");
    assertThat(keyed("/drafts?x=1", ana(), body, "\"k-1\"").statusCode()).isEqualTo(422);
    String id = CanonicalJson.read(first.body().getBytes(UTF_8)).text("id");
    assertThat(keyed("/drafts/" + id + "/changes", ana(), REFUNDS, "\"k-1\"").statusCode())
        .isEqualTo(422);
    assertThat(drafts()).isEqualTo(1);
    assertThat(keyed("/drafts", ben(), body, "\"k-1\"").statusCode())
        .as("keys are each caller's own")
        .isEqualTo(201);
    assertThat(keyed("/drafts", ana(), body, "\"k-2\"").statusCode()).isEqualTo(201);
  }

  @Test
  void whatWasRefusedMayBeSentAgainUnderItsKey() throws Exception {
    String path = "/drafts/" + draftWithRefunds() + "/publish";
    String wrong = "{\"hash\":\"00\",\"reason\":\"why\"}";
    assertThat(keyed(path, ana(), wrong, "\"p\"").statusCode()).isEqualTo(409);
    String right = wrong.replace("00", hash(path.split("/")[2]));
    HttpResponse<String> published = keyed(path, ana(), right, "\"p\"");
    assertThat(published.statusCode()).as(published.body()).isEqualTo(200);
    HttpResponse<String> again = keyed(path, ana(), right, "\"p\"");
    assertThat(again.body()).isEqualTo(published.body());
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(
            keyed("/drafts", token(issuerUrl(), AUDIENCE, "vic", "viewer"), "{}", "\"p\"")
                .statusCode())
        .as("the right is asked first")
        .isEqualTo(403);
  }

  /** Has the table fail, or something else be thrown, where these ask it. */
  private void failsIn(String type, String method, RuntimeException failure) {
    world.whenAsked(
        () -> {
          boolean asks =
              StackWalker.getInstance()
                  .walk(
                      all ->
                          all.anyMatch(
                              it ->
                                  it.getClassName().endsWith("." + type)
                                      && it.getMethodName().equals(method)));
          if (asks) {
            throw failure;
          }
        });
  }

  @Test
  void whereTheTableFailsBeforeAnythingIsDoneTheKeyIsFree() throws Exception {
    var down = new StoreException.Unavailable("down", null);
    String body = "{\"name\":\"refunds\"}";
    world.tableFails(down);
    HttpResponse<String> untaken = keyed("/drafts", ana(), body, "\"q\"");
    assertThat(untaken.statusCode()).isEqualTo(503);
    isProblem(untaken, "table-down");
    world.tableFails(null);
    assertThat(keyed("/drafts", ana(), body, "\"q\"").statusCode()).isEqualTo(201);
    assertThat(drafts()).isEqualTo(1);
    String id = draftWithRefunds();
    String wish = "{\"hash\":\"%s\",\"reason\":\"why\"}".formatted(hash(id));
    try {
      failsIn("PublishService", "publish", down);
      HttpResponse<String> unpublished = keyed("/drafts/" + id + "/publish", ana(), wish, "\"r\"");
      assertThat(unpublished.statusCode()).isEqualTo(503);
      isProblem(unpublished, "table-down");
    } finally {
      world.whenAsked(() -> {});
    }
    assertThat(keyed("/drafts/" + id + "/publish", ana(), wish, "\"r\"").statusCode())
        .isEqualTo(200);
  }

  private HttpResponse<String> taken(String match, String csv, String key) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + port + "/api/v1/memberships?file=m.csv"))
              .header("Content-Type", "text/csv")
              .header("Authorization", "Bearer " + ana())
              .header("Idempotency-Key", '"' + key + '"')
              .POST(HttpRequest.BodyPublishers.ofString(csv));
      if (!match.isEmpty()) {
        request.header("If-Match", '"' + match + '"');
      }
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void aMembershipListIsComparedThenTakenAsItWasSeen() throws Exception {
    String csv = "issuer,subject,group\ncorp,mia,money\n";
    String path = "/v1/imports?file=m.csv";
    String vic = token(issuerUrl(), AUDIENCE, "vic", "viewer");
    assertThat(send("POST", "/v1/memberships", vic, "text/csv", csv).code())
        .isEqualTo("not-permitted");
    Answer seen = send("POST", path, ana(), "text/csv", csv);
    assertThat(seen.status()).as(seen.body()).isEqualTo(200);
    assertThat(seen.body())
        .contains("\"draft\":\"\",\"counts\":{\"new\":1,")
        .contains("\"list\":{\"rows\":1,\"state\":\"");
    assertThat(world.repository.memberships().list()).isEmpty();
    assertThat(send("POST", path + "&draft=d1", ana(), "text/csv", csv).body())
        .contains("bad-request", "a membership list is no part of a draft");
    String state = seen.json().object("list").orElseThrow().text("state");
    HttpResponse<String> wrong = taken(state, csv + "corp,mia\n", "m1");
    assertThat(wrong.statusCode()).isEqualTo(422);
    isProblem(wrong, "import-wrong");
    assertThat(wrong.body()).contains("\"line\":3,\"column\":1");
    HttpResponse<String> taken = taken(state, csv, "m2");
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(201);
    assertThat(world.repository.memberships().list().orElseThrow().rows()).hasSize(1);
    HttpResponse<String> replayed = taken(state, csv, "m2");
    assertThat(replayed.body()).isEqualTo(taken.body());
    assertThat(replayed.headers().firstValue("Grantway-Replayed")).isPresent();
    HttpResponse<String> moved = taken(state, csv, "m3");
    assertThat(moved.statusCode()).isEqualTo(412);
    isProblem(moved, "members-moved");
    String now =
        CanonicalJson.read(taken.body().getBytes(UTF_8)).object("list").orElseThrow().text("state");
    assertThat(taken(now, csv, "m4").statusCode()).isEqualTo(201);
    assertThat(taken("", csv, "m5").statusCode()).as("whatever it is").isEqualTo(201);
  }

  @Test
  void whereApiGatewayDoesNotAnswerTheKeyIsFree() throws Exception {
    String csv = "role,id,api,methods,resource\nsupport,support-refund,orders,POST,/refunds\n";
    String path = "/v1/imports?file=p.csv&from=csv-permissions";
    try {
      failsIn("ImportService", "dryRun", new DeployedApis.Unreadable("it throttles"));
      HttpResponse<String> unread = keyed(path, ana(), csv, "\"g\"");
      assertThat(unread.statusCode()).as(unread.body()).isEqualTo(502);
      isProblem(unread, "gateway-unreadable");
    } finally {
      world.whenAsked(() -> {});
    }
    HttpResponse<String> again = keyed(path, ana(), csv, "\"g\"");
    assertThat(again.statusCode()).as(again.body()).isEqualTo(201);
    assertThat(again.headers().firstValue("Grantway-Replayed")).isEmpty();
  }

  /** The draft is there, and its review cannot be answered. */
  @Test
  void whereTheTableFailsAfterSomethingWasDoneTheCallIsNotMadeAgain() throws Exception {
    String body = "{\"name\":\"refunds\"}";
    try {
      failsIn("ChangesService", "wholeReview", new StoreException.Unavailable("down", null));
      HttpResponse<String> half = keyed("/drafts", ana(), body, "\"h\"");
      assertThat(half.statusCode()).isEqualTo(503);
      isProblem(half, "table-lost");
    } finally {
      world.whenAsked(() -> {});
    }
    assertThat(drafts()).isEqualTo(1);
    HttpResponse<String> again = keyed("/drafts", ana(), body, "\"h\"");
    assertThat(again.statusCode()).isEqualTo(409);
    isProblem(again, "idempotency-unknown");
    assertThat(drafts()).isEqualTo(1);
    assertThat(get("/drafts", ana()).status()).isEqualTo(200);
  }

  @Test
  void ofACallThatBrokeOffNobodyKnowsAnythingAtOnce() throws Exception {
    String body = "{\"name\":\"refunds\"}";
    try {
      failsIn("ChangesService", "wholeReview", new IllegalStateException("a fault of ours"));
      assertThat(keyed("/drafts", ana(), body, "\"b\"").statusCode()).isEqualTo(500);
    } finally {
      world.whenAsked(() -> {});
    }
    HttpResponse<String> again = keyed("/drafts", ana(), body, "\"b\"");
    assertThat(again.statusCode()).isEqualTo(409);
    isProblem(again, "idempotency-unknown");
    assertThat(drafts()).isEqualTo(1);
  }

  @Test
  void aKeyIsOneShortTextInQuotes() throws Exception {
    for (String key :
        List.of("k", "\"\"", "\"k", "\"a\\\"b\"", "\"" + "x".repeat(129) + "\"", "\"a\";p=1")) {
      HttpResponse<String> answer = keyed("/drafts", ana(), "{\"name\":\"n\"}", key);
      assertThat(answer.statusCode()).as(key).isEqualTo(400);
      isProblem(answer, "idempotency-key");
    }
    assertThat(keyed("/drafts", ana(), "{\"name\":\"n\"}", "\"a\"", "\"b\"").statusCode())
        .isEqualTo(400);
    assertThat(drafts()).as("nothing was done").isZero();
    assertThat(
            keyed("/drafts", ana(), "{\"name\":\"n\"}", "\"" + "x".repeat(128) + "\"").statusCode())
        .isEqualTo(201);
    assertThat(get("/v1/openapi", ana()).body())
        .contains("\"in\":\"header\",\"name\":\"Idempotency-Key\"");
  }

  @Test
  void ofTwoAtOnceOneIsToldToWait() throws Exception {
    var entered = new CountDownLatch(1);
    var held = new CountDownLatch(1);
    world.whenAsked(
        () -> {
          boolean begins =
              StackWalker.getInstance()
                  .walk(all -> all.anyMatch(it -> it.getClassName().endsWith(".ChangesService")));
          if (begins && held.getCount() > 0) {
            entered.countDown();
            try {
              held.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        });
    String body = "{\"name\":\"slow\"}";
    try (var threads = Executors.newSingleThreadExecutor()) {
      Future<HttpResponse<String>> slow =
          threads.submit(() -> keyed("/drafts", ana(), body, "\"slow\""));
      entered.await();
      HttpResponse<String> second = keyed("/drafts", ana(), body, "\"slow\"");
      held.countDown();
      assertThat(second.statusCode()).isEqualTo(409);
      isProblem(second, "idempotency-under-way");
      assertThat(second.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(slow.get().statusCode()).isEqualTo(201);
      assertThat(keyed("/drafts", ana(), body, "\"slow\"").body()).isEqualTo(slow.get().body());
      assertThat(drafts()).isEqualTo(1);
    } finally {
      held.countDown();
      world.whenAsked(() -> {});
    }
  }

  @Test
  void anAccessReviewIsCreatedAnsweredClosedAndTakenAway() throws Exception {
    String vic = token(issuerUrl(), AUDIENCE, "vic", "viewer");
    String aud = token(issuerUrl(), AUDIENCE, "aud", "auditor");
    assertThat(get("/v1/reviews", vic).body()).isEqualTo("{\"reviews\":[],\"next\":\"\"}");
    String due = Instant.now().plus(Duration.ofDays(9)).truncatedTo(ChronoUnit.SECONDS).toString();
    String asked =
        "{\"name\":\"autumn\",\"roles\":[\"viewer\",\"ops\"],\"api\":\"orders\",\"reviewers\":[\"vic\"],"
            + "\"otherwise\":\"keep\",\"due\":\""
            + due
            + "\"}";
    Answer wrong = post("/v1/reviews", ben(), asked.replace("\"vic\"", "\"stranger\""));
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.code()).isEqualTo("bad-reviewers");
    Answer created = post("/v1/reviews", ben(), asked);
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    String id = created.json().text("id");
    String path = "/v1/reviews/" + id;
    assertThat(get(path, vic).body())
        .contains("\"stage\":\"open\"", "\"open\":6", "\"defaulted\":6", "review-close-who");
    Answer lines = get(path + "/lines?open=true&mine=true", vic);
    assertThat(lines.status()).as(lines.body()).isEqualTo(200);
    assertThat(lines.body().split("\"said\":", -1)).hasSize(7);
    assertThat(get(path + "/lines?after=5", vic).body()).contains("viewer-list", "viewer-read");
    assertThat(get(path + "/lines?after=x", vic).status()).isEqualTo(400);

    String keep = "{\"line\":1,\"said\":0,\"answer\":\"keep\",\"comment\":\"%s\"}";
    assertThat(post(path + "/answers", vic, keep.formatted("")).code()).isEqualTo("review-reason");
    assertThat(post(path + "/answers", ana(), keep.formatted("x")).code())
        .isEqualTo("review-not-reviewer");
    Answer kept = post(path + "/answers", vic, keep.formatted("runs the shop"));
    assertThat(kept.status()).as(kept.body()).isEqualTo(200);
    assertThat(kept.body()).contains("\"said\":1", "\"by\":\"vic\"");
    Answer late = post(path + "/answers", vic, keep.formatted("again"));
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.code()).isEqualTo("review-overtaken");
    assertThat(post(path + "/answers", vic, keep.replace("keep", "perhaps")).status())
        .isEqualTo(400);
    assertThat(
            post(path + "/answers", vic, "{\"line\":99,\"said\":0,\"answer\":\"none\"}").status())
        .isEqualTo(404);
    String together = "{\"keep\":[\"5\",\"6\"],\"counted\":%d}";
    assertThat(post(path + "/answers/together", vic, together.formatted(3)).code())
        .isEqualTo("review-counted");
    assertThat(post(path + "/answers/together", vic, together.formatted(2)).status())
        .isEqualTo(200);
    String shown = stateOf(path);
    for (int line = 2; line <= 4; line++) {
      String revoke = "{\"line\":" + line + ",\"said\":0,\"answer\":\"revoke\"}";
      assertThat(post(path + "/answers", vic, revoke).status()).isEqualTo(200);
    }

    assertThat(get(path + "/report", aud).status()).as("not closed").isEqualTo(404);
    Answer moved = closedAs(path, shown);
    assertThat(moved.status()).as(moved.body()).isEqualTo(412);
    assertThat(moved.code()).isEqualTo("review-close-moved");
    assertThat(get(path, vic).body()).contains("\"stage\":\"open\"");
    Answer closed = closedAs(path, stateOf(path));
    assertThat(closed.status()).as(closed.body()).isEqualTo(200);
    assertThat(post(path + "/close", olga(), "").body()).as("again").isEqualTo(closed.body());
    assertThat(get("/drafts/" + closed.json().text("draft"), ben()).status()).isEqualTo(200);
    assertThat(get(path, vic).body())
        .contains("\"stage\":\"closed\"")
        .doesNotContain("\"closing\":{");
    Answer report = get(path + "/report", aud);
    assertThat(report.status()).isEqualTo(200);
    assertThat(Sha256.hex(report.body().getBytes(UTF_8))).isEqualTo(closed.json().text("sha256"));
    assertThat(get(path + "/report?as=csv", aud).body())
        .startsWith("\"review\",\"name\"")
        .contains("\"ops-all\"", "\"runs the shop\"", "\"viewer-read\"");
    assertThat(get(path + "/report?as=pdf", aud).status()).isEqualTo(400);
    assertThat(get("/audit/bundle", olga()).body()).contains("\"type\":\"review\"");
    assertThat(get("/audit/verify", olga()).body()).contains("the reports of 1 access review");
  }

  private String stateOf(String review) throws Exception {
    return get(review, ben()).json().object("closing").orElseThrow().text("state");
  }

  private Answer closedAs(String review, String state) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          tagged(client, "POST", review + "/close", ben(), "\"" + state + "\"", "");
      return new Answer(answer.statusCode(), answer.body());
    }
  }

  @Test
  void ownersAndAuditorsReadTheActivityLogAndTheBundle() throws Exception {
    draftWithRefunds();
    String day = world.clock.instant().toString().substring(0, 10);
    for (String path : List.of("/activity", "/activity/" + day, "/audit/bundle")) {
      assertThat(get(path, ana()).status()).as(path).isEqualTo(403);
    }
    assertThat(get("/activity", olga()).body()).contains(day);
    assertThat(get("/activity/" + day, olga()).body()).contains("\"records\":[{", "refused");
    Answer bundle = get("/audit/bundle", olga());
    assertThat(bundle.status()).isEqualTo(200);
    assertThat(bundle.body().lines().count()).isGreaterThan(2);
    assertThat(get("/activity/yesterday", olga()).status()).isEqualTo(400);
  }

  private JsonObject document() throws Exception {
    Answer document = get("/v1/openapi", token(issuerUrl(), AUDIENCE, "eve", "nothing"));
    assertThat(document.status()).as(document.body()).isEqualTo(200);
    return document.json();
  }

  private record Operation(String method, String path, List<String> rights, Set<String> answers) {
    /** With something in the place of each variable. */
    String called() {
      return path.substring("/api".length())
          .replace("{number}", "99")
          .replace("{day}", "2026-01-01")
          .replace("{stage}", "prod")
          .replace("{api}", "a1b2c3d4e5")
          .replaceAll("\\{\\w+}", "none");
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  private List<Operation> operations() throws Exception {
    JsonObject paths = document().object("paths").orElseThrow();
    var operations = new ArrayList<Operation>();
    for (String path : paths.names()) {
      JsonObject item = paths.object(path).orElseThrow();
      for (String method : item.names()) {
        JsonObject operation = item.object(method).orElseThrow();
        operations.add(
            new Operation(
                method.toUpperCase(Locale.ROOT),
                path,
                operation.texts("x-grantway-rights"),
                operation.object("responses").orElseThrow().names()));
      }
    }
    return operations;
  }

  @Test
  void wiringIsConnectedCheckedAcceptedAndDisconnected() throws Exception {
    String olga = token(issuerUrl(), AUDIENCE, "olga", "owner");
    String path = "/v1/wiring/orders/prod";
    gateway.has(
        world.api().routes().routes().stream()
            .filter(it -> it.access() != Route.Access.PUBLIC)
            .map(Route::toString)
            .toList());
    assertThat(get(path, ana()).body()).contains("\"connected\":false");
    assertThat(post(path + "/check", ana(), "").code()).isEqualTo("not-found");
    assertThat(get("/v1/wiring/orders/nowhere", ana()).code()).isEqualTo("not-found");
    assertThat(send("PUT", path, ana(), "{}").code()).isEqualTo("not-permitted");
    Answer refused = send("PUT", path, olga, "{\"region\":\"Frankfurt\"}");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.code()).isEqualTo("wiring-refused");
    gateway.open("POST /orders");
    Answer connected = send("PUT", path, olga, "{\"region\":\"eu-west-1\"}");
    assertThat(connected.status()).as(connected.body()).isEqualTo(200);
    assertThat(connected.body())
        .contains("\"well\":false", "\"code\":\"route-is-open\"", "--http-method POST")
        .contains("\"connectedBy\":\"olga\"", "\"ttl\":\"300\"");
    gateway.cachedUnder(FakeWiring.BY_ROUTE, 60);
    assertThat(post(path + "/check", ana(), "").body())
        .contains("\"code\":\"drift-ttl\"", "\"drifted\":true");
    assertThat(post(path + "/accept", ana(), "").code()).isEqualTo("not-permitted");
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> moved =
          tagged(client, "POST", path + "/accept", olga, "\"" + "0".repeat(64) + "\"", "");
      assertThat(moved.statusCode()).isEqualTo(412);
      isProblem(moved, "wiring-moved");
      HttpResponse<String> seen = tagged(client, "GET", path, olga, "", "");
      assertThat(seen.body()).contains("\"drifted\":true");
      assertThat(seen.headers().firstValue("ETag")).isEmpty();
      String tag = "\"" + CanonicalJson.read(seen.body().getBytes(UTF_8)).text("state") + "\"";
      var again =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api" + path))
              .header("Authorization", "Bearer " + olga)
              .header("If-None-Match", tag)
              .build();
      assertThat(client.send(again, HttpResponse.BodyHandlers.ofString()))
          .as("the same facts may have other findings")
          .satisfies(it -> assertThat(it.statusCode()).isEqualTo(200))
          .satisfies(it -> assertThat(it.body()).isEqualTo(seen.body()));
      HttpResponse<String> accepted = tagged(client, "POST", path + "/accept", olga, tag, "");
      assertThat(accepted.body()).contains("\"drifted\":false");
    }
    gateway.cachedUnder(FakeWiring.BY_ROUTE, 120);
    post(path + "/check", ana(), "");
    assertThat(post(path + "/accept", olga, "").body()).contains("\"drifted\":false");
    gateway.fails("GetStage was refused");
    assertThat(post(path + "/check", ana(), "").body())
        .contains("\"problem\":\"GetStage was refused\"", "\"well\":false");
    assertThat(post(path + "/accept", olga, "").code()).isEqualTo("wiring-unread");
    assertThat(get("/v1/wiring", ana()).body()).contains("\"api\":\"orders\",\"stage\":\"prod\"");
    assertThat(send("DELETE", path, olga, "").body()).contains("\"connected\":false");
    assertThat(get("/v1/wiring", ana()).body()).isEqualTo("{\"stages\":[]}");
  }

  @Test
  void theDocumentHasEveryCallAndNoOther() throws Exception {
    Set<String> served =
        mappings.getHandlerMethods().entrySet().stream()
            .filter(it -> it.getValue().getBeanType().getPackageName().endsWith(".admin.api"))
            .filter(it -> it.getValue().getBeanType() != NoSuchCall.class)
            .flatMap(
                it ->
                    it.getKey().getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/v1/"))
                        .flatMap(
                            path ->
                                it.getKey().getMethodsCondition().getMethods().stream()
                                    .map(method -> method + " " + path)))
            .collect(Collectors.toSet());
    assertThat(served).hasSizeGreaterThan(30);
    assertThat(get("/v1/openapi", ana()).body())
        .contains("\"servers\":[{\"url\":\"/\"}]")
        .doesNotContain("\"format\":\"byte\"");
    assertThat(operations().stream().map(Operation::toString).collect(Collectors.toSet()))
        .isEqualTo(served);
  }

  @Test
  void everyCallAsksForTheRightsThatTheDocumentSays() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (Operation operation : operations()) {
        assertThat(operation.rights()).as("" + operation).isNotEmpty();
        HttpResponse<String> nobody = called(client, operation, "");
        assertThat(nobody.statusCode()).as("" + operation).isEqualTo(401);
        assertThat(nobody.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Bearer");
        isProblem(nobody, "no-token");
        for (OperatorRight right : OperatorRight.values()) {
          String what = operation + " as " + right;
          String who = token(issuerUrl(), AUDIENCE, "some-" + right.text(), right.text());
          HttpResponse<String> answer = called(client, operation, who);
          if (operation.rights().contains(right.text())) {
            assertThat(answer.statusCode()).as(what + answer.body()).isNotIn(401, 403, 405, 500);
            assertThat(operation.answers())
                .as(what + answer.body())
                .contains(Integer.toString(answer.statusCode()));
          } else {
            assertThat(answer.statusCode()).as(what + answer.body()).isEqualTo(403);
            isProblem(answer, "not-permitted");
            assertThat(CanonicalJson.read(answer.body().getBytes(UTF_8)).texts("rights"))
                .as(what)
                .isEqualTo(operation.rights());
          }
        }
      }
    }
  }

  private HttpResponse<String> called(HttpClient client, Operation operation, String token)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api" + operation.called()))
            .header("Content-Type", "application/json")
            .method(operation.method(), HttpRequest.BodyPublishers.ofString("{}"));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aDraftIsEditedOnlyAsItWasRead() throws Exception {
    String id = draftWithRefunds();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> read = tagged(client, "GET", "/drafts/" + id, "", "");
      String tag = read.headers().firstValue("ETag").orElseThrow();
      assertThat(tag).isEqualTo("\"" + hash(id) + "\"");
      String none = "{\"label\":\"nothing\",\"changes\":[]}";
      HttpResponse<String> stale =
          tagged(client, "POST", "/drafts/" + id + "/changes", "\"older\"", none);
      assertThat(stale.statusCode()).isEqualTo(412);
      isProblem(stale, "draft-moved");
      for (String match : List.of("\"older\"", ",", hash(id), "W/" + tag)) {
        assertThat(tagged(client, "DELETE", "/drafts/" + id, match, "").statusCode())
            .as("If-Match: %s", match)
            .isEqualTo(412);
      }
      assertThat(tagged(client, "POST", "/drafts/" + id + "/changes", tag, none).statusCode())
          .isEqualTo(200);
      assertThat(tagged(client, "DELETE", "/drafts/" + id, tag + ", \"x\"", "").statusCode())
          .isEqualTo(204);
      for (String match : List.of("", "*", tag)) {
        HttpResponse<String> gone = tagged(client, "DELETE", "/drafts/" + id, match, "");
        assertThat(gone.statusCode()).as("If-Match: %s", match).isEqualTo(404);
        isProblem(gone, "no-draft");
        gone = tagged(client, "POST", "/drafts/" + id + "/changes", match, none);
        assertThat(gone.statusCode()).as("If-Match: %s", match).isEqualTo(404);
      }
    }
  }

  @Test
  void noSessionIsKeptAndNoCookieIsTaken() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/drafts"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().firstValue("set-cookie")).isEmpty();
    }
  }
}
