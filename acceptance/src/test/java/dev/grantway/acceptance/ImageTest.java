package dev.grantway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
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
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Of the authorizer the folder that a container image is built from: the commands that its
 * Dockerfile gives are run one after the other in that folder, by the JDK of these tests. Of the
 * admin app the image itself, as a tar: its layers are unpacked over each other, and what they make
 * is a root of its own in which the app starts, with nothing of this machine's.
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

  @Test
  @EnabledOnOs(OS.LINUX)
  void theImageOfTheAdminAppStartsInARootThatHoldsNothingElse(@TempDir Path work) throws Exception {
    var made =
        Commands.run(Duration.ofMinutes(10), Map.of(), List.of("./grantway", "package", "--admin"));
    assertThat(made.exit()).as(made.err()).isZero();
    List<Path> files = made.out().lines().map(Path::of).toList();
    assertThat(files).as(made.err()).hasSize(3);
    Path tar = files.get(1);
    assertThat(Files.readString(files.get(2)))
        .isEqualTo(LoadedImage.sha256(tar) + "  " + tar.getFileName() + "\n");
    LoadedImage image = LoadedImage.load(tar, work);
    assertThat(image.name()).startsWith("grantway-admin:");
    assertThat(image.root().resolve("app/lib")).isNotEmptyDirectory();
    assertThat(image.root().resolve("bin/sh")).doesNotExist();
    assumeTrue(
        image.mayRun(), "only root may start from another root: layers and digests were checked");

    int port = Ports.free().base();
    var issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String url = "http://127.0.0.1:" + issuer.getAddress().getPort() + "/dev";
    issuer.createContext("/", exchange -> discovered(exchange, url));
    issuer.start();
    Path said = work.resolve("said.log");
    Process app =
        image.run(
            Map.of(
                "SERVER_ADDRESS", "127.0.0.1",
                "SERVER_PORT", "" + port,
                "GRANTWAY_OIDC_ISSUER", url,
                "AWS_REGION", "eu-west-1",
                "AWS_ACCESS_KEY_ID", "local",
                "AWS_SECRET_ACCESS_KEY", "local",
                "AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:1"),
            said);
    try {
      assertThat(
              Until.holds(
                  Duration.ofMinutes(3),
                  () -> !app.isAlive() || AdminInstance.health(port, "/health/live") == 200))
          .isTrue();
      assertThat(app.isAlive()).as(Files.readString(said)).isTrue();
      assertThat(AdminInstance.health(port, "/health/ready"))
          .as("there is no table")
          .isEqualTo(503);
      assertThat(AdminInstance.health(port, "/")).as("to the sign-in").isEqualTo(302);
      var java =
          app.descendants()
              .filter(it -> it.info().commandLine().orElse("").contains("/opt/java/bin/java"))
              .reduce((first, last) -> last)
              .orElseThrow();
      Path proc = Path.of("/proc", "" + java.pid());
      assertThat(Files.readSymbolicLink(proc.resolve("root"))).isEqualTo(image.root());
      assertThat(Files.readString(proc.resolve("status"))).contains("Uid:\t10001\t10001");
      assertThat(Files.readString(said).lines()).allMatch(it -> it.startsWith("{\"@timestamp\""));
    } finally {
      app.descendants().forEach(ProcessHandle::destroyForcibly);
      app.destroyForcibly().waitFor();
      issuer.stop(0);
    }
  }

  private static void discovered(HttpExchange exchange, String url) throws IOException {
    byte[] body =
        """
        {"issuer":"%1$s","jwks_uri":"%1$s/jwks","subject_types_supported":["public"],
         "authorization_endpoint":"%1$s/a","token_endpoint":"%1$s/t"}"""
            .formatted(url)
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
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
