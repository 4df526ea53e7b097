package dev.grantway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What docs/operations.md says under Restore, done: every item is copied into another table, and
 * authorizer, admin app and {@code verify} are pointed at it.
 */
@Tag("browser")
@EnabledOnOs(OS.LINUX)
class RestoredTableTest {
  private static final Duration MINUTES = Duration.ofMinutes(2);

  @TempDir Path data;

  @Test
  void aCopiedTableIsWholeAndAnOlderOneIsTakenForWhatItIs() throws Exception {
    var ports = Ports.free();
    int spare = Ports.free().base();
    try (var sandbox = RunningSandbox.start(ports, data)) {
      var live = new RawTable(ports.base() + 3, "grantway");
      RawTable older = live.copiedTo("older");
      AdminApi.of(sandbox, ports.base())
          .publishPermission("support-refund", "support", "POST", "/orders/{id}/refunds");
      var app = AdminInstance.of(sandbox);
      var own = sandbox.child("dev.grantway.admin.Application");
      String history = AdminApi.of(sandbox, ports.base()).get("/api/v1/revisions");
      own.destroy();
      assertThat(Until.holds(MINUTES, () -> !own.isAlive())).isTrue();

      RawTable restored = live.copiedTo("restored");
      verified(restored, 0, "good: ");
      verified(older, 1, "checkpoint");
      Path events = events(sandbox);
      String before = decided(live, events);
      assertThat(before.lines()).hasSize(3);
      assertThat(before.lines().toList().get(0)).contains("\"Allow\"");
      assertThat(before.lines().toList().get(1)).doesNotContain("\"Allow\"");
      assertThat(decided(restored, events)).isEqualTo(before);
      assertThat(decided(older, events)).as("as of then").doesNotContain("\"Allow\"");

      Process copy = start(app, restored, spare);
      try {
        var api = AdminApi.of(sandbox, spare);
        assertThat(api.get("/api/v1/revisions")).isEqualTo(history);
        api.publishPermission("support-cancel", "support", "DELETE", "/orders/{id}");
        assertThat(decided(restored, events).lines().toList().get(2)).contains("\"Allow\"");
        assertThat(decided(live, events)).as("the old table is another").isEqualTo(before);
        assertThat(api.get("/api/v1/audit/bundle")).doesNotContain("restore-noticed");
      } finally {
        ended(copy);
      }
      verified(restored, 0, "good: ");

      Process back = start(app, older, spare);
      try {
        var api = AdminApi.of(sandbox, spare);
        assertThat(
                Until.holds(
                    MINUTES, () -> api.get("/api/v1/audit/bundle").contains("restore-noticed")))
            .as("noticed, and recorded")
            .isTrue();
      } finally {
        ended(back);
      }
      verified(older, 1, "checkpoint");

      String token = sandbox.token("support");
      assertThat(sandbox.curl(token).statusCode()).isEqualTo(200);
      live.becomes(older);
      assertThat(
              Until.holds(
                  Duration.ofSeconds(30),
                  () -> sandbox.curl(sandbox.token("support")).statusCode() == 403))
          .as("a head that went backwards under the same name is followed")
          .isTrue();
    }
  }

  private Process start(AdminInstance app, RawTable table, int port) throws IOException {
    Path log = data.resolve(table.name() + ".log");
    Process started =
        app.start(Map.of("GRANTWAY_TABLE", table.name(), "SERVER_PORT", "" + port), log);
    if (!AdminInstance.isReady(port)) {
      started.destroyForcibly();
      throw new AssertionError(Files.readString(log));
    }
    return started;
  }

  private static void ended(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("the admin app did not end");
    }
  }

  private static Map<String, String> at(RawTable table) {
    return Map.of(
        "GRANTWAY_TABLE", table.name(),
        "AWS_REGION", "us-east-1",
        "AWS_ACCESS_KEY_ID", "local",
        "AWS_SECRET_ACCESS_KEY", "local");
  }

  private static String url(RawTable table) {
    return "http://127.0.0.1:" + table.port();
  }

  private void verified(RawTable table, int exit, String says) {
    var verified =
        Commands.run(
            MINUTES,
            at(table),
            List.of(
                "./grantway",
                "verify",
                "--table",
                url(table),
                "--key",
                data.resolve("checkpoint-key.pem.pub").toString(),
                "--checkpoints",
                data.resolve("checkpoints").toString()));
    assertThat(verified.exit())
        .as(table.name() + ": " + verified.out() + verified.err())
        .isEqualTo(exit);
    assertThat(verified.out()).as(table.name()).contains(says);
  }

  /** Somebody may POST a refund by the publish, one more may not, and nobody may DELETE yet. */
  private Path events(RunningSandbox sandbox) throws IOException {
    return Files.writeString(
        data.resolve("events.jsonl"),
        event("POST/orders/42/refunds", sandbox.token("support"))
            + event("POST/orders/42/refunds", sandbox.token("nobody"))
            + event("DELETE/orders/42", sandbox.token("support")));
  }

  private static String event(String what, String token) {
    return JSONObjectUtils.toJSONString(
            Map.of(
                "type",
                "TOKEN",
                "authorizationToken",
                "Bearer " + token,
                "methodArn",
                "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/" + what))
        + "\n";
  }

  /** What the authorizer answers by a table, started anew. */
  private String decided(RawTable table, Path events) throws Exception {
    String token = Files.readString(events).replaceFirst("(?s).*?Bearer ([^\"]+)\".*", "$1");
    String audience = SignedJWT.parse(token).getJWTClaimsSet().getAudience().getFirst();
    Path config =
        Files.writeString(
            data.resolve("authorizer.json"),
            """
            {"GRANTWAY_TABLE":"%s","GRANTWAY_CACHE_KEY":"none","GRANTWAY_ISSUERS":[{"alias":"dev",
             "issuer":"http://127.0.0.1:%d/dev","discovery":true,"algorithms":["RS256"],
             "audiences":["%s"],"roles":["/roles"]}]}"""
                .formatted(table.name(), table.port() - 1, audience));
    var answered =
        Commands.run(
            MINUTES,
            at(table),
            Stream.of(
                    "./grantway authorize --events",
                    events.toString(),
                    "--config",
                    config.toString(),
                    "--table",
                    url(table))
                .flatMap(it -> Stream.of(it.split(" ")))
                .toList());
    assertThat(answered.exit()).as(answered.out() + answered.err()).isZero();
    return answered.out();
  }
}
