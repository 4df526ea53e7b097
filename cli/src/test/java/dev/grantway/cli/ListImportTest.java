package dev.grantway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.grantway.audit.ActivityEntry;
import dev.grantway.audit.ActivityKind;
import dev.grantway.policy.Policy;
import dev.grantway.store.InMemoryActivity;
import dev.grantway.store.InMemoryPolicy;
import dev.grantway.store.Membership;
import dev.grantway.store.MembershipList;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Membership lists, compared and taken from a shell. */
class ListImportTest {
  private static final String CSV = "issuer,subject,group\ncorp,mia,money\ncorp,tom,money\n";
  private static final List<Membership> ROWS =
      List.of(new Membership("corp", "mia", "money"), new Membership("corp", "tom", "money"));

  @TempDir private Path folder;
  private final InMemoryPolicy table = InMemoryPolicy.of(Policy.EMPTY, Ran.CLOCK);
  private final InMemoryActivity log = new InMemoryActivity(Ran.CLOCK);

  private record Answer(int status, String body) {}

  private Ran run(String... args) {
    return Ran.by(
        console -> Main.run(console, url -> new TableAccess(table, log, visit -> {}), args),
        new byte[0]);
  }

  private Ran at(String csv, String... more) throws IOException {
    String file = Files.writeString(folder.resolve("m.csv"), csv).toString();
    var args = new ArrayList<>(List.of("import", file, "--table", "http://127.0.0.1:1"));
    args.addAll(List.of(more));
    return run(args.toArray(String[]::new));
  }

  private Optional<List<Membership>> kept() {
    return table.memberships().list().map(MembershipList::rows);
  }

  @Test
  void aListIsComparedAndTakenOnlyWhereThatIsSaid() throws IOException {
    Ran seen = at(CSV);
    assertThat(seen.exit()).as(seen.err()).isEqualTo(ExitCode.NO);
    assertThat(seen.lines())
        .containsExactly(
            "new membership corp subject mia in group money (2:1)",
            "new membership corp subject tom in group money (3:1)",
            "2 new, 0 changed, 0 gone, 0 unchanged, 0 errors",
            "planned");
    assertThat(seen.err()).contains("no part of a draft or a revision; give --take");
    assertThat(kept()).isEmpty();
    assertThat(at(CSV, "--take").err()).contains("--break-glass with a --reason");
    assertThat(kept()).isEmpty();
    Ran taken = at(CSV, "--take", "--break-glass", "--reason", "OPS-7", "--operator", "zoe");
    assertThat(taken.exit()).as(taken.err()).isZero();
    assertThat(taken.lines().getLast()).startsWith("taken: 20");
    assertThat(kept()).contains(ROWS);
    MembershipList list = table.memberships().list().orElseThrow();
    assertThat(list.by()).isEqualTo("zoe (command line)");
    ActivityEntry logged = log.records(log.days().getFirst(), "", 10).items().getFirst().entry();
    assertThat(logged.kind()).isEqualTo(ActivityKind.IMPORT);
    assertThat(logged.operator()).isEqualTo("zoe (command line)");
    assertThat(logged.subject()).isEqualTo(MembershipList.LOGGED_AS);
    assertThat(logged.details())
        .containsEntry("breakGlass", "OPS-7")
        .containsEntry("rows", "2")
        .containsEntry(MembershipList.LOGGED_HASH, list.sha256());
    Ran again = at(CSV, "--dry-run");
    assertThat(again.exit()).isZero();
    assertThat(again.lines()).endsWith("unchanged");
    assertThat(again.err()).doesNotContain("--take");
  }

  @Test
  void oneWrongRowTakesNothing() throws IOException {
    Ran ran = at(CSV + "corp,mia\n", "--take", "--break-glass", "--reason", "OPS-7");
    assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.lines())
        .hasSize(3)
        .anySatisfy(it -> assertThat(it).startsWith("m.csv:4:1: error bad-row"))
        .endsWith("refused");
    assertThat(kept()).isEmpty();
    assertThat(log.days()).isEmpty();
  }

  @Test
  void whatFitsNoListIsRefused() throws IOException {
    assertThat(at(CSV, "--draft", "d1").err()).contains("no part of a draft and of no API");
    assertThat(at(CSV, "--complete").err()).contains("a membership list is always complete");
    assertThat(at(CSV, "--take", "--dry-run").err()).contains("give one of them");
    assertThat(at("role,issuer,subject\n", "--take").err()).contains("is for membership lists");
    var ahead =
        new MembershipList(
            Ran.CLOCK.instant().plus(Duration.ofMinutes(2)), "zoe", List.of(ROWS.getFirst()));
    var _ = table.memberships().add(ahead);
    Ran early = at(CSV, "--take", "--break-glass", "--reason", "OPS-7");
    assertThat(early.exit()).isEqualTo(ExitCode.NO);
    assertThat(early.err()).contains("set the clocks right");
    assertThat(early.lines()).endsWith("refused");
    assertThat(kept()).contains(List.of(ROWS.getFirst()));
  }

  private static String counts(String more) {
    return "{\"revision\":3,\"draft\":\"\",\"counts\":{\"new\":2,\"changed\":0,\"gone\":0,\"unchanged\":0,"
        + "\"error\":0},\"rows\":[],\"more\":2,\"findings\":[],\"orphans\":[],\"objections\":[],"
        + more
        + "}";
  }

  @Test
  void theAppComparesThenTakesWhatWasSeen() throws IOException {
    Deque<Answer> answers = new ArrayDeque<>();
    var asked = new ArrayList<String>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> answer(exchange, answers, asked));
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort();
      String file = Files.writeString(folder.resolve("m.csv"), CSV).toString();
      answers.add(new Answer(200, counts("\"list\":{\"state\":\"ab12\"}")));
      answers.add(
          new Answer(201, counts("\"at\":\"2026-11-27T10:00:00Z\",\"list\":{\"state\":\"cd\"}")));
      Ran taken = run("import", file, "--url", url, "--token", "t", "--take");
      assertThat(taken.exit()).as(taken.err()).isZero();
      assertThat(taken.lines()).endsWith("taken: 2026-11-27T10:00:00Z");
      assertThat(asked)
          .containsExactly(
              "POST /api/v1/imports?from=csv-memberships&file=m.csv&dry-run=true null",
              "POST /api/v1/memberships?file=m.csv [\"ab12\"]");
      answers.add(new Answer(200, counts("\"list\":{\"state\":\"ab12\"}")));
      answers.add(
          new Answer(
              412,
              "{\"status\":412,\"problems\":[{\"code\":\"members-moved\",\"message\":\"look\"}]}"));
      Ran moved = run("import", file, "--url", url, "--token", "t", "--take");
      assertThat(moved.exit()).isEqualTo(ExitCode.NO);
      assertThat(moved.err()).contains("members-moved: look");
      assertThat(moved.lines()).as("as with --table").endsWith("conflict");
      answers.add(new Answer(200, counts("\"list\":{\"state\":\"ab12\"}")));
      Ran seen = run("import", file, "--url", url, "--token", "t");
      assertThat(seen.exit()).isEqualTo(ExitCode.NO);
      assertThat(seen.err()).contains("give --take");
      assertThat(answers).isEmpty();
    } finally {
      server.stop(0);
    }
  }

  private static void answer(HttpExchange exchange, Deque<Answer> answers, List<String> asked)
      throws IOException {
    exchange.getRequestBody().readAllBytes();
    asked.add(
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI()
            + " "
            + exchange.getRequestHeaders().get("If-Match"));
    Answer answer = answers.pop();
    byte[] body = answer.body().getBytes(UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
