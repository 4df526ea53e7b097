package dev.grantway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The folder that a container image is built from. No image is built here: the commands that its
 * Dockerfile gives are run one after the other in that folder, by the JDK of these tests.
 */
@Tag("browser")
class ImageTest {
  private static final String EVENT =
      """
      {"type":"TOKEN","authorizationToken":"Bearer e30.e30.e30",
       "methodArn":"arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/prod/GET/orders"}""";

  @Test
  void theImageTrainsACacheAndStartsFromIt() throws Exception {
    var made =
        Commands.run(Duration.ofMinutes(10), Map.of(), List.of("./grantway", "package", "--image"));
    assertThat(made.exit()).as(made.err()).isZero();
    Path image = Path.of(made.out().strip());
    var run = start(image, command(image, "RUN"), Map.of());
    assertThat(run.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(run.exitValue()).as(said(image)).isZero();
    assertThat(image.resolve("authorizer.aot")).isNotEmptyFile();

    var lambda = LambdaHost.start();
    var command = new ArrayList<>(command(image, "ENTRYPOINT"));
    command.addAll(command(image, "CMD"));
    var authorizer = start(image, command, environment(lambda));
    try {
      assertThat(lambda.call(EVENT, Duration.ofSeconds(60)))
          .as(said(image))
          .contains("\"errorMessage\":\"Unauthorized\"");
      Path maps = Path.of("/proc", Long.toString(authorizer.pid()), "maps");
      if (Files.exists(maps)) {
        assertThat(Files.readString(maps)).as("what is mapped").contains("/authorizer.aot");
      }
    } finally {
      authorizer.destroyForcibly().waitFor();
      lambda.close();
    }
  }

  private static Map<String, String> environment(LambdaHost lambda) throws JOSEException {
    var key = new ECKeyGenerator(Curve.P_256).keyID("k").generate().toPublicJWK();
    return Map.of(
        "AWS_LAMBDA_RUNTIME_API",
        lambda.address(),
        "AWS_REGION",
        "eu-west-1",
        "AWS_ENDPOINT_URL_DYNAMODB",
        "http://127.0.0.1:1",
        "LAMBDA_TASK_ROOT",
        "/var/task",
        "GRANTWAY_TABLE",
        "policy",
        "GRANTWAY_CACHE_KEY",
        "none",
        "GRANTWAY_CACHE_TTL",
        "0s",
        "GRANTWAY_ISSUERS",
        "[{\"alias\":\"corp\",\"issuer\":\"https://issuer.example/\",\"audiences\":[\"a\"],"
            + "\"algorithms\":[\"ES256\"],\"roles\":[\"/roles\"],\"jwks\":{\"keys\":["
            + key.toJSONString()
            + "]}}]");
  }

  private static List<String> command(Path image, String instruction) throws IOException {
    String line =
        Files.readAllLines(image.resolve("Dockerfile")).stream()
            .filter(it -> it.startsWith(instruction + " ["))
            .findFirst()
            .orElseThrow();
    return Pattern.compile("\"([^\"]*)\"")
        .matcher(line)
        .results()
        .map((MatchResult word) -> word.group(1))
        .map(word -> word.equals("java") ? System.getProperty("java.home") + "/bin/java" : word)
        .toList();
  }

  private static Process start(Path image, List<String> command, Map<String, String> environment)
      throws IOException {
    var builder =
        new ProcessBuilder(command)
            .directory(image.toFile())
            .redirectErrorStream(true)
            .redirectOutput(image.resolve("said.log").toFile());
    builder.environment().keySet().retainAll(List.of("PATH", "HOME", "TMPDIR"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static String said(Path image) throws IOException {
    return Files.readString(image.resolve("said.log"));
  }
}
