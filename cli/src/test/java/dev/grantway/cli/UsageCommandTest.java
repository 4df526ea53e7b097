package dev.grantway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.policy.ApiId;
import dev.grantway.policy.Policy;
import dev.grantway.store.InMemoryActivity;
import dev.grantway.store.InMemoryAudit;
import dev.grantway.store.InMemoryPolicy;
import dev.grantway.store.UsageDay;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
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
