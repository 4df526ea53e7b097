package dev.grantway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Policy;
import dev.grantway.store.InMemoryActivity;
import dev.grantway.store.InMemoryAudit;
import dev.grantway.store.InMemoryPolicy;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.UsageDay;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;
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

  private static final String DECISION =
      """
      {"at":"2026-11-20T10:00:00Z","event":"decision","api":"a1b2c3d4e5","stage":"prod",\
      "method":"GET","route":"GET /orders","who":"00112233445566aa","roles":["clerk"],\
      "outcome":"answered","effect":"ALLOW"}
      """;

  @TempDir Path folder;

  @BeforeEach
  void logs() throws IOException {
    Files.writeString(folder.resolve("now.yaml"), POLICY);
    Files.writeString(folder.resolve("next.yaml"), POLICY.replaceFirst("(?m)^.*id: read.*\\R", ""));
    Files.writeString(folder.resolve("b.jsonl"), call("alice") + call("bob") + "no json\n");
    Files.writeString(folder.resolve("a.jsonl"), call("alice") + "{\"event\":\"primed\"}\n");
    Files.writeString(folder.resolve("c.csv"), call("eve"));
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
    assertThat(ran.lines())
        .containsExactly(
            "clerk POST /orders: 0 calls in 1 day, logs not complete: 1 line could not be read");
    assertThat(ran.err())
        .contains("b.jsonl: 2 calls, 0 lines about something else, 1 that could not be read")
        .contains("logs tell of 1 of 1 days", "1 line could not be read: calls of theirs are not")
        .doesNotContain("alice");
    assertThat(asked(at("a.jsonl")).lines())
        .containsExactly("clerk POST /orders: 0 calls in 1 day, logs complete");
  }

  @Test
  void asJsonItIsCompleteOnlyWhereTheLogsTellOfEveryCall() throws IOException {
    String complete =
        "\"days\":1,\"told\":1,\"everyCall\":true,\"unreadable\":0,\"complete\":true}";
    assertThat(asked(at("a.jsonl"), "--format", "json").out()).contains(complete);
    Ran broken = asked(at("b.jsonl"), "--format", "json");
    assertThat(broken.out())
        .contains("\"told\":1,\"everyCall\":true,\"unreadable\":1,\"complete\":false}");
    assertThat(broken.err()).as("said beside answers").contains("1 that could not be read");
    Path lines = Files.writeString(folder.resolve("decisions.log"), DECISION);
    assertThat(asked(lines.toString(), "--format", "json").out())
        .contains("\"told\":1,\"everyCall\":false,\"unreadable\":0,\"complete\":false}");
  }

  private Ran asked(String... logs) {
    var all = new ArrayList<>(List.of("usage"));
    all.addAll(List.of(logs));
    all.addAll(List.of("--policy", at("now.yaml"), "--api", "orders", "--stage", "prod"));
    return run(all.toArray(String[]::new));
  }

  private static byte[] packed(String text) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(out)) {
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  @Test
  void whatIsPackedIsRead() throws IOException {
    Path logs = Files.createDirectory(folder.resolve("packed"));
    Files.write(logs.resolve("a.log.gz"), packed(call("alice") + call("bob")));
    Files.writeString(logs.resolve("b.txt"), call("alice").replace("11-20", "11-22"));
    Ran ran = asked(logs.toString());
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.err()).contains("a.log.gz: 2 calls, 0 lines", "b.txt: 1 calls");
    assertThat(ran.lines())
        .containsExactly("clerk POST /orders: 0 calls in 3 days, logs of 2 of 3 days");
    byte[] cut = Arrays.copyOf(packed(call("alice")), 40);
    Ran damaged = asked(Files.write(logs.resolve("c.log.gz"), cut).toString());
    assertThat(damaged.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(damaged.err()).contains("log `c.log.gz` is no whole gzip file");
  }

  @Test
  void aLogThatIsPackedWhereItLiesCountsOnce() throws IOException {
    var repository = InMemoryPolicy.of(Policy.EMPTY, Ran.CLOCK);
    String[] plain = {"usage", at("b.jsonl"), "--table", "http://127.0.0.1:1"};
    assertThat(keeping(repository, plain).exit()).isZero();
    Path logs = Files.createDirectory(folder.resolve("packed"));
    Files.write(logs.resolve("b.jsonl.gz"), packed(call("alice") + call("bob")));
    String[] packed = {"usage", logs.toString(), "--table", "http://127.0.0.1:1"};
    assertThat(keeping(repository, packed).exit()).isZero();
    assertThat(told(repository, "prod")).containsExactly("2026-11-20 of b.jsonl: 2");
    Files.writeString(logs.resolve("b.jsonl"), call("alice"));
    Ran both = asked(logs.toString());
    assertThat(both.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(both.err()).contains("two logs are named `b.jsonl.gz`, with or without .gz");
  }

  @Test
  void ofALogGroupWhatThePlatformWritesIsNoOtherFormat() throws IOException {
    String[] kept = {"--log-group", GROUP, "--table", "http://127.0.0.1:1"};
    Instant at = Instant.parse("2026-11-20T10:00:00Z");
    var quiet =
        List.of(
            new Logged(GROUP, at, "INIT_START Runtime Version: java:25\n"),
            new Logged(GROUP, at.plusSeconds(1), "START RequestId: 1 Version: 2\n"));
    var foreign = new ArrayList<>(quiet);
    foreign.add(new Logged(GROUP, at.plusSeconds(2), "{\"requestId\":\"x\"}\n"));
    var repository = InMemoryPolicy.of(Policy.EMPTY, Ran.CLOCK);
    try (var aws = new Insights(quiet)) {
      Ran ran = keeping(repository, insights(aws.url(), "2026-11-20", "2026-11-21", kept));
      assertThat(ran.exit()).as(ran.err()).isZero();
      assertThat(ran.lines().getFirst()).contains("0 calls", "2 that could not be read");
    }
    try (var aws = new Insights(foreign)) {
      Ran ran = keeping(repository, insights(aws.url(), "2026-11-20", "2026-11-21", kept));
      assertThat(ran.exit()).isEqualTo(ExitCode.NO);
      assertThat(ran.err()).contains("no line is of a format that is read");
    }
  }

  @Test
  void aFolderWithoutALogIsNamed() throws IOException {
    Path logs = Files.createDirectory(folder.resolve("none"));
    Files.writeString(logs.resolve("a.csv"), call("alice"));
    Ran ran = asked(logs.toString());
    assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).contains("folder `" + logs + "` holds no log", "*.jsonl");
  }

  @Test
  void aLogOfAnotherFormatEndsWithOneAndSaysWhichIsRead() throws IOException {
    Path foreign =
        Files.writeString(folder.resolve("foreign.log"), "{\"requestId\":\"x\",\"status\":200}\n");
    Ran kept =
        keeping(
            InMemoryPolicy.of(Policy.EMPTY, Ran.CLOCK),
            "usage",
            foreign.toString(),
            "--table",
            "http://127.0.0.1:1");
    assertThat(kept.exit()).isEqualTo(ExitCode.NO);
    assertThat(kept.out()).startsWith("foreign.log: 0 calls, 1 lines about something else");
    assertThat(kept.err())
        .contains("foreign.log: no line is of a format that is read", "docs/usage.md");
    Ran beside = asked(at("a.jsonl"), foreign.toString());
    assertThat(beside.exit()).as("the other log is asked all the same").isEqualTo(ExitCode.NO);
    assertThat(beside.lines())
        .containsExactly("clerk POST /orders: 0 calls in 1 day, logs complete");
  }

  @Test
  void decisionLinesAloneAreNotCalledComplete() throws IOException {
    Path lines = Files.writeString(folder.resolve("decisions.log"), DECISION);
    assertThat(asked(lines.toString()).lines())
        .containsExactly("clerk POST /orders: 0 calls in 1 day, by decision lines alone on some");
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

  private record Logged(String group, Instant at, String message) {}

  /** CloudWatch Logs with these records, as AWS JSON 1.1 has it; other groups are not there. */
  private static final class Insights implements AutoCloseable {
    private static final DateTimeFormatter TIME =
        DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    private final List<String> queries = new CopyOnWriteArrayList<>();
    private final List<Logged> records;
    private final HttpServer server;

    Insights(List<Logged> records) throws IOException {
      this.records = records;
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", this::answer);
      server.start();
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      boolean starts =
          String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"))
              .endsWith(".StartQuery");
      boolean isThere =
          !starts || records.stream().anyMatch(it -> it.group().equals(of("logGroupName", body)));
      String text;
      if (!isThere) {
        text = "{\"__type\":\"ResourceNotFoundException\",\"message\":\"no\"}";
      } else if (starts) {
        text = "{\"queryId\":\"q" + queries.size() + "\"}";
      } else {
        text = results(queries.get(Integer.parseInt(of("queryId", body).substring(1))));
      }
      if (starts) {
        queries.add(body);
      }
      byte[] answer = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
      exchange.sendResponseHeaders(isThere ? 200 : 400, answer.length);
      exchange.getResponseBody().write(answer);
      exchange.close();
    }

    private static String of(String name, String body) {
      return body.replaceAll("(?s).*\"" + name + "\":\"?([^\",}]+).*", "$1");
    }

    private String results(String query) {
      long from = 1000 * Long.parseLong(of("startTime", query));
      long to = 1000 * Long.parseLong(of("endTime", query));
      List<String> rows =
          records.stream()
              .filter(it -> it.group().equals(of("logGroupName", query)))
              .filter(it -> it.at().toEpochMilli() >= from && it.at().toEpochMilli() <= to)
              .map(it -> row(it, "p" + records.indexOf(it)))
              .toList();
      return "{\"status\":\"Complete\",\"statistics\":{\"recordsMatched\":"
          + rows.size()
          + ".0,\"recordsScanned\":9.0,\"bytesScanned\":99.0},\"results\":["
          + String.join(",", rows)
          + "]}";
    }

    private static String row(Logged it, String pointer) {
      return "["
          + field("@timestamp", TIME.format(it.at()))
          + ","
          + field("@message", it.message().strip().replace("\"", "\\\""))
          + ","
          + field("@ptr", pointer)
          + "]";
    }

    private static String field(String name, String value) {
      return "{\"field\":\"" + name + "\",\"value\":\"" + value + "\"}";
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  private static final String GROUP = "/aws/api/orders";

  private static String[] insights(String url, String since, String until, String... more) {
    var all =
        new ArrayList<>(
            List.of("usage", "--region", "eu-central-1", "--endpoint-url", url, "--since", since));
    all.addAll(List.of("--until", until));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private static Ran keeping(PolicyRepository repository, String... args) {
    var activity = new InMemoryActivity(Ran.CLOCK);
    var table =
        new TableAccess(repository, activity, new InMemoryAudit(repository, activity, Ran.CLOCK));
    return Ran.by(console -> Main.run(console, url -> table, args), new byte[0]);
  }

  @Test
  void aLogGroupIsReadByQueries() throws IOException {
    String[] asked = {
      "--log-group", GROUP, "--policy", at("now.yaml"), "--api", "orders", "--stage", "prod"
    };
    try (var aws =
        new Insights(
            List.of(new Logged(GROUP, Instant.parse("2026-11-20T10:00:00Z"), call("alice"))))) {
      Ran ran = run(insights(aws.url(), "2026-11-20", "2026-11-21", asked));
      assertThat(ran.exit()).as(ran.err()).isZero();
      assertThat(ran.lines())
          .containsExactly("clerk POST /orders: 0 calls in 1 day, logs complete");
      assertThat(ran.err())
          .contains("/aws/api/orders: all 1 records from 2026-11-20T00:00:00Z to 2026-11-21T00:15")
          .contains("/aws/api/orders: 1 calls, 0 lines about something else")
          .doesNotContain("alice");
      var repository = InMemoryPolicy.of(Policy.EMPTY, Ran.CLOCK);
      Ran keeps =
          keeping(
              repository,
              insights(
                  aws.url(),
                  "2026-11-20",
                  "2026-11-21",
                  "--log-group",
                  GROUP,
                  "--table",
                  "http://127.0.0.1:1"));
      assertThat(keeps.exit()).as(keeps.err()).isZero();
      assertThat(told(repository, "prod")).containsExactly("2026-11-20 of /aws/api/orders: 1");
    }
    Ran gone = run(insights("http://127.0.0.1:1", "2026-11-20", "2026-11-21", asked));
    assertThat(gone.exit()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(gone.err()).contains("CloudWatch Logs does not answer", "nothing was taken");
  }

  /** Each day with its log and how many calls it had. */
  private static List<String> told(PolicyRepository repository, String stage) {
    return repository
        .usage()
        .days(new ApiId("a1b2c3d4e5"), stage, LocalDate.of(2026, 11, 1), LocalDate.of(2026, 11, 30))
        .stream()
        .map(
            it ->
                it.day()
                    + " of "
                    + it.source()
                    + ": "
                    + it.rows().stream().mapToLong(row -> row.allowed() + row.refused()).sum())
        .sorted()
        .toList();
  }

  private static Logged logged(String group, String at, String begun, String stage) {
    return new Logged(
        group,
        Instant.parse(at),
        call("alice").replace("2026-11-20T10:00:00Z", begun).replace("prod", stage));
  }

  @Test
  void aCallCountsOnTheDayItBeganWheneverItIsLogged() throws IOException {
    var repository = InMemoryPolicy.of(Policy.EMPTY, Ran.CLOCK);
    String[] kept = {"--log-group", GROUP, "--table", "http://127.0.0.1:1"};
    try (var aws =
        new Insights(
            List.of(
                logged(GROUP, "2026-11-20T00:00:00.100Z", "2026-11-19T23:59:59.900Z", "prod"),
                logged(GROUP, "2026-11-20T10:00:00.100Z", "2026-11-20T10:00:00Z", "prod"),
                logged(GROUP, "2026-11-20T12:00:00.100Z", "2026-11-20T12:00:00Z", "test"),
                logged(GROUP, "2026-11-21T00:00:00.200Z", "2026-11-20T23:59:59.900Z", "prod"),
                logged(GROUP, "2026-11-21T00:00:00.300Z", "2026-11-21T00:00:00Z", "prod"),
                logged(GROUP, "2026-11-21T00:14:59Z", "2026-11-20T23:59:59.950Z", "prod"),
                logged(GROUP, "2026-11-22T00:00:01Z", "2026-11-22T00:00:00Z", "test")))) {
      Ran first = keeping(repository, insights(aws.url(), "2026-11-20", "2026-11-21", kept));
      assertThat(first.exit()).as(first.err()).isZero();
      assertThat(first.lines().getFirst())
          .contains("4 calls, 2 lines about something else, 0 that could not be read");
      assertThat(told(repository, "prod")).containsExactly("2026-11-20 of /aws/api/orders: 3");
      assertThat(told(repository, "test")).containsExactly("2026-11-20 of /aws/api/orders: 1");
      Ran second = keeping(repository, insights(aws.url(), "2026-11-21", "2026-11-22", kept));
      assertThat(second.exit()).as(second.err()).isZero();
      assertThat(told(repository, "prod"))
          .containsExactly("2026-11-20 of /aws/api/orders: 3", "2026-11-21 of /aws/api/orders: 1");
      assertThat(told(repository, "test")).containsExactly("2026-11-20 of /aws/api/orders: 1");
    }
  }

  @Test
  void ofSeveralLogGroupsAllAreReadBeforeAnythingIsKept() throws IOException {
    var repository = InMemoryPolicy.of(Policy.EMPTY, Ran.CLOCK);
    String same = "/aws/1/" + "x".repeat(UsageDay.MAX_SOURCE);
    try (var aws =
        new Insights(
            List.of(
                logged(GROUP, "2026-11-20T10:00:00.100Z", "2026-11-20T10:00:00Z", "prod"),
                logged("/b", "2026-11-20T11:00:00.100Z", "2026-11-20T11:00:00Z", "prod")))) {
      for (List<String> two : List.of(List.of(GROUP, GROUP), List.of(same, "/2" + same))) {
        Ran alike = keeping(repository, both(aws, two));
        assertThat(alike.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(alike.err()).contains("two logs are named");
        assertThat(aws.queries).as("names are looked at first").isEmpty();
      }
      Ran half = keeping(repository, both(aws, List.of(GROUP, "/gone")));
      assertThat(half.exit()).isEqualTo(ExitCode.USAGE);
      assertThat(half.err()).contains("there is no log group `/gone`");
      assertThat(told(repository, "prod")).isEmpty();
      Ran whole = keeping(repository, both(aws, List.of(GROUP, "/b")));
      assertThat(whole.exit()).as(whole.err()).isZero();
      assertThat(told(repository, "prod"))
          .containsExactly("2026-11-20 of /aws/api/orders: 1", "2026-11-20 of /b: 1");
    }
  }

  private static String[] both(Insights aws, List<String> groups) {
    return insights(
        aws.url(),
        "2026-11-20",
        "2026-11-21",
        "--log-group",
        groups.getFirst(),
        "--log-group",
        groups.getLast(),
        "--table",
        "http://127.0.0.1:1");
  }

  @Test
  void whatMayStillBeLoggedIsNotReadYet() throws IOException {
    String[] asked = {
      "--log-group", GROUP, "--policy", at("now.yaml"), "--api", "orders", "--stage", "prod"
    };
    try (var aws =
        new Insights(
            List.of(logged(GROUP, "2026-11-22T09:50:00Z", "2026-11-22T09:39:59Z", "prod")))) {
      Ran early = run(insights(aws.url(), "2026-11-22", "2026-11-22T09:40:01Z", asked));
      assertThat(early.exit()).isEqualTo(ExitCode.USAGE);
      assertThat(early.err())
          .contains("calls are logged when they end", "name an end at least 20 minutes ago");
      Ran settled = run(insights(aws.url(), "2026-11-22", "2026-11-22T09:40:00Z", asked));
      assertThat(settled.exit()).as(settled.err()).isZero();
      assertThat(settled.err()).contains("/aws/api/orders: 1 calls, 0 lines");
    }
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
