package dev.grantway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.compile.IamContext;
import dev.grantway.compile.IamEvaluator;
import dev.grantway.compile.PolicyDocument;
import dev.grantway.compile.Verdict;
import dev.grantway.policyfile.PolicyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorizeCommandTest {
  private static final String STAGE = "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod";
  private static final String UNAUTHORIZED =
      "{\"error\":{\"errorMessage\":\"Unauthorized\","
          + "\"errorType\":\"dev.grantway.authorizer.UnauthorizedException\"}}";

  private final Signer signer;
  @TempDir private Path directory = Path.of("");
  private Path policy = Path.of("");
  private Path config = Path.of("");
  private Path events = Path.of("");

  AuthorizeCommandTest() throws GeneralSecurityException {
    signer = new Signer();
  }

  @BeforeEach
  void writeFiles() throws IOException {
    policy = directory.resolve("orders.yaml");
    config = directory.resolve("config.json");
    events = directory.resolve("events.jsonl");
    Files.writeString(policy, PolicyFile.ordersSample());
    Files.writeString(config, config("token+route"));
  }

  private String config(String cacheKey) {
    return """
        {"GRANTWAY_ISSUERS": [{"alias": "corp", "issuer": "https://issuer.example/",
           "audiences": ["https://api.example"], "algorithms": ["ES256"], "roles": ["/roles"],
           "jwks": %s}],
         "GRANTWAY_CACHE_KEY": "%s", "GRANTWAY_CACHE_TTL": "300s"}"""
        .formatted(signer.keySet(), cacheKey);
  }

  private String token(String roles) throws GeneralSecurityException {
    long now = Ran.CLOCK.instant().getEpochSecond();
    return signer.sign(
        """
        {"iss": "https://issuer.example/", "aud": "https://api.example", "sub": "alice",
         "iat": %d, "exp": %d, "jti": "t1", "roles": [%s]}"""
            .formatted(now, now + 3600, roles));
  }

  private static String request(
      String api, String method, String path, String route, String token) {
    return """
        {"type":"REQUEST","methodArn":"arn:aws:execute-api:us-east-1:123456789012:%1$s/prod/%2$s%3$s",\
        "resource":"%4$s","path":"%3$s","httpMethod":"%2$s","headers":{"Authorization":"Bearer %5$s"},\
        "multiValueHeaders":{"Authorization":["Bearer %5$s"]},\
        "requestContext":{"resourcePath":"%4$s","stage":"prod","apiId":"%1$s",\
        "identity":{"sourceIp":"203.0.113.9"}}}"""
        .formatted(api, method, path, route, token);
  }

  private Ran authorize(String... lines) throws IOException {
    Files.writeString(events, String.join("\n", lines) + "\n");
    return Ran.with(
        "",
        "authorize",
        "--events",
        events.toString(),
        "--policy",
        policy.toString(),
        "--config",
        config.toString());
  }

  private static Verdict verdict(String line, String path) {
    int start = line.indexOf("\"policyDocument\":") + "\"policyDocument\":".length();
    var document = PolicyDocument.read(line.substring(start, line.indexOf(",\"context\"")));
    return IamEvaluator.evaluate(
        document, STAGE + path, IamContext.of(Instant.EPOCH, "203.0.113.9"));
  }

  @Test
  void everyLineIsAnsweredInOrder() throws Exception {
    Ran ran =
        authorize(
            request("a1b2c3d4e5", "GET", "/orders/42", "/orders/{id}", token("\"viewer\"")),
            "not json",
            "",
            request("a1b2c3d4e5", "GET", "/orders/42", "/orders/{id}", "forged"),
            request("a1b2c3d4e5", "POST", "/orders", "/orders", token("\"viewer\"")));
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.lines()).hasSize(5);
    assertThat(ran.lines().get(0)).startsWith("{\"answer\":{\"principalId\":\"corp|alice\"");
    assertThat(verdict(ran.lines().get(0), "/GET/orders/42")).isEqualTo(Verdict.ALLOW);
    assertThat(ran.lines().get(1)).startsWith("{\"error\":{\"errorMessage\":").contains("not-json");
    assertThat(ran.lines().get(2)).startsWith("{\"error\":{\"errorMessage\":");
    assertThat(ran.lines().get(3)).isEqualTo(UNAUTHORIZED);
    assertThat(verdict(ran.lines().get(4), "/POST/orders")).isEqualTo(Verdict.EXPLICIT_DENY);
  }

  @Test
  void decisionLinesGoToTheOtherStream() throws Exception {
    Ran ran = authorize(request("a1b2c3d4e5", "GET", "/orders", "/orders", token("\"viewer\"")));
    assertThat(ran.exit()).isZero();
    assertThat(ran.lines()).hasSize(1);
    assertThat(ran.err()).contains("\"event\":\"decision\"").doesNotContain("eyJ");
  }

  @Test
  void anUnknownApiIsADenyWithItsReason() throws Exception {
    Files.writeString(config, config("none"));
    Ran ran = authorize(request("zzzzzzzzzz", "GET", "/orders", "/orders", token("\"viewer\"")));
    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).contains("\"Effect\":\"Deny\"", "\"reason\":\"unknown-api\"");
  }

  @Test
  void theTimeIsTheOneThatIsGiven() throws Exception {
    Path event = directory.resolve("event.json");
    String pretty =
        request("a1b2c3d4e5", "GET", "/orders", "/orders", token("\"viewer\""))
            .replace(",", ",\n  ");
    Files.writeString(event, pretty);
    Ran late =
        Ran.with(
            "",
            "authorize",
            "--event",
            event.toString(),
            "--policy",
            policy.toString(),
            "--config",
            config.toString(),
            "--now",
            "2026-11-22T11:02:00Z");
    assertThat(late.exit()).isEqualTo(1);
    assertThat(late.out()).isEqualTo(UNAUTHORIZED + "\n");
  }

  @Test
  void theSampleEventsParse() throws IOException {
    Optional<Path> samples =
        Stream.iterate(Path.of("").toAbsolutePath(), path -> path != null, Path::getParent)
            .map(path -> path.resolve("../shared/events").normalize())
            .filter(Files::isDirectory)
            .findFirst();
    if (samples.isEmpty()) {
      System.err.println("shared/events is absent: only the events of this test are read");
      Ran ran =
          authorize(
              "{\"type\":\"TOKEN\",\"authorizationToken\":\"Bearer x\",\"methodArn\":\""
                  + STAGE
                  + "/GET/\"}");
      assertThat(ran.lines()).hasSize(1);
      return;
    }
    for (String name : new String[] {"rest_request.json", "rest_token.json"}) {
      Ran ran = authorize(Files.readString(samples.get().resolve(name)).strip());
      assertThat(ran.lines()).as(name).hasSize(1);
      assertThat(ran.out()).as(name).doesNotContain("not-json", "kind-unknown", "arn-unreadable");
    }
  }

  @Test
  void everyProblemOfTheConfigurationIsSaid() throws IOException {
    Files.writeString(config, "{\"GRANTWAY_CACHE_KEY\":\"tokens\"}");
    Ran ran = authorize("{}");
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("GRANTWAY_ISSUERS", "GRANTWAY_CACHE_KEY", "GRANTWAY_CACHE_TTL");
  }

  @Test
  void whatCannotBeAskedIsAUsageError() throws IOException {
    Files.writeString(events, "{}");
    assertThat(Ran.with("", "authorize").exit()).isEqualTo(2);
    assertThat(Ran.with("", "authorize", "--events", "/nowhere").exit()).isEqualTo(2);
    String both = events.toString();
    assertThat(Ran.with("", "authorize", "--event", both, "--events", both).exit()).isEqualTo(2);
    Ran noPolicy = Ran.with("", "authorize", "--events", both, "--config", config.toString());
    assertThat(noPolicy.exit()).isEqualTo(2);
    assertThat(noPolicy.err()).contains("--policy");
  }
}
