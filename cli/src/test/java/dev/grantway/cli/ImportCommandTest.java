package dev.grantway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.grantway.policyfile.PolicyFile;
import dev.grantway.store.InMemoryActivity;
import dev.grantway.store.InMemoryPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command against a table, an admin app and an API Gateway, each of which answers here. */
class ImportCommandTest {
  private static final String OPENAPI =
      """
      openapi: 3.0.3
      info: {title: orders, version: "1"}
      paths:
        /orders:
          get: {operationId: listOrders, responses: {"200": {description: fine}}}
        /new:
          get: {responses: {"200": {description: fine}}}
      """;

  @TempDir private Path folder;
  private final InMemoryPolicy table = policy();
  private final HttpServer server = server();
  private final List<String> asked = new ArrayList<>();
  private String answer = "";
  private int status = 200;

  private static InMemoryPolicy policy() {
    return switch (PolicyFile.read(
        """
        grantway: 1
        apis:
        - {name: orders, id: a1, type: REST, stages: [prod], routes: [GET /orders, GET /old]}
        roles:
        - name: clerk
          permissions:
          - {id: see, api: orders, methods: [GET], resource: /orders}
          - {id: old, api: orders, methods: [GET], resource: /old}
        """,
        "base.yaml")) {
      case PolicyFile.Read read -> InMemoryPolicy.of(read.policy(), Ran.CLOCK);
      case PolicyFile.Refused refused -> throw new IllegalStateException("" + refused.findings());
    };
  }

  private static HttpServer server() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  ImportCommandTest() {
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI()
            + " "
            + exchange.getRequestBody().readAllBytes().length);
    byte[] body = answer.getBytes(UTF_8);
    exchange.sendResponseHeaders(answer.isEmpty() ? 404 : status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private Ran run(String... args) {
    return Ran.by(
        console ->
            Main.run(
                console,
                url -> new TableAccess(table, new InMemoryActivity(Ran.CLOCK), visit -> {}),
                args),
        new byte[0]);
  }

  private Ran at(String... more) {
    var args = new ArrayList<>(List.of("import", "--table", "http://127.0.0.1:1"));
    args.addAll(List.of(more));
    return run(args.toArray(String[]::new));
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void aDryRunSaysEveryRowAndWritesNothing() throws IOException {
    Ran ran = at(file("api.yaml", OPENAPI), "--dry-run");
    assertThat(ran.exit()).as(ran.err()).isEqualTo(ExitCode.NO);
    assertThat(ran.lines())
        .containsExactly(
            "changed route GET /orders (5:5): operation `` → `listOrders`",
            "new route GET /new (7:5)",
            "gone route GET /old",
            "orphan permission old of role clerk: /old of orders reaches only routes that are gone",
            "1 new, 1 changed, 1 gone, 0 unchanged, 0 errors",
            "planned");
    assertThat(table.head().revision()).isEqualTo(1);
    Ran json = at(file("api.yaml", OPENAPI), "--dry-run", "--format", "json");
    assertThat(json.out())
        .startsWith(
            "{\"result\":\"planned\",\"counts\":{\"new\":1,\"changed\":1,\"gone\":1,\"unchanged\":0,"
                + "\"error\":0},\"rows\":[{\"outcome\":\"changed\"")
        .contains("\"orphans\":[{\"permission\":\"old\",\"role\":\"clerk\"");
  }

  @Test
  void itPublishesAsApplyDoesAndThenChangesNothing() throws IOException {
    String file = file("api.yaml", OPENAPI);
    Ran unmeant = at(file);
    assertThat(unmeant.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(unmeant.err()).contains("--break-glass with a --reason");
    Ran ran = at(file, "--break-glass", "--reason", "OPS-1");
    assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
    assertThat(ran.lines().getLast()).startsWith("published: revision ");
    Ran again = at(file, "--dry-run");
    assertThat(again.exit()).isZero();
    assertThat(again.lines())
        .containsExactly(
            "orphan permission old of role clerk: /old of orders reaches only routes that are gone,"
                + " as before",
            "0 new, 0 changed, 0 gone, 3 unchanged, 0 errors",
            "unchanged");
    assertThat(table.live().policy().permissions()).hasSize(2);
  }

  @Test
  void oneWrongRowAddsNothing() throws IOException {
    String csv = "role,id,api,methods,resource\nclerk,a,orders,GET,/a\nclerck,b,orders,GET,b\n";
    Ran ran = at(file("p.csv", csv), "--break-glass", "--reason", "OPS-1");
    assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.lines())
        .hasSize(4)
        .anySatisfy(it -> assertThat(it).startsWith("p.csv:3:1: error unknown-role "))
        .anySatisfy(it -> assertThat(it).startsWith("p.csv:3:21: error bad-pattern "))
        .endsWith("0 new, 0 changed, 0 gone, 0 unchanged, 2 errors", "refused");
    assertThat(table.head().revision()).isEqualTo(1);
  }

  @Test
  void whatWouldBreakThePolicyIsAnObjection() throws IOException {
    Ran ran =
        at(file("p.yaml", "grantway: 1\nroles: [{name: viewer}]\n"), "--complete", "--dry-run");
    assertThat(ran.exit()).isEqualTo(ExitCode.NO);
    assertThat(ran.lines())
        .contains("gone role clerk", "gone permission see", "new role viewer (2:16)");
    String both =
        "role,id,api,methods,resource\nclerk,a,orders,GET,/a\nclerk,see,orders,POST,/orders\n";
    Ran fine = at(file("q.csv", both), "--dry-run", "--from", "csv-permissions");
    assertThat(fine.lines()).contains("changed permission see (3:1): methods `GET` → `POST`");
  }

  @Test
  void whatIsAskedWronglyIsRefused() throws IOException {
    String file = file("api.yaml", OPENAPI);
    assertThat(at("--dry-run").err()).contains("name the FILE");
    assertThat(at("--dry-run", file, "--from", "apigateway").err()).contains("reads no file");
    assertThat(at("--dry-run", file, "--from", "swagger").err()).contains("is no kind of import");
    assertThat(at("--dry-run", file, "--complete").err()).contains("always complete");
    assertThat(at("--dry-run", file("x.txt", "hello\n")).err()).contains("say --from KIND");
    Path big = folder.resolve("big.yaml");
    Files.write(big, new byte[50 << 20]);
    Ran tooBig = at("--dry-run", big.toString());
    assertThat(tooBig.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(tooBig.err()).contains("has 52428800 bytes, more than 16777216");
  }

  @Test
  void theAppTakesTheFileIntoADraft() throws IOException {
    String rows =
        "{\"outcome\":\"new\",\"what\":\"route\",\"name\":\"GET /new\",\"line\":7,\"column\":5,\"note\":\"\"}";
    answer =
        "{\"revision\":3,\"draft\":\"d7\",\"counts\":{\"new\":1,\"changed\":0,\"gone\":0,\"unchanged\":2,\"error\":0},"
            + "\"rows\":["
            + rows
            + "],\"more\":0,\"findings\":[],\"orphans\":[],\"objections\":[]}";
    Ran ran =
        run("import", file("a b.yaml", OPENAPI), "--api", "orders", "--url", url(), "--token", "t");
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.lines())
        .containsExactly(
            "new route GET /new (7:5)",
            "1 new, 0 changed, 0 gone, 2 unchanged, 0 errors",
            "added: d7");
    assertThat(asked)
        .containsExactly(
            "POST /api/v1/imports?from=openapi&file=a+b.yaml&api=orders " + OPENAPI.length());
  }

  @Test
  void whatTheAppDoesNotTakeIsSaidRowByRow() throws IOException {
    status = 422;
    answer =
        "{\"type\":\"about:blank\",\"title\":\"Unprocessable Content\",\"status\":422,\"detail\":\"nothing\","
            + "\"revision\":3,\"draft\":\"\",\"counts\":{\"new\":0,\"changed\":0,\"gone\":0,\"unchanged\":0,\"error\":1},"
            + "\"rows\":[],\"more\":0,\"findings\":[{\"file\":\"p.csv\",\"line\":3,\"column\":1,\"severity\":\"error\","
            + "\"code\":\"unknown-role\",\"message\":\"role `x` is not there\",\"next\":\"add it\"}],\"orphans\":[],"
            + "\"objections\":[],\"problems\":[{\"code\":\"import-wrong\",\"message\":\"nothing was added\"}]}";
    Ran ran =
        run("import", file("p.csv", "role,id,api,resource\n"), "--url", url(), "--token", "t");
    assertThat(ran.exit()).as(ran.err()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).contains("import-wrong: nothing was added");
    assertThat(ran.lines())
        .containsExactly(
            "p.csv:3:1: error unknown-role role `x` is not there; add it",
            "0 new, 0 changed, 0 gone, 0 unchanged, 1 error",
            "refused");
    answer = "{\"status\":422,\"problems\":[{\"code\":\"once\",\"message\":\"of another call\"}]}";
    Ran other =
        run("import", file("p.csv", "role,id,api,resource\n"), "--url", url(), "--token", "t");
    assertThat(other.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(other.err()).contains("once: of another call");
  }

  @Test
  void whatIsDeployedIsReadFromApiGateway() {
    answer = OPENAPI;
    Ran ran = at("--from", "apigateway", "--gateway", url(), "--dry-run");
    assertThat(ran.exit()).as(ran.err()).isEqualTo(ExitCode.NO);
    assertThat(ran.lines()).contains("new route GET /new (7:5)");
    assertThat(asked)
        .singleElement()
        .asString()
        .startsWith("GET /restapis/a1/stages/prod/exports/oas30?extensions=apigateway");
    answer = "";
    Ran down = at("--from", "apigateway", "--gateway", url(), "--dry-run");
    assertThat(down.exit()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(down.err()).contains("cannot be read from API Gateway: see that the id");
  }
}
