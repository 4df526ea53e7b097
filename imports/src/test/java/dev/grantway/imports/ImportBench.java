package dev.grantway.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The dry run of 10,000 routes and of 100,000 permissions, first and again: 10 seconds are asked
 * for both together.
 */
@Tag("bench")
class ImportBench {
  private static final int ROUTES = 10_000;
  private static final int ROLES = 200;
  private static final int PERMISSIONS = 100_000;
  private static final int RUNS = 3;

  private static World world() {
    var file = new StringBuilder("grantway: 1\napis:\n");
    file.append("- {name: orders, id: a1, type: REST, stages: [prod]}\nroles:\n");
    for (int i = 0; i < ROLES; i++) {
      file.append("- {name: role" + i + "}\n");
    }
    return World.of(file.toString());
  }

  private static byte[] document() {
    var text = new StringBuilder("openapi: 3.0.3\ninfo: {title: orders, version: '1'}\npaths:\n");
    for (int i = 0; i < ROUTES / 2; i++) {
      text.append("  /area" + i % 50 + "/things" + i + "/{id}:\n");
      for (String verb : List.of("get", "post")) {
        text.append("    " + verb + ":\n      operationId: " + verb + i + "\n");
        text.append("      tags: [area" + i % 50 + "]\n      parameters:\n");
        text.append("      - {name: id, in: path, required: true, schema: {type: string}}\n");
        text.append("      responses:\n        '200': {description: it is done}\n");
      }
    }
    return text.toString().getBytes(UTF_8);
  }

  private static byte[] table() {
    var out = new StringWriter();
    CsvText.write(
        out,
        PermissionCsv.COLUMNS,
        Stream.iterate(0, i -> i + 1)
            .limit(PERMISSIONS)
            .map(
                i ->
                    List.of(
                        "role" + i % ROLES,
                        "p" + i,
                        i % 10 == 0 ? "DENY" : "ALLOW",
                        "orders",
                        i % 3 == 0 ? "prod" : "",
                        "GET POST",
                        "/area" + i / ROLES % 50 + "/things" + i / ROLES + "/{id}",
                        i % 20 == 0 ? "{\"StringEquals\":{\"claims.region\":[\"eu\"]}}" : "",
                        "",
                        "",
                        "ticket OPS-" + i)));
    return out.toString().getBytes(UTF_8);
  }

  private static DryRun timed(String what, Supplier<DryRun> run) {
    DryRun last = run.get();
    var times = new ArrayList<Long>();
    for (int i = 0; i < RUNS; i++) {
      long begun = System.nanoTime();
      last = run.get();
      times.add(Duration.ofNanos(System.nanoTime() - begun).toMillis());
    }
    System.out.println(what + ": " + times + " ms, " + Telling.of(last, List.of()).summary());
    return last;
  }

  @Test
  void tenThousandRoutesAndAHundredThousandPermissions() {
    byte[] document = document();
    byte[] table = table();
    System.out.println("document " + document.length + " bytes, table " + table.length + " bytes");
    World world = world();
    long begun = System.nanoTime();
    DryRun routes = world.dryRun(World.openApi("orders"), document);
    long between = System.nanoTime();
    DryRun rows = world.dryRun(World.permissions(true), table);
    System.out.println(
        "in a JVM that has just started: routes "
            + Duration.ofNanos(between - begun).toMillis()
            + " ms, permissions "
            + Duration.ofNanos(System.nanoTime() - between).toMillis()
            + " ms");
    assertThat(routes.counts()).containsEntry(ImportRow.Outcome.NEW, ROUTES);
    assertThat(rows.counts()).containsEntry(ImportRow.Outcome.NEW, PERMISSIONS);
    World full = world.with(routes).with(rows);
    timed("routes, into nothing", () -> world.dryRun(World.openApi("orders"), document));
    timed("permissions, into nothing", () -> world.dryRun(World.permissions(true), table));
    DryRun again = timed("routes, again", () -> full.dryRun(World.openApi("orders"), document));
    assertThat(again.changes()).isEmpty();
    DryRun fewer =
        timed(
            "routes, half of them gone",
            () ->
                full.dryRun(
                    World.openApi("orders"),
                    new String(document, UTF_8).replace("    post:", "    put:")));
    assertThat(fewer.counts()).containsEntry(ImportRow.Outcome.GONE, ROUTES / 2);
    DryRun same = timed("permissions, again", () -> full.dryRun(World.permissions(true), table));
    assertThat(same.changes()).isEmpty();
  }
}
