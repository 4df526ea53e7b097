package dev.grantway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Policy;
import dev.grantway.store.InMemoryActivity;
import dev.grantway.store.InMemoryAudit;
import dev.grantway.store.InMemoryPolicy;
import dev.grantway.store.UsageDay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageCommandTest {
  private static final String POLICY =
      """
      grantway: 1
      apis:
        - {name: orders, id: a1b2c3d4e5, type: REST, stages: [prod],
           routes: [GET /orders, POST /orders]}
      roles:
        - name: clerk
          permissions:
            - {id: read, api: orders, methods: [GET], resource: /orders}
            - {id: take, api: orders, methods: [POST], resource: /orders}
      """;

  @TempDir Path folder;

  @BeforeEach
  void logs() throws IOException {
    Files.writeString(folder.resolve("now.yaml"), POLICY);
    Files.writeString(folder.resolve("next.yaml"), POLICY.replaceFirst("(?m)^.*id: read.*\\R", ""));
    Files.writeString(folder.resolve("b.jsonl"), call("alice") + call("bob") + "no json\n");
    Files.writeString(folder.resolve("a.jsonl"), call("alice") + "{\"event\":\"primed\"}\n");
    Files.writeString(folder.resolve("c.log"), call("eve"));
  }

  private static String call(String who) {
    return """
        {"event":"access","at":"2026-11-20T10:00:00Z","api":"a1b2c3d4e5","stage":"prod",\
        "method":"GET","path":"/orders","who":"dev|%s","roles":"clerk","response":"-"}
        """
        .formatted(who);
  }

  private Ran run(String... args) {
    return Ran.with("", args);
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void whatNobodyUsedIsListed() {
    Ran ran =
        run(
            "usage",
            folder.toString(),
            "--policy",
            at("now.yaml"),
            "--api",
            "orders",
            "--stage",
            "prod");
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.lines()).containsExactly("clerk POST /orders: 0 calls in 1 days");
    assertThat(ran.err())
        .contains("b.jsonl: 2 calls, 0 lines about something else, 1 that could not be read")
        .contains("logs tell of 1 of 1 days")
        .doesNotContain("alice");
  }

  @Test
  void callsThatAnotherPolicyRefusesEndWithOne() {
    Ran ran =
        run(
            "usage",
            at("a.jsonl"),
            at("b.jsonl"),
            "--policy",
            at("now.yaml"),
            "--replay",
            at("next.yaml"),
            "--api",
            "a1b2c3d4e5",
            "--stage",
            "prod");
    assertThat(ran.exit()).as(ran.err()).isOne();
    assertThat(ran.lines())
        .containsExactly(
            "403: GET /orders as clerk, 3 calls of 2 callers, the last at 2026-11-20T10:00:00Z");
    Ran same =
        run(
            "usage",
            at("a.jsonl"),
            "--policy",
            at("now.yaml"),
            "--replay",
            at("now.yaml"),
            "--api",
            "orders",
            "--stage",
            "prod");
    assertThat(same.exit()).isZero();
    assertThat(same.out()).contains("no call would be answered otherwise");
  }

  @Test
  void aLogGroupIsNamedWithItsTime() {
    for (String[] wrong :
        new String[][] {
          {},
          {"--log-group", "g", "a.jsonl"},
          {"--log-group", "g", "--since", "2026-11-01"},
          {"--log-group", "g", "--since", "2026-11-02", "--until", "2026-11-02"},
          {"--log-group", "g", "--since", "2026-11-31", "--until", "2026-12-02"},
          {"--log-group", "g", "--since", "2026-11-20", "--until", "2026-11-22T10:00:00Z"},
          {"--log-group", "g", "--since", "2026-11-20", "--until", "2026-11-21", "--source", "s"},
          {"a.jsonl", "--since", "2026-11-20"}
        }) {
      var all = new ArrayList<>(List.of("usage", "--policy", at("now.yaml"), "--api", "orders"));
      all.addAll(List.of("--stage", "prod"));
      all.addAll(List.of(wrong));
      Ran ran = run(all.toArray(String[]::new));
      assertThat(ran.exit()).as(String.join(" ", wrong) + ran.err()).isEqualTo(ExitCode.USAGE);
    }
    Ran part =
        run(
            "usage",
            "--log-group",
            "g",
            "--since",
            "2026-11-20T10:00:00Z",
            "--until",
            "2026-11-21",
            "--table",
            "http://127.0.0.1:1");
    assertThat(part.err()).contains("with --table whole days are read");
  }

  /** One query's answer, as AWS JSON 1.1 has it. */
  @Test
  void aLogGroupIsReadByQueries() throws IOException {
    var asksForTheCall = new AtomicBoolean();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          boolean starts =
              String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"))
                  .endsWith(".StartQuery");
          if (starts) {
            asksForTheCall.set(
                second("startTime", body) <= CALLED && CALLED <= second("endTime", body));
          }
          byte[] answer =
              (starts
                      ? "{\"queryId\":\"q\"}"
                      : results(asksForTheCall.get() ? List.of(call("alice").strip()) : List.of()))
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    try {
      String[] insights = {
        "usage",
        "--log-group",
        "/aws/api/orders",
        "--since",
        "2026-11-20",
        "--until",
        "2026-11-21",
        "--region",
        "eu-central-1",
        "--endpoint-url",
        "http://127.0.0.1:" + server.getAddress().getPort()
      };
      var asked = new ArrayList<>(List.of(insights));
      asked.addAll(List.of("--policy", at("now.yaml"), "--api", "orders", "--stage", "prod"));
      Ran ran = run(asked.toArray(String[]::new));
      assertThat(ran.exit()).as(ran.err()).isZero();
      assertThat(ran.lines()).containsExactly("clerk POST /orders: 0 calls in 1 days");
      assertThat(ran.err())
          .contains("/aws/api/orders: all 1 records from 2026-11-20T00:00:00Z to 2026-11-21")
          .contains("/aws/api/orders: 1 calls, 0 lines about something else")
          .doesNotContain("alice");
      var repository = InMemoryPolicy.of(Policy.EMPTY, Ran.CLOCK);
      var activity = new InMemoryActivity(Ran.CLOCK);
      var table =
          new TableAccess(repository, activity, new InMemoryAudit(repository, activity, Ran.CLOCK));
      var kept = new ArrayList<>(List.of(insights));
      kept.addAll(List.of("--table", "http://127.0.0.1:1"));
      Ran keeps =
          Ran.by(
              console -> Main.run(console, url -> table, kept.toArray(String[]::new)), new byte[0]);
      assertThat(keeps.exit()).as(keeps.err()).isZero();
      assertThat(
              repository
                  .usage()
                  .days(
                      new ApiId("a1b2c3d4e5"),
                      "prod",
                      LocalDate.of(2026, 11, 20),
                      LocalDate.of(2026, 11, 20)))
          .extracting(UsageDay::source)
          .containsExactly("/aws/api/orders");
    } finally {
      server.stop(0);
    }
    Ran gone =
        run(
            "usage",
            "--log-group",
            "g",
            "--since",
            "2026-11-20",
            "--until",
            "2026-11-21",
            "--region",
            "eu-central-1",
            "--endpoint-url",
            "http://127.0.0.1:1",
            "--policy",
            at("now.yaml"),
            "--api",
            "orders",
            "--stage",
            "prod");
    assertThat(gone.exit()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(gone.err()).contains("CloudWatch Logs does not answer", "nothing was taken");
  }

  private static final long CALLED = Instant.parse("2026-11-20T10:00:00Z").getEpochSecond();

  private static long second(String name, String body) {
    return Long.parseLong(body.replaceAll("(?s).*\"" + name + "\":([0-9]+).*", "$1"));
  }

  private static String results(List<String> messages) {
    return "{\"status\":\"Complete\",\"statistics\":{\"recordsMatched\":"
        + messages.size()
        + ".0,\"recordsScanned\":9.0,\"bytesScanned\":99.0},\"results\":["
        + messages.stream()
            .map(
                it ->
                    "[{\"field\":\"@timestamp\",\"value\":\"2026-11-20 10:00:00.000\"},"
                        + "{\"field\":\"@message\",\"value\":\""
                        + it.replace("\"", "\\\"")
                        + "\"},{\"field\":\"@ptr\",\"value\":\"p1\"}]")
            .collect(Collectors.joining(","))
        + "]}";
  }

  @Test
  void withATableTheDaysAreKept() {
    var repository = InMemoryPolicy.of(Policy.EMPTY, Ran.CLOCK);
    var activity = new InMemoryActivity(Ran.CLOCK);
    var table =
        new TableAccess(repository, activity, new InMemoryAudit(repository, activity, Ran.CLOCK));
    Ran ran =
        Ran.by(
            console ->
                Main.run(
                    console,
                    url -> table,
                    "usage",
                    "-",
                    folder.toString(),
                    "--table",
                    "http://x",
                    "--source",
                    "stdin"),
            call("carol").getBytes(StandardCharsets.UTF_8));
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.lines()).hasSize(3);
    LocalDate day = LocalDate.of(2026, 11, 20);
    assertThat(repository.usage().days(new ApiId("a1b2c3d4e5"), "prod", day, day))
        .extracting(UsageDay::source)
        .containsExactly("a.jsonl", "b.jsonl", "stdin");
  }

  @Test
  void whatIsAskedWrongIsSaid() {
    assertThat(run("usage", at("a.jsonl")).err()).contains("--table", "--policy");
    assertThat(run("usage", "-", "--table", "http://x").err()).contains("--source");
    assertThat(run("usage", at("a.jsonl"), "--table", "http://x", "--api", "orders").err())
        .contains("go with --policy");
    assertThat(run("usage", at("a.jsonl"), "--policy", at("now.yaml")).err())
        .contains("--policy needs --api and --stage");
    Ran none =
        run("usage", at("a.jsonl"), "--policy", at("now.yaml"), "--api", "orders", "--stage", "x");
    assertThat(none.exit()).isEqualTo(2);
    assertThat(none.err()).contains("the logs tell of no call to stage `x`");
    assertThat(run("usage", at("gone.jsonl"), "--table", "http://x").exit()).isEqualTo(2);
  }
}
