package dev.grantway.admin.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectEncrypter;
import dev.grantway.admin.changes.World;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.RoleName;
import dev.grantway.revision.Change;
import dev.grantway.revision.JsonObject;
import dev.grantway.revision.PolicyRow;
import dev.grantway.store.KnownOperator;
import dev.grantway.store.Membership;
import dev.grantway.store.MembershipList;
import dev.grantway.store.UsageDay;
import dev.grantway.store.UsageRow;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Questions that people ask in the app, asked over HTTP. */
class QuestionsApiTest extends RestTest {
  private static final String STAGE = "/v1/apis/a1b2c3d4e5/stages/prod";
  private static final String REFUND = "POST%20/orders/%7Bid%7D/refunds";

  private void assign(String role, Assignment.Kind kind, String value) {
    world.behind(
        Change.add(
            new PolicyRow.OfAssignment(
                new Assignment(new RoleName(role), "corp", kind, value, null))));
  }

  @Test
  void whoCanCallARouteOrWhatIsTaggedIsAnsweredWithReasonsAndPeople() throws Exception {
    world.pass(Duration.ofHours(1));
    assign("finance", Assignment.Kind.GROUP, "money");
    world.pass(Duration.ofHours(1));
    var list =
        new MembershipList(
            world.clock.instant(), "zoe", List.of(new Membership("corp", "mia", "money")));
    var _ = world.repository.memberships().add(list);
    String found = get(STAGE + "/who-can?route=" + REFUND, ana()).body();
    assertThat(found)
        .contains(
            "\"revision\":2",
            "\"memberships\":{\"by\":\"zoe\"",
            "\"route\":\"POST /orders/{id}/refunds\"");
    assertThat(standings(found, "role"))
        .containsExactly("authenticated none", "finance allowed", "ops denied");
    assertThat(standings(found, "who")).containsExactly("mia allowed", "money allowed");
    String then = get(STAGE + "/who-can?as-of=1&route=" + REFUND, ana()).body();
    assertThat(then).contains("\"holders\":[]").doesNotContain("memberships");
    assertThat(get(STAGE + "/who-can?tag=money", ana()).body())
        .contains("\"tag\":\"money\"", "\"standing\":\"allowed\"");
    for (String none :
        List.of("?route=GET%20/nowhere", "?tag=nothing", "?as-of=99&route=" + REFUND)) {
      Answer missing = get(STAGE + "/who-can" + none, ana());
      assertThat(missing.status()).as(none).isEqualTo(404);
      assertThat(missing.code()).isEqualTo("not-there");
    }
    for (String wrong : List.of("", "?tag=money&route=" + REFUND, "?as-of=soon&tag=money")) {
      assertThat(get(STAGE + "/who-can" + wrong, ana()).status()).as(wrong).isEqualTo(400);
    }
    assertThat(get(STAGE.replace("prod", "test") + "/who-can?tag=money", ana()).status())
        .isEqualTo(404);
    assertThat(get(STAGE + "/who-can/twins?route=" + REFUND, ana()).body())
        .contains("\"twins\":[]");
    assertThat(get(STAGE + "/who-can/twins", ana()).status()).isEqualTo(400);
  }

  private static List<String> standings(String body, String name) {
    return Pattern.compile("\"" + name + "\":\"([^\"]*)\",\"standing\":\"([^\"]*)\"")
        .matcher(body)
        .results()
        .map(it -> it.group(1) + " " + it.group(2))
        .toList();
  }

  @Test
  void whatSomebodyMayCallAndInWhatTwoRolesDiffer() throws Exception {
    assign("finance", Assignment.Kind.SUBJECT, "mia");
    assertThat(get(STAGE + "/can-call?role=support", ana()).body())
        .contains("\"roles\":[\"support\"]", "\"via\":[\"support\",\"viewer\"]");
    assertThat(get(STAGE + "/can-call?kind=subject&issuer=corp&who=mia", ana()).body())
        .contains("\"roles\":[\"finance\"]", "\"by\":[{", "POST /orders/{id}/refunds");
    assertThat(get(STAGE + "/can-call?kind=person&issuer=corp&who=mia", ana()).status())
        .isEqualTo(400);
    assertThat(get(STAGE + "/can-call", ana()).status()).isEqualTo(400);
    assertThat(get(STAGE + "/can-call?role=nobody", ana()).status()).isEqualTo(404);
    JsonObject differ = get(STAGE + "/differences?role=viewer&with=seasonal", ana()).json();
    assertThat(differ.number("same")).isPositive();
    assertThat(get(STAGE + "/differences?role=viewer&with=nobody", ana()).status()).isEqualTo(404);
  }

  @Test
  void rowsAreReadAsAnEditNamesThem() throws Exception {
    assign("finance", Assignment.Kind.SUBJECT, "mia");
    Answer assignments = get("/v1/assignments", ana());
    assertThat(assignments.body())
        .contains("\"revision\":2", "{\"assignment\":{", "\"mia\"", "\"next\":\"\"");
    assertThat(get("/v1/assignments?as-of=1", ana()).body()).doesNotContain("mia");
    assertThat(get("/v1/rules", ana()).body()).contains("\"rows\":[");
    assertThat(get("/v1/tests", ana()).body()).contains("\"rows\":[");
    assertThat(get("/v1/rules?as-of=99", ana()).status()).isEqualTo(404);
    Answer draft = post("/drafts", ana(), "{\"name\":\"end\"}");
    String row = assignments.body().replaceAll("(?s).*\"rows\":\\[(\\{.*\\})\\],\"next.*", "$1");
    Answer staged =
        post(
            "/drafts/" + draft.json().text("id") + "/changes",
            ana(),
            "{\"changes\":[{\"before\":" + row + "}]}");
    assertThat(staged.status()).as(staged.body()).isEqualTo(200);
  }

  @Test
  void routesAreListedWithTheirCoverageAndPagedByNumber() throws Exception {
    String all = get(STAGE + "/routes", ana()).body();
    assertThat(all)
        .contains(
            "\"coverage\":{\"granted\":",
            "\"route\":\"POST /orders/{id}/refunds\",\"coverage\":\"granted\"",
            "{\"role\":\"ops\",\"allowed\":false,")
        .endsWith("\"next\":\"\"}");
    assertThat(get(STAGE + "/routes?filter=state:public", ana()).body())
        .contains("\"coverage\":\"public\"")
        .doesNotContain("\"coverage\":\"granted\"");
    assertThat(get(STAGE + "/routes?after=1_9999", ana()).body()).contains("\"routes\":[]");
    assertThat(get(STAGE + "/routes?after=x", ana()).status()).isEqualTo(400);
    assertThat(get("/v1/apis/none/stages/prod/routes", ana()).status()).isEqualTo(404);
  }

  private Answer complete(String path) throws Exception {
    for (int i = 0; i < 300; i++) {
      Answer answer = get(path, ana());
      if (!answer.body().contains("\"complete\":false")) {
        return answer;
      }
      Thread.sleep(100);
    }
    throw new AssertionError(path + " is not complete after 30 s");
  }

  @Test
  void findingsAreToldOnceTheyAreFound() throws Exception {
    Answer found = complete("/v1/apis/a1b2c3d4e5/findings");
    assertThat(found.body()).contains("\"revision\":1", "\"code\":\"", "\"severity\":\"");
    assertThat(get("/v1/apis/none/findings", ana()).status()).isEqualTo(404);
  }

  @Test
  void useAndReplayAreWhatLogsTell() throws Exception {
    Instant now = Instant.now();
    world
        .repository
        .usage()
        .put(
            new UsageDay(
                World.ORDERS,
                "prod",
                LocalDate.ofInstant(now, ZoneOffset.UTC),
                "log",
                UsageDay.Kind.ACCESS,
                List.of(
                    new UsageRow(
                        "POST /orders/{id}/refunds",
                        new TreeSet<>(Set.of(new RoleName("finance"))),
                        7,
                        2,
                        now,
                        new TreeSet<>(Set.of("c1")),
                        false))));
    assertThat(get(STAGE + "/use?days=3", ana()).body())
        .contains(
            "\"days\":3,\"told\":1,\"everyCall\":true,\"unreadable\":0",
            "\"role\":\"finance\",\"calls\":7,\"refused\":2");
    assertThat(get(STAGE + "/use/finance?days=3", ana()).body())
        .contains("\"route\":\"POST /orders/{id}/refunds\"", "\"calls\":7", "\"unused\":");
    assertThat(get(STAGE + "/use/nobody", ana()).status()).isEqualTo(404);
    assertThat(get(STAGE + "/use?days=0", ana()).status()).isEqualTo(400);
    String id = post("/drafts", ana(), "{\"name\":\"fewer\"}").json().text("id");
    Answer staged =
        post(
            "/drafts/" + id + "/changes",
            ana(),
            "{\"changes\":[{\"after\":{\"permission\":{\"id\":\"no-refunds\",\"role\":\"finance\","
                + "\"api\":\"a1b2c3d4e5\",\"effect\":\"DENY\",\"stage\":\"*\",\"methods\":[\"POST\"],"
                + "\"resource\":\"/orders/{id}/refunds\"}}}]}");
    assertThat(staged.status()).as(staged.body()).isEqualTo(200);
    Answer replayed = complete("/drafts/" + id + "/replay");
    assertThat(replayed.body())
        .contains("\"becomes\":\"refused\",\"perhaps\":false,\"calls\":7", "\"told\":1");
    assertThat(get("/drafts/none/replay", ana()).status()).isEqualTo(404);
  }

  @Test
  void aRequestThatNobodyMadeIsDecided() throws Exception {
    assign("viewer", Assignment.Kind.GROUP, "night shift");
    String asked =
        "{\"method\":\"POST\",\"path\":\"/orders/42/refunds\",\"roles\":[\"%s\",\"ghost\"]}";
    assertThat(post(STAGE + "/simulate", ana(), asked.formatted("finance")).body())
        .contains(
            "\"effect\":\"ALLOW\"",
            "\"reason\":\"allowed\"",
            "\"unknown\":[\"ghost\"]",
            "\"document\":{");
    assertThat(post(STAGE + "/simulate", ana(), asked.formatted("ops")).body())
        .contains("\"effect\":\"DENY\"", "\"reason\":\"explicit-deny\"", "ops-no-refunds");
    assertThat(post(STAGE + "/simulate", ana(), asked.formatted("viewer")).body())
        .contains("\"reason\":\"default-deny\"", "\"by\":[]");
    assertThat(
            post(
                    STAGE + "/simulate",
                    ana(),
                    "{\"method\":\"GET\",\"path\":\"/orders\",\"issuer\":\"corp\","
                        + "\"groups\":[\"money\",\"night shift\"]}")
                .body())
        .as("by the assignment to the second group")
        .contains("\"effect\":\"ALLOW\"");
    for (String several : List.of("\"groups\":[\"a,b\"]", "\"roles\":[\"a b\"]")) {
      String one = "{\"method\":\"GET\",\"path\":\"/orders\"," + several + "}";
      assertThat(post(STAGE + "/simulate", ana(), one).status()).as(several).isEqualTo(400);
    }
    Answer wrong = post(STAGE + "/simulate", ana(), "{\"method\":\"BREW\",\"path\":\"/orders\"}");
    assertThat(wrong.status()).as(wrong.body()).isEqualTo(422);
    assertThat(wrong.code()).isEqualTo("bad-method");
    assertThat(
            post(
                    STAGE + "/simulate",
                    ana(),
                    "{\"method\":\"GET\",\"path\":\"/orders\",\"claims\":[\"a = 1\\nb = 2\"]}")
                .status())
        .isEqualTo(400);
    String past = asked.formatted("finance").replace("}", ",\"against\":\"9\"}");
    assertThat(post(STAGE + "/simulate", ana(), past).status()).isEqualTo(404);
  }

  @Test
  void aPipelineCallsWithTokensOfItsOwnIssuer() throws Exception {
    String pipeline = token(pipelineUrl(), AUDIENCE, "repo:acme/policies", "none");
    Answer begun = post("/drafts", pipeline, "{\"name\":\"nightly\"}");
    assertThat(begun.status()).as(begun.body()).isEqualTo(201);
    assertThat(begun.body()).contains("\"owner\":\"ci|repo:acme/policies\"");
    assertThat(get("/activity", pipeline).status()).as("an editor").isEqualTo(403);
    assertThat(get("/activity", token(pipelineUrl(), AUDIENCE, "aud", "auditor")).status())
        .as("by its claim")
        .isEqualTo(200);
    assertThat(get("/drafts", token(pipelineUrl(), AUDIENCE, "repo:acme/other", "none")).status())
        .isEqualTo(403);
    assertThat(world.repository.operators().all())
        .as("strangers are not kept")
        .extracting(KnownOperator::name)
        .doesNotContain("ci|repo:acme/other");
    assertThat(get("/drafts", token(pipelineUrl(), "another", "x", "owner")).status())
        .isEqualTo(401);
    assertThat(
            get("/drafts", token(issuerUrl(), AUDIENCE, "ci|repo:acme/policies", "owner")).code())
        .as("whoever signs in is nobody of another issuer")
        .isEqualTo("not-permitted");
  }

  @Test
  void aTokenThatExpiredIsRefusedWithTheReason() throws Exception {
    Answer refused = get("/drafts", token(issuerUrl(), AUDIENCE, "ana", "editor", "2020-01-01"));
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.code()).isEqualTo("token-refused");
    assertThat(refused.body()).contains("2020-01-01T00:00:00Z", "ask its issuer");
  }

  @Test
  void anEncryptedTokenIsRefusedAsAnyOther() throws Exception {
    var encrypted =
        new JWEObject(
            new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A128GCM).build(),
            new Payload("{\"iss\":\"" + issuerUrl() + "\"}"));
    encrypted.encrypt(new DirectEncrypter(new byte[16]));
    assertThat(get("/drafts", encrypted.serialize()).status()).isEqualTo(401);
  }

  @Test
  void anIssuerThatDoesNotAnswerIsNoFaultOfTheToken() throws Exception {
    Answer down = get("/drafts", token(GONE, AUDIENCE, "x", "owner"));
    assertThat(down.status()).as(down.body()).isEqualTo(503);
    assertThat(down.code()).isEqualTo("issuer-down");
  }

  @Test
  void anAnswerThatIsNotTakenIsNotGiven() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/drafts"))
              .header("Authorization", "Bearer " + ana())
              .header("Accept", "text/csv")
              .build();
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(406);
    }
  }

  @Test
  void aMethodThatACallDoesNotTakeIsSaidWithThoseThatItDoes() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = tagged(client, "PATCH", "/drafts", "", "{}");
      assertThat(answer.statusCode()).isEqualTo(405);
      assertThat(answer.headers().firstValue("Allow").orElse("").split(", ?"))
          .containsExactlyInAnyOrder("GET", "POST");
      isProblem(answer, "no-such-method");
      assertThat(tagged(client, "PATCH", "/nowhere", "", "{}").statusCode()).isEqualTo(404);
    }
  }
}
