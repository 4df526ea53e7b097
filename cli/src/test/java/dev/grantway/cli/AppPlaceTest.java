package dev.grantway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.grantway.report.Manifest;
import dev.grantway.revision.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a running admin app, which here answers what the real one does. */
class AppPlaceTest {
  static final String POLICY =
      """
      grantway: 1
      apis:
      - name: orders
        id: a1
        type: REST
        stages: [prod]
        routes: [GET /orders]
      roles:
      - name: clerk
        permissions:
        - id: see
          api: orders
          methods: [GET]
          resource: /orders
      """;
  private static final String EVERYBODY =
      """
      - name: authenticated
        permissions:
        - id: all
          effect: DENY
          api: orders
          methods: [POST]
          resource: /orders
      """;
  private static final byte[] CSV = "\"api\"\r\n\"orders\"\r\n".getBytes(UTF_8);

  private static final byte[] BUSY =
      "{\"problems\":[{\"code\":\"exports-busy\",\"message\":\"2 exports are under way\"}]}"
          .getBytes(UTF_8);

  @TempDir private Path folder;
  private final AtomicInteger asked = new AtomicInteger();
  private final List<String> bodies = new ArrayList<>();
  private final HttpServer server = server();
  private String bundle = "";
  private String policy = POLICY;
  private int begins = 202;
  private boolean losesJobs;
  private String failure = "store";
  private String ends = "done";
  private byte[] file = CSV;

  private static HttpServer server() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  AppPlaceTest() {
    server.createContext("/api/v1/", this::answer);
    server.createContext(
        "/api/v1/audit/bundle", exchange -> send(exchange, 200, bundle.getBytes(UTF_8)));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString().substring("/api/v1".length());
    bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    boolean known = "Bearer t0k".equals(exchange.getRequestHeaders().getFirst("Authorization"));
    exchange.getResponseHeaders().add("Grantway-Revision", "42");
    exchange.getResponseHeaders().add("Grantway-Revision-Hash", "ab12");
    if (!known) {
      send(exchange, 403, "{}".getBytes(UTF_8));
      return;
    }
    switch (path) {
      case "/policy", "/policy?as-of=41" -> send(exchange, 200, policy.getBytes(UTF_8));
      case "/policy?as-of=7" ->
          send(
              exchange,
              404,
              "{\"problems\":[{\"code\":\"not-there\",\"message\":\"no such revision\"}]}"
                  .getBytes(UTF_8));
      case "/exports" -> send(exchange, begins, begins == 202 ? job("running") : BUSY);
      case "/exports/e1" -> {
        if (losesJobs) {
          exchange.close();
          return;
        }
        send(exchange, 200, job(asked.incrementAndGet() < 2 ? "running" : ends));
      }
      case "/exports/e1/file" -> send(exchange, 200, file);
      case "/exports/e1/manifest" -> send(exchange, 200, manifest().write());
      default -> send(exchange, 500, "<html>".getBytes(UTF_8));
    }
  }

  private byte[] job(String state) {
    return ("{\"id\":\"e1\",\"state\":\""
            + state
            + "\",\"failure\":\""
            + failure
            + "\",\"why\":\"the table is down\"}")
        .getBytes(UTF_8);
  }

  private static Manifest manifest() {
    return new Manifest(
        "grants",
        "csv",
        "grants-all-r42.csv",
        Map.of("api", "orders"),
        42,
        "ab12",
        Instant.EPOCH,
        1,
        CSV.length,
        Sha256.hex(CSV),
        "aud",
        Instant.EPOCH);
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private Ran run(String... args) {
    var all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--url", "http://127.0.0.1:" + server.getAddress().getPort() + "/"));
    if (!all.contains("--token")) {
      all.addAll(List.of("--token", "t0k"));
    }
    return Ran.with("", all.toArray(String[]::new));
  }

  @Test
  void anExportOfTheAppPlansNothingAgainstIt() throws IOException {
    Ran exported = run("export", "--as-of", "41");
    assertThat(exported.exit()).as(exported.err()).isZero();
    Path policy = Files.writeString(folder.resolve("policy.yaml"), exported.out());
    Ran plan = run("plan", policy.toString());
    assertThat(plan.out()).isEqualTo("no changes: revision 42 is what the file says\n");
    assertThat(plan.exit()).isZero();
    Files.writeString(policy, exported.out().replace("/orders\n", "/**\n"));
    Ran changed = run("plan", policy.toString());
    assertThat(changed.exit()).isEqualTo(ExitCode.NO);
    assertThat(changed.out()).contains("not looked at: documents and the role sets of callers");
    assertThat(run("plan", policy.toString(), "--format", "json").out())
        .contains("\"notLookedAt\":[\"documents and the role sets of callers");
    Path out = folder.resolve("out.yaml");
    assertThat(run("export", "--out", out.toString()).out()).contains("revision 42");
    assertThat(Manifest.read(Files.readAllBytes(folder.resolve("out.yaml.manifest.json"))))
        .satisfies(it -> assertThat(it.revisionHash()).isEqualTo("ab12"))
        .satisfies(it -> assertThat(it.revision()).isEqualTo(42));
  }

  @Test
  void everybodyHasNoRowThatTheTableLacks() throws IOException {
    policy = POLICY + EVERYBODY;
    Path file = Files.writeString(folder.resolve("policy.yaml"), POLICY);
    assertThat(run("plan", file.toString()).lines())
        .as("the permission alone goes")
        .startsWith("- C#authenticated#a1#all")
        .noneMatch(line -> line.contains("D#"));
    Files.writeString(file, POLICY + EVERYBODY);
    assertThat(run("plan", file.toString()).out()).startsWith("no changes");
  }

  @Test
  void theTrailComesFromTheAppsAuditBundle() {
    String start =
        "{\"type\":\"start\",\"grantwayAudit\":1,\"at\":\"2026-11-22T10:00:00Z\",\"table\":\"t\","
            + "\"head\":0,\"headHash\":\"00\"}\n";
    bundle = start + "{\"type\":\"end\",\"lines\":1}\n";
    Ran ran = run("export", "--trail", "activity");
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.lines()).hasSize(1).first().asString().startsWith("\"at\",\"operator\",");
    bundle = start;
    Ran cut = run("export", "--trail", "activity");
    assertThat(cut.exit()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(cut.err()).contains("was cut off while it was read");
    bundle = "<html>";
    assertThat(run("export", "--trail", "activity").err()).contains("is no audit bundle");
  }

  @Test
  void whoeverHasToWaitTypedNothingWrong() {
    begins = 429;
    Ran busy = run("export", "--grants", "csv");
    assertThat(busy.exit()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(busy.err()).isEqualTo("exports-busy: 2 exports are under way\n");
  }

  @Test
  void anExportThatIsNotWaitedForCanBeFetchedLater() {
    assertThat(run("export", "--grants", "csv").err()).startsWith("export `e1` is under way");
    losesJobs = true;
    Ran lost = run("export", "--grants", "csv");
    assertThat(lost.exit()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(lost.err())
        .contains("export `e1` does not end with this command", "/api/v1/exports/e1/file\n");
    losesJobs = false;
    ends = "failed";
    assertThat(run("export", "--grants", "csv").err()).doesNotContain("goes on");
  }

  @Test
  void whatAFormatCannotHoldIsForWhoeverAskedToMend() {
    ends = "failed";
    failure = "unfit";
    assertThat(run("export", "--grants", "csv").exit()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void whatArrivesAtStandardOutputIsCheckedToo() {
    file = "\"api\"\r\n\"other\"\r\n".getBytes(UTF_8);
    Ran ran = run("export", "--grants", "csv");
    assertThat(ran.exit()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(ran.err()).contains("is not the one that its manifest names: do not use it");
  }

  @Test
  void aTokenGoesOverPlainHttpToThisMachineAlone() {
    for (String url :
        List.of("http://192.0.2.1", "http://grantway.example", "http://localhost.example:1")) {
      Ran ran = Ran.with("", "export", "--url", url, "--token", "t0k");
      assertThat(ran.exit()).as(url).isEqualTo(ExitCode.USAGE);
      assertThat(ran.err()).as(url).contains("nothing was sent").doesNotContain("t0k");
    }
    for (String url : List.of("http://localhost:1", "http://127.0.0.1:1", "http://[::1]:1")) {
      assertThat(Ran.with("", "export", "--url", url, "--token", "t0k").exit())
          .as(url)
          .isEqualTo(ExitCode.OUTSIDE);
    }
  }

  @Test
  void questionsAreAnsweredByItsPolicy() {
    assertThat(run("diff", "41", "41").out()).startsWith("revision 42 to 42: 0 changes");
    assertThat(run("who-can", "GET /orders", "--api", "orders", "--stage", "prod").lines())
        .hasSize(2)
        .first()
        .asString()
        .contains("by revision 42 at");
    assertThat(
            run("explain", "--api", "orders", "--stage", "prod", "--request", "GET /orders").out())
        .startsWith("DENY: default-deny, by revision 42");
  }

  @Test
  void rowsByPrincipalAreAskedOfTheApp() {
    assertThat(run("export", "--grants", "csv", "--by", "principal", "--api", "orders").exit())
        .isZero();
    assertThat(bodies.getFirst())
        .isEqualTo("{\"format\":\"csv\",\"kind\":\"principals\",\"api\":\"orders\"}");
  }

  @Test
  void rowsByRouteAndOfTagsAreAskedOfTheApp() {
    assertThat(
            run(
                    "export",
                    "--grants",
                    "csv",
                    "--by",
                    "route",
                    "--tag",
                    "a",
                    "--tag",
                    "b",
                    "--owner",
                    "team",
                    "--method",
                    "post",
                    "--effect",
                    "deny")
                .exit())
        .isZero();
    assertThat(bodies.getFirst())
        .isEqualTo(
            "{\"format\":\"csv\",\"kind\":\"routes\",\"tags\":\"a,b\",\"owner\":\"team\","
                + "\"methods\":\"POST\",\"effect\":\"deny\"}");
  }

  @Test
  void grantsAreExportedByTheAppAndFetchedWithItsManifest() throws IOException {
    Path out = folder.resolve("grants.csv");
    Ran ran =
        run("export", "--grants", "csv", "--api", "orders", "--as-of", "42", "--out", "" + out);
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(bodies.getFirst())
        .isEqualTo("{\"format\":\"csv\",\"api\":\"orders\",\"asOf\":\"42\"}");
    String at = "2026-11-20T08:00:00Z";
    assertThat(run("export", "--grants", "csv", "--as-of", "42", "--at", at).exit()).isZero();
    assertThat(bodies).contains("{\"format\":\"csv\",\"asOf\":\"42\",\"at\":\"" + at + "\"}");
    int before = bodies.size();
    assertThat(run("export", "--grants", "csv", "--at", "2030-01-01T00:00:00Z").exit())
        .isEqualTo(ExitCode.USAGE);
    assertThat(bodies).hasSize(before);
    assertThat(out).hasBinaryContent(CSV);
    Manifest here = Manifest.read(Files.readAllBytes(folder.resolve("grants.csv.manifest.json")));
    assertThat(here.file()).isEqualTo("grants.csv");
    assertThat(here.by()).isEqualTo("aud");
    assertThat(here.sha256()).isEqualTo(Sha256.hex(CSV));
    assertThat(run("export", "--grants", "csv").out()).isEqualTo(new String(CSV, UTF_8));
  }

  @Test
  void aFileThatIsNotTheManifestsLeavesNothing() throws IOException {
    file = "\"api\"\r\n".getBytes(UTF_8);
    Path out = folder.resolve("grants.csv");
    Ran ran = run("export", "--grants", "csv", "--out", out.toString());
    assertThat(ran.exit()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(ran.err()).contains("is not the one that its manifest names");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatTheAppRefusesOrCannotDoIsSaid() {
    ends = "failed";
    Ran failed = run("export", "--grants", "csv");
    assertThat(failed.exit()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(failed.err()).contains("the export came to nothing: the table is down");
    Ran nobody = run("export", "--token", "wrong");
    assertThat(nobody.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(nobody.err()).contains("give the token of an operator");
    Ran never = run("export", "--as-of", "7");
    assertThat(never.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(never.err()).isEqualTo("not-there: no such revision\n");
    assertThat(run("export", "--as-of", "9").exit()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(Ran.with("", "export", "--url", "http://127.0.0.1:1").exit())
        .isEqualTo(ExitCode.OUTSIDE);
    assertThat(run("export", "--table", "http://127.0.0.1:1").exit()).isEqualTo(ExitCode.USAGE);
    assertThat(Ran.with("", "export", "--url", "no url").exit()).isEqualTo(ExitCode.USAGE);
  }
}
