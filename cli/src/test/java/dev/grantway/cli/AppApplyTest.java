package dev.grantway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.Change;
import dev.grantway.revision.Draft;
import dev.grantway.revision.JsonObject;
import dev.grantway.revision.RevisionJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code apply} through a running admin app, which here keeps one draft as the real one does. */
class AppApplyTest {
  private static final String LIVE = AppPlaceTest.POLICY;
  private static final String MORE = LIVE.replace("resource: /orders\n", "resource: /**\n");
  private static final String DRAFT = "/api/v1/drafts/d1";
  private static final String NOT_LIVE =
      "revision 42, which this was planned against, is not live any more";

  @TempDir private Path folder;
  private final List<String> calls = new ArrayList<>();
  private final List<String> bodies = new ArrayList<>();
  private List<Change> held = List.of();
  private HttpServer server;

  /** Of the live revision when the draft is begun, and when it holds the edit. */
  private String base = "ab12";

  private String baseOfEdited = "ab12";
  private int stages = 200;
  private int publishes = 200;
  private int discards = 204;
  private String problem = "";
  private boolean hangsUp;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/v1/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    if (!"Bearer t0k".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      send(exchange, 403, "{\"problems\":[{\"code\":\"not-permitted\",\"message\":\"no\"}]}");
      return;
    }
    calls.add(call);
    bodies.add(body);
    switch (call) {
      case "GET /api/v1/policy" -> {
        exchange.getResponseHeaders().add("Grantway-Revision", "42");
        exchange.getResponseHeaders().add("Grantway-Revision-Hash", "ab12");
        send(exchange, 200, LIVE);
      }
      case "POST /api/v1/drafts" ->
          send(exchange, 201, "{\"id\":\"d1\",\"hash\":\"" + Draft.hash(base, List.of()) + "\"}");
      case "POST " + DRAFT + "/changes" -> {
        assertThat(exchange.getRequestHeaders().getFirst("If-Match"))
            .isEqualTo('"' + Draft.hash(base, List.of()) + '"');
        held = json(body).objects("changes", change -> RevisionJson.readChange(change, 0).change());
        send(
            exchange,
            stages,
            stages == 200
                ? "{\"id\":\"d1\",\"hash\":\"" + Draft.hash(baseOfEdited, held) + "\"}"
                : problem);
      }
      case "POST " + DRAFT + "/publish" -> {
        if (hangsUp) {
          exchange.close();
          return;
        }
        assertThat(json(body).text("hash")).isEqualTo(Draft.hash("ab12", held));
        send(
            exchange,
            publishes,
            publishes == 200 ? "{\"hash\":\"cd\",\"record\":{\"number\":43}}" : problem);
      }
      case "DELETE " + DRAFT -> {
        assertThat(exchange.getRequestHeaders().getFirst("If-Match")).startsWith("\"");
        exchange.sendResponseHeaders(discards, -1);
        exchange.close();
      }
      default -> send(exchange, 500, "<html>");
    }
  }

  private static JsonObject json(String body) {
    return CanonicalJson.read(body.getBytes(UTF_8));
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private Ran run(String command, String text, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("policy.yaml"), text);
    var args = new ArrayList<>(List.of(command, file.toString(), "--url", url()));
    args.addAll(List.of(options));
    if (!args.contains("--token")) {
      args.addAll(List.of("--token", "t0k"));
    }
    return Ran.with("", args.toArray(String[]::new));
  }

  private Ran apply(String text, String... options) throws IOException {
    return run("apply", text, options);
  }

  @Test
  void justWhatPlanShowsIsOneEditNamedAfterTheFileAndPublished() throws IOException {
    JsonObject planned = json(run("plan", MORE, "--format", "json").out());
    calls.clear();
    bodies.clear();
    Ran ran = apply(MORE, "--reason", "OPS-7");
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.out()).isEqualTo("published: revision 43, 1 change\n");
    assertThat(ran.err()).isEqualTo("~ C#clerk#a1#see\n1 change on revision 42\n");
    assertThat(calls)
        .containsExactly(
            "GET /api/v1/policy",
            "POST /api/v1/drafts",
            "POST " + DRAFT + "/changes",
            "POST " + DRAFT + "/publish");
    assertThat(bodies.get(1)).isEqualTo("{\"name\":\"policy.yaml\"}");
    assertThat(json(bodies.get(2)).text("label")).isEqualTo("policy.yaml");
    assertThat(held)
        .hasSize(1)
        .isEqualTo(
            planned.objects("changes", change -> RevisionJson.readChange(change, 0).change()));
    assertThat(json(bodies.get(3)).text("reason")).isEqualTo("OPS-7");
    apply(MORE);
    assertThat(json(bodies.getLast()).text("reason")).isEqualTo("policy file policy.yaml");
  }

  @Test
  void whereNothingChangesOrItIsADryRunNothingIsWritten() throws IOException {
    Ran same = apply(LIVE);
    assertThat(same.exit()).isZero();
    assertThat(same.out()).isEqualTo("unchanged: revision 42, 0 changes\n");
    Ran dry = apply(MORE, "--dry-run");
    assertThat(dry.exit()).isEqualTo(ExitCode.NO);
    assertThat(dry.out()).isEqualTo("planned: revision 42, 1 change\n");
    assertThat(calls).containsOnly("GET /api/v1/policy");
  }

  @Test
  void whatIsMissingIsSaidAndTheDraftStays() throws IOException {
    publishes = 422;
    problem =
        "{\"problems\":[{\"code\":\"approval-required\",\"message\":\"needs 1: ask\"},"
            + "{\"code\":\"test-failed\",\"message\":\"clerks read\"}]}";
    Ran ran = apply(MORE);
    assertThat(ran.exit()).isEqualTo(ExitCode.NO);
    assertThat(ran.out()).isEqualTo("drafted: revision 42, 1 change in draft d1\n");
    assertThat(ran.err())
        .contains(
            "approval-required: needs 1: ask\n",
            "test-failed: clerks read\n",
            "nothing was published: draft `d1` stays, under Changes in the app and at "
                + url()
                + DRAFT);
    assertThat(calls).noneMatch(call -> call.startsWith("DELETE"));
    assertThat(apply(MORE, "--format", "json").out())
        .contains(
            "\"result\":\"drafted\"",
            "\"objections\":[\"approval-required: needs 1: ask\",",
            "\"draft\":\"d1\"");
  }

  @Test
  void whatTheDraftWouldNotBearLeavesNone() throws IOException {
    stages = 422;
    problem = "{\"problems\":[{\"code\":\"operator-limit\",\"message\":\"not yours\"}]}";
    Ran ran = apply(MORE);
    assertThat(ran.exit()).isEqualTo(ExitCode.NO);
    assertThat(ran.out()).startsWith("refused: revision 42");
    assertThat(ran.err()).contains("operator-limit: not yours");
    assertThat(calls.getLast()).isEqualTo("DELETE " + DRAFT);
    stages = 413;
    Ran large = apply(MORE);
    assertThat(large.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(calls.getLast()).isEqualTo("DELETE " + DRAFT);
  }

  @Test
  void onAnotherRevisionThanWasPlannedAgainstNothingIsPublished() throws IOException {
    problem = "{\"problems\":[{\"code\":\"draft-moved\",\"message\":\"read it again\"}]}";
    base = "ff";
    baseOfEdited = "ff";
    conflicts("begun on another", NOT_LIVE);
    base = "ab12";
    conflicts("moved while it was edited", NOT_LIVE);
    baseOfEdited = "ab12";
    stages = 412;
    conflicts("moved before it was edited", "draft-moved: read it again");
    stages = 200;
    publishes = 409;
    conflicts("moved before it was published", "draft-moved: read it again");
  }

  @Test
  void whatSomebodyPutIntoTheDraftMeanwhileStays() throws IOException {
    problem = "{\"problems\":[{\"code\":\"draft-moved\",\"message\":\"read it again\"}]}";
    publishes = 409;
    discards = 412;
    Ran ran = apply(MORE);
    assertThat(ran.exit()).isEqualTo(ExitCode.NO);
    assertThat(ran.out()).isEqualTo("conflict: revision 42, 1 change in draft d1\n");
    assertThat(ran.err())
        .contains("nothing was published: draft `d1` stays, under Changes")
        .doesNotContain("no draft is left");
  }

  @Test
  void aTokenThatIsOverBeforeItIsPublishedLeavesTheDraftNamed() throws IOException {
    publishes = 401;
    problem = "{\"problems\":[{\"code\":\"bad-token\",\"message\":\"it is over\"}]}";
    Ran ran = apply(MORE);
    assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).contains("nothing was published: draft `d1` stays, under Changes");
  }

  private void conflicts(String when, String why) throws IOException {
    calls.clear();
    Ran ran = apply(MORE);
    assertThat(ran.exit()).as(when).isEqualTo(ExitCode.NO);
    assertThat(ran.out()).as(when).isEqualTo("conflict: revision 42, 1 change\n");
    assertThat(ran.err()).as(when).contains(why, "nothing was published, and no draft is left");
    assertThat(calls.getLast()).as(when).isEqualTo("DELETE " + DRAFT);
    if (publishes == 200) {
      assertThat(calls).as(when).doesNotContain("POST " + DRAFT + "/publish");
    }
  }

  @Test
  void whereTheAppFailsOnTheWayTheDraftIsNamed() throws IOException {
    hangsUp = true;
    Ran ran = apply(MORE);
    assertThat(ran.exit()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(ran.err()).contains("draft `d1` was begun: see what became of it");
    server.stop(0);
    assertThat(apply(MORE).exit()).isEqualTo(ExitCode.OUTSIDE);
  }

  @Test
  void whatIsForATableIsRefused() throws IOException {
    for (List<String> wrong :
        List.of(
            List.of("--break-glass"),
            List.of("--operator", "me"),
            List.of("--table", "http://127.0.0.1:1"),
            List.of("--reason", "x".repeat(100_000)),
            List.of("--token", "wrong"))) {
      Ran ran = apply(MORE, wrong.toArray(String[]::new));
      assertThat(ran.exit()).as(wrong + ran.err()).isEqualTo(ExitCode.USAGE);
    }
    assertThat(calls).isEmpty();
    assertThat(apply("grantway: 2\n").exit()).isEqualTo(ExitCode.USAGE);
  }
}
