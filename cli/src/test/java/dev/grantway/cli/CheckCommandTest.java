package dev.grantway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.policyfile.PolicyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
  @TempDir private Path directory = Path.of("");

  private Path file(String text) throws IOException {
    Path file = directory.resolve("policy.yaml");
    Files.writeString(file, text);
    return file;
  }

  @Test
  void theSampleHasNoFindings() throws IOException {
    Ran ran = Ran.with("", "check", file(PolicyFile.ordersSample()).toString());
    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("0 errors");
  }

  @Test
  void errorsAreOnePerLineWithFileLineAndColumn() throws IOException {
    Path file = file("grantway: 1\nroles:\n  - name: a\n    inherits: [b]\n");
    Ran ran = Ran.with("", "check", file.toString());
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out())
        .isEqualTo(
            file + ":4:16: error unknown-role role `b` is not in `roles`; add it, or name `a`\n");
  }

  @Test
  void aFailedTestIsAnErrorAndSaysWhatCameInstead() throws IOException {
    String text =
        PolicyFile.ordersSample()
            .replace(
                "request: POST /orders, expect: DENY, by: []",
                "request: POST /orders, expect: ALLOW");
    Ran ran = Ran.with("", "check", file(text).toString());
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out())
        .contains(
            "error test-failed test `viewers do not create` failed: expected ALLOW, got DENY");
  }

  @Test
  void coverageNamesPermissionsThatDecideNoTestWithoutFailing() throws IOException {
    Ran ran = Ran.with("", "check", "--coverage", file(PolicyFile.ordersSample()).toString());
    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).contains("warning untested permission `clerk-create`");
    assertThat(ran.out()).doesNotContain("`viewer-read` decides no test");
  }

  @Test
  void machinesGetOneObject() throws IOException {
    Ran ran = Ran.with("", "check", "--format", "json", file("grantway: 2").toString());
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.lines()).hasSize(1);
    assertThat(ran.out()).contains("\"code\":\"bad-version\"", "\"line\":1", "\"column\":11");
  }

  @Test
  void whatCannotBeReadIsAUsageError() {
    assertThat(Ran.with("", "check", "/nowhere/policy.yaml").exit()).isEqualTo(2);
    assertThat(Ran.with("", "check").exit()).isEqualTo(2);
    assertThat(Ran.with("", "chek").exit()).isEqualTo(2);
    assertThat(Ran.with("").exit()).isEqualTo(2);
    assertThat(Ran.with("", "decide").err())
        .isEqualTo(
            "missing required parameter: `FILE`: `grantway decide --help` shows the options\n");
    assertThat(Ran.with("", "check", "/nowhere/policy.yaml").out()).isEmpty();
  }

  @Test
  void settingsAreCheckedAsTheAuthorizerReadsThem() throws IOException {
    Path config = directory.resolve("config.json");
    Files.writeString(
        config, "{\n  \"GRANTWAY_CACHE_KEY\": \"none\",\n  \"GRANTWAY_CLOCK_SKEW\": \"long\"\n}");
    Ran ran = Ran.with("", "check", "--config", config.toString());
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.lines())
        .anySatisfy(line -> assertThat(line).startsWith(config + ":3:3: error bad-setting"))
        .anySatisfy(line -> assertThat(line).contains("GRANTWAY_ISSUERS"));
    Files.writeString(config, "[]");
    assertThat(Ran.with("", "check", "--config", config.toString()).exit()).isEqualTo(2);
  }

  private static final String GAP =
      """
      grantway: 1
      apis: [{name: files, id: f1, type: REST, stages: [prod], routes: ["GET /files/{path+}"]}]
      roles:
        - name: staff
          permissions:
            - {id: all, api: files, methods: [GET], resource: "/files/**"}
            - {id: two, effect: DENY, api: files, methods: [GET], resource: "/files/{a}/{b}"}
      """;

  @Test
  void aDeclaredCacheKeyThatCannotServeARoleIsAnError() throws IOException {
    Path file = file(GAP);
    assertThat(Ran.with("", "check", file.toString()).exit()).isZero();
    Ran ran = Ran.with("", "check", "--cache-key", "token+route", file.toString());
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out()).startsWith(file + ":4:11: error not-representable ");
    assertThat(Ran.with("", "check", "--cache-key", "none", file.toString()).exit()).isZero();
    Ran wrong = Ran.with("", "check", "--cache-key", "route", file.toString());
    assertThat(wrong.exit()).isEqualTo(2);
    assertThat(wrong.err()).contains("`route` is none of `none`, `token`, `token+route`");
  }

  @Test
  void notesAreShownOnRequestAndToMachines() throws IOException {
    String path = file(GAP).toString();
    assertThat(Ran.with("", "check", path).out()).isEmpty();
    Ran notes = Ran.with("", "check", "--notes", path);
    assertThat(notes.exit()).isZero();
    assertThat(notes.out()).contains(":4:11: note not-representable ");
    assertThat(Ran.with("", "check", "--format", "json", path).out())
        .contains("\"severity\":\"note\",\"code\":\"not-representable\"");
  }

  @Test
  void theSettingsSayUnderWhichCacheKeyDocumentsAreLookedAt() throws IOException {
    Path config = directory.resolve("config.json");
    String issuers =
        """
        [{"alias": "corp", "issuer": "https://issuer.example/", "discovery": true, "audiences": ["orders"]}]""";
    Files.writeString(
        config,
        "{\"GRANTWAY_CACHE_KEY\": \"token+route\", \"GRANTWAY_CACHE_TTL\": \"300s\","
            + " \"GRANTWAY_ISSUERS\": "
            + issuers
            + "}");
    Ran ran = Ran.with("", "check", "--config", config.toString(), file(GAP).toString());
    assertThat(ran.out()).contains(":4:11: error not-representable ");
    assertThat(ran.exit()).isEqualTo(1);
  }

  @Test
  void coverageCountsRoutes() throws IOException {
    Ran ran = Ran.with("", "check", "--coverage", file(GAP).toString());
    assertThat(ran.exit()).isZero();
    assertThat(ran.out())
        .contains(":2:67: warning untested-route no test asks for route `GET /files/{path+}`");
    assertThat(ran.err()).contains("files: 1 route, 0 tested, 1 granted");
    assertThat(Ran.with("", "check", "--coverage", "--format", "json", file(GAP).toString()).out())
        .contains("\"coverage\":[{\"api\":\"files\",\"routes\":1,\"tested\":0,\"granted\":1}]");
  }

  @Test
  void aForgottenRouteFailsWhereCoverageIsAskedFor() throws IOException {
    String text =
        """
        grantway: 1
        apis:
          - name: orders
            id: a1
            type: REST
            stages: [prod]
            routes:
              - GET /orders
              - GET /forgotten
              - {route: GET /open, access: public}
              - {route: GET /shut, access: closed}
              - {route: GET /old, state: gone}
        roles:
          - name: viewer
            permissions:
              - {id: see, api: orders, methods: [GET], resource: /orders}
              - {id: no, effect: DENY, api: orders, methods: [GET], resource: /forgotten}
        """;
    assertThat(Ran.with("", "check", file(text).toString()).exit()).as("not asked for").isZero();
    Ran ran = Ran.with("", "check", "--coverage", file(text).toString());
    assertThat(ran.exit()).isEqualTo(ExitCode.NO);
    assertThat(ran.lines().stream().filter(line -> line.contains(" error ")))
        .as("public, closed and gone ones need no grant; a denial is none")
        .singleElement()
        .asString()
        .contains(
            ":9:9: error ungranted-route route `GET /forgotten` is forgotten in stage `prod`: no"
                + " permission allows it to any role; grant it to a role, or mark it `access: closed`");
    String granted = text.replace("resource: /orders}", "resource: \"/**\"}");
    assertThat(Ran.with("", "check", "--coverage", file(granted).toString()).exit()).isZero();
    String over = granted.replace("{id: see,", "{id: see, until: 2026-11-22T10:00:00Z,");
    assertThat(Ran.with("", "check", "--coverage", file(over).toString()).out())
        .as("what is over grants nothing")
        .contains("`GET /forgotten` is forgotten", "`GET /orders` is forgotten");
    String twoStages = granted.replace("stages: [prod]", "stages: [prod, dev]");
    assertThat(Ran.with("", "check", "--coverage", file(twoStages).toString()).exit()).isZero();
    Ran inOne =
        Ran.with(
            "",
            "check",
            "--coverage",
            file(twoStages.replace("{id: see,", "{id: see, stage: prod,")).toString());
    assertThat(inOne.exit()).isZero();
    assertThat(inOne.out())
        .contains("warning ungranted-route route `GET /orders` is forgotten in stage `dev`: no");
    String yetOpen = over.replace("T10:00:00Z", "T10:00:01Z");
    assertThat(Ran.with("", "check", "--coverage", file(yetOpen).toString()).exit()).isZero();
  }
}
