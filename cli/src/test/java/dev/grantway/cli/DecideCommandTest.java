package dev.grantway.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.policyfile.PolicyFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecideCommandTest {
  @TempDir private Path directory = Path.of("");
  private Path policy = Path.of("");

  @BeforeEach
  void writePolicy() throws IOException {
    policy = directory.resolve("orders.yaml");
    Files.writeString(policy, PolicyFile.ordersSample());
  }

  private Ran decide(String lines) {
    return Ran.with(lines, "decide", policy.toString());
  }

  @Test
  void theLineOfTheContractIsAnsweredAsTheContractSays() {
    Ran ran =
        decide(
            """
            {"api":"orders","stage":"prod","method":"GET","path":"/orders/42","roles":["clerk"],\
            "claims":{},"sourceIp":"203.0.113.9","now":"2026-11-22T10:00:00Z"}
            """);
    assertThat(ran.exit()).isZero();
    assertThat(ran.out())
        .isEqualTo(
            "{\"effect\":\"ALLOW\",\"by\":[\"viewer-read\"],\"reason\":\"allowed\",\"nearest\":[]}\n");
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void aDefaultDenyNamesItsNearestMisses() {
    Ran ran =
        decide(
            "{\"api\":\"orders\",\"stage\":\"prod\",\"method\":\"PUT\",\"path\":\"/orders/7\","
                + "\"roles\":[\"eu-clerk\"],\"claims\":{\"region\":\"us\"},\"sourceIp\":\"127.0.0.1\"}\n");
    assertThat(ran.out())
        .startsWith("{\"effect\":\"DENY\",\"by\":[],\"reason\":\"default-deny\",\"nearest\":[")
        .contains("{\"permission\":\"eu-clerk-change\",\"failed\":\"condition\"}")
        .contains("{\"permission\":\"clerk-change\",\"failed\":\"role\"}")
        .contains("{\"permission\":\"viewer-read\",\"failed\":\"method\"}");
  }

  @Test
  void aLineThatIsNotUtf8OrTooLongIsAnsweredAndTheNextOneIsDecided() throws IOException {
    String good =
        "{\"api\":\"orders\",\"stage\":\"prod\",\"method\":\"GET\",\"path\":\"/orders\","
            + "\"roles\":[\"viewer\"]}";
    var given = new ByteArrayOutputStream();
    given.writeBytes(good.replace("/orders\"", "/orders/\u00e9\"").getBytes(ISO_8859_1));
    given.write('\n');
    given.writeBytes(" ".repeat(TextLines.LONGEST + 1).getBytes(US_ASCII));
    given.write('\n');
    given.writeBytes((good + "\r\n" + good).getBytes(US_ASCII));
    Path file = directory.resolve("requests.jsonl");
    Files.write(file, given.toByteArray());
    for (Ran ran :
        List.of(
            Ran.with(given.toByteArray(), "decide", policy.toString()),
            Ran.with("", "decide", policy.toString(), "--requests", file.toString()))) {
      assertThat(ran.exit()).isEqualTo(2);
      assertThat(ran.lines()).hasSize(4);
      assertThat(ran.lines().get(0)).startsWith("{\"error\":").contains("UTF-8");
      assertThat(ran.lines().get(1)).startsWith("{\"error\":").contains("longer");
      assertThat(ran.lines().get(2)).startsWith("{\"effect\":\"ALLOW\"");
      assertThat(ran.lines().get(3)).isEqualTo(ran.lines().get(2));
    }
  }

  @Test
  void aFolderIsNoFile() {
    for (Ran ran :
        List.of(
            Ran.with("", "decide", directory.toString()),
            Ran.with("", "decide", policy.toString(), "--requests", directory.toString()))) {
      assertThat(ran.exit()).isEqualTo(2);
      assertThat(ran.out()).isEmpty();
      assertThat(ran.err()).isEqualTo("`" + directory + "` is a folder: name a file\n");
    }
  }

  @Test
  void aBadLineIsAnsweredInItsPlaceAndTheOthersAreDecided() {
    Ran ran =
        decide(
            """
            {"api":"orders","stage":"prod","method":"GET","path":"/orders","roles":["viewer"]}
            not json
            {"api":"orders","stage":"prod","method":"GET","path":"/orders","roles":["viewer"],"api":"x"}
            {"api":"orders","stage":"prod","method":"GET","path":"/orders","rolls":["viewer"]}
            {"api":"orders","stage":"prod","method":"GET","path":"/orders","roles":"viewer"}
            {"api":"orders","stage":"prod","method":"GET","path":"orders","roles":["viewer"]}
            {"api":"orders","stage":"prod","method":"get","path":"/orders","roles":["viewer"]}
            {"api":"orders","stage":"prod","path":"/orders"}
            {"api":"orders","stage":"prod","method":"GET","path":"/orders","now":"yesterday"}

            {"api":"orders","stage":"prod","method":"GET","path":"/orders","roles":["viewer"]} {}
            {"api":"orders","stage":"prod","method":"DELETE","path":"/orders/1","roles":["ops"]}
            """);
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.lines()).hasSize(12);
    assertThat(ran.lines().getFirst()).contains("\"ALLOW\"");
    assertThat(ran.lines().subList(1, 11)).allMatch(line -> line.startsWith("{\"error\":\""));
    assertThat(ran.lines().get(3)).contains("`rolls`", "`roles`");
    assertThat(ran.lines().getLast()).contains("\"ALLOW\"", "ops-all");
  }

  @Test
  void whatThePolicyDoesNotHaveIsDeniedWithAReason() {
    Ran ran =
        decide(
            """
            {"api":"shipping","stage":"prod","method":"GET","path":"/orders","roles":["viewer"]}
            {"api":"orders","stage":"prod","method":"GET","path":"/nowhere","roles":["ops"]}
            {"api":"orders","stage":"prod","method":"GET","path":"/orders","roles":["nobody","bad role"]}
            {"api":"a1b2c3d4e5","stage":"prod","method":"GET","path":"/orders","roles":["viewer"]}
            """);
    assertThat(ran.exit()).isZero();
    assertThat(ran.lines().get(0)).contains("unknown-api");
    assertThat(ran.lines().get(1)).contains("unknown-route");
    assertThat(ran.lines().get(2)).contains("default-deny");
    assertThat(ran.lines().get(3)).contains("\"allowed\"");
  }

  @Test
  void theTemplateOfTheGatewayMustBeTheOneItsPathLeadsTo() {
    Ran ran =
        decide(
            """
            {"api":"orders","stage":"prod","method":"GET","path":"/orders/42","route":"GET /orders/{id}","roles":["viewer"]}
            {"api":"orders","stage":"prod","method":"GET","path":"/orders/42","route":"/orders/search","roles":["viewer"]}
            {"api":"orders","stage":"prod","method":"GET","path":"/orders/42","route":"GET /orders/{order}","roles":["viewer"]}
            """);
    assertThat(ran.lines().get(0)).contains("\"allowed\"");
    assertThat(ran.lines().get(1)).contains("\"DENY\"", "unknown-route");
    assertThat(ran.lines().get(2)).as("names of variables are labels").contains("\"allowed\"");
  }

  @Test
  void assignmentsGiveRolesToSubjectsClientsAndGroupsUntilTheyEnd() throws IOException {
    Files.writeString(
        policy,
        PolicyFile.ordersSample()
            + """
            assignments:
              - {role: viewer, issuer: corp, subject: alice, until: 2026-11-22T10:00:01Z}
              - {role: viewer, issuer: corp, client: robot}
              - {role: viewer, issuer: corp, group: staff}
              - {role: viewer, issuer: corp, subject: late, until: 2026-11-22T10:00:00Z}
            """);
    String ask =
        "{\"api\":\"orders\",\"stage\":\"prod\",\"method\":\"GET\",\"path\":\"/orders\",%s}\n";
    Ran ran =
        decide(
            ask.formatted("\"issuer\":\"corp\",\"sub\":\"alice\"")
                + ask.formatted("\"issuer\":\"corp\",\"client\":\"robot\"")
                + ask.formatted("\"issuer\":\"corp\",\"groups\":[\"x\",\"staff\"]")
                + ask.formatted("\"issuer\":\"corp\",\"sub\":\"late\"")
                + ask.formatted("\"issuer\":\"other\",\"sub\":\"alice\"")
                + ask.formatted("\"issuer\":\"corp\",\"sub\":\"robot\""));
    assertThat(ran.lines())
        .extracting(line -> line.contains("ALLOW"))
        .containsExactly(true, true, true, false, false, false);
  }

  @Test
  void requestsMayStandInAFileAndAPolicyWithErrorsIsRefused() throws IOException {
    Path requests = directory.resolve("requests.jsonl");
    Files.writeString(
        requests,
        "{\"api\":\"orders\",\"stage\":\"dev\",\"method\":\"GET\",\"path\":\"/orders\",\"roles\":[\"viewer\"]}");
    assertThat(Ran.with("", "decide", policy.toString(), "--requests", requests.toString()).lines())
        .hasSize(1);
    Files.writeString(policy, "grantway: 1\nrols: []\n");
    Ran refused = decide("{}");
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).contains(":2:1: error unknown-key", "`roles`");
  }
}
