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
}
