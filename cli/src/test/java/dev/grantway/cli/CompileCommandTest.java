package dev.grantway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.policyfile.PolicyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompileCommandTest {
  private static final String ARN = "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/";
  @TempDir private Path directory = Path.of("");
  private Path policy = Path.of("");

  @BeforeEach
  void writePolicy() throws IOException {
    policy = directory.resolve("orders.yaml");
    Files.writeString(policy, PolicyFile.ordersSample());
  }

  private Ran compile(String... more) {
    var args =
        new ArrayList<>(
            List.of("compile", policy.toString(), "--api", "orders", "--stage", "prod"));
    args.addAll(List.of(more));
    return Ran.with("", args.toArray(String[]::new));
  }

  @Test
  void withoutCachingTheDocumentIsTheRequestAlone() {
    Ran ran =
        compile(
            "--roles",
            "viewer",
            "--cache-key",
            "none",
            "--request",
            "GET /orders/7",
            "--format",
            "json");
    assertThat(ran.exit()).isZero();
    assertThat(ran.out())
        .isEqualTo(
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                + "\"Action\":\"execute-api:Invoke\",\"Resource\":[\""
                + ARN
                + "GET/orders/7\"]}]}");
    assertThat(ran.err()).contains("bytes of 8192");
  }

  @Test
  void perRouteTheDocumentIsTheTemplateWithItsFences() {
    Ran ran =
        compile("--roles", "viewer", "--cache-key", "token+route", "--request", "GET /orders/7");
    assertThat(ran.exit()).isZero();
    assertThat(ran.out())
        .contains(
            "\"Action\" : \"execute-api:Invoke\"", ARN + "GET/orders/?*", ARN + "GET/orders/*/*");
  }

  @Test
  void claimsAreBoundAndArnPartsAreTaken() {
    Ran ran =
        compile(
            "--roles",
            "customer",
            "--claims",
            "{\"sub\":\"alice\"}",
            "--cache-key",
            "token+route",
            "--request",
            "GET /users/bob/orders",
            "--region",
            "eu-central-1",
            "--account",
            "000000000001",
            "--partition",
            "aws-cn",
            "--format",
            "json");
    assertThat(ran.out())
        .contains(
            "arn:aws-cn:execute-api:eu-central-1:000000000001:a1b2c3d4e5/prod/GET/users/alice/orders")
        .doesNotContain("bob");
  }

  @Test
  void nothingAllowedIsOneDenyOfTheStageAndDone() {
    Ran ran =
        compile(
            "--roles",
            "viewer",
            "--cache-key",
            "token+route",
            "--request",
            "POST /orders",
            "--format",
            "json");
    assertThat(ran.exit()).isZero();
    assertThat(ran.out())
        .contains("\"Effect\":\"Deny\"", "\"" + ARN + "*\"")
        .doesNotContain("Allow");
  }

  @Test
  void theTimeDecidesWhatIsInForce() {
    String[] ask = {
      "--roles",
      "seasonal",
      "--cache-key",
      "none",
      "--request",
      "POST /orders",
      "--format",
      "json",
      "--now",
      "2026-12-24T00:00:00Z"
    };
    assertThat(compile(ask).out()).contains("Allow");
    ask[9] = "2027-02-01T00:00:00Z";
    assertThat(compile(ask).out()).doesNotContain("Allow");
  }

  @Test
  void withoutACacheKeyTheDocumentIsForTheWholeStage() {
    Ran ran = compile("--roles", "viewer", "--format", "json");
    assertThat(ran.exit()).isZero();
    assertThat(ran.out())
        .contains("/prod/GET/orders\"", "/prod/GET/orders/?*\"")
        .doesNotContain("POST");
  }

  @Test
  void aDocumentPastTheBudgetIsAnsweredAsTooLarge() {
    Ran ran =
        compile(
            "--roles",
            "viewer",
            "--cache-key",
            "token+route",
            "--request",
            "GET /orders/7",
            "--max-bytes",
            "300");
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out())
        .startsWith("{\"result\":\"TooLarge\",\"bytes\":")
        .contains("\"limit\":300,\"lost\":[\"GET /orders/{id}\"]}");
  }

  @Test
  void whatCannotBeAskedIsAUsageErrorInOneSentence() {
    for (String[] wrong :
        new String[][] {
          {"--cache-key", "none"},
          {"--cache-key", "tokens", "--request", "GET /orders"},
          {"--cache-key", "none", "--request", "GET orders"},
          {"--cache-key", "none", "--request", "GTE /orders"},
          {"--cache-key", "none", "--request", "GET /orders", "--claims", "[]"},
          {"--cache-key", "none", "--request", "GET /orders", "--now", "noon"},
          {"--cache-key", "none", "--request", "GET /orders", "--max-bytes", "10"}
        }) {
      Ran ran = compile(wrong);
      assertThat(ran.exit()).as(String.join(" ", wrong)).isEqualTo(2);
      assertThat(ran.out()).isEmpty();
      assertThat(ran.err().lines()).hasSize(1);
    }
  }
}
