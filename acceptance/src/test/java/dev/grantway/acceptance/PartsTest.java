package dev.grantway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What `up` promises of its parts: where they listen, and who may share what. */
@Tag("browser")
class PartsTest {
  /** What a shell may have set for something else; every part would obey one of these. */
  private static final Map<String, String> POISON =
      Map.ofEntries(
          Map.entry("SERVER_ADDRESS", "0.0.0.0"),
          Map.entry("SERVER_PORT", "1"),
          Map.entry("SERVER_SERVLET_CONTEXT_PATH", "/elsewhere"),
          Map.entry("SPRING_PROFILES_ACTIVE", "memory"),
          Map.entry("SPRING_APPLICATION_JSON", "{\"server.address\":\"0.0.0.0\"}"),
          Map.entry("GRANTWAY_CACHE_TTL", "never"),
          Map.entry("GRANTWAY_FIRST_OWNER", "vic"),
          Map.entry("AWS_SESSION_TOKEN", "secret"),
          Map.entry("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:1"),
          Map.entry("HTTP_PROXY", "http://127.0.0.1:1"),
          Map.entry("http_proxy", "http://127.0.0.1:1"),
          Map.entry("CLASSPATH", "/nowhere"),
          Map.entry("JAVA_TOOL_OPTIONS", "-Dserver.address=0.0.0.0"),
          Map.entry("JDK_JAVA_OPTIONS", "-Dserver.port=1"),
          Map.entry("_JAVA_OPTIONS", "-Dserver.port=1"));

  @TempDir Path data;
  @TempDir Path files;

  @Test
  void everyPartIsForThisMachineAloneAndOneThatDiesIsNamedWhileTheOthersStay() throws Exception {
    var ports = Ports.free();
    String seen = seen(494);
    try (var sandbox = RunningSandbox.start(ports, data, POISON, "--gateway-answers", seen)) {
      assertThat(sandbox.log()).doesNotContain("Picked up").contains("on questions [5]");
      assertThat(statusOfLongHeader(ports)).as("as it was seen").isEqualTo(494);
      for (int port = ports.base(); port < ports.base() + Ports.COUNT; port++) {
        assertThat(answers("127.0.0.1", port)).as("port %s", port).isTrue();
        // On Linux a listener on every interface answers there, whatever the network.
        assertThat(answers("127.0.0.2", port)).as("port %s on 127.0.0.2", port).isFalse();
        for (String outside : addressesOutside()) {
          assertThat(answers(outside, port)).as("port %s on %s", port, outside).isFalse();
        }
      }
      var second = up(Ports.free());
      assertThat(second.exit()).as(second.err()).isEqualTo(3);
      assertThat(second.out()).isEmpty();
      assertThat(lastLine(second)).contains("another sandbox uses").contains(data.toString());

      sandbox.child("dev.grantway.admin.Application").destroyForcibly();
      assertThat(
              Until.holds(
                  Duration.ofSeconds(20),
                  () -> sandbox.log().contains("the admin app has stopped")))
          .as("said on stderr: %s", sandbox.log())
          .isTrue();
      assertThat(
              sandbox.curl("GET", "/orders/prod/orders/1", sandbox.token("support")).statusCode())
          .isEqualTo(200);
    }
  }

  /** What scripts/probe-aws.sh would have written of a header that is too large. */
  private String seen(int status) throws IOException {
    String line =
        "{\"question\":5,\"target\":\"/prod/a\",\"options\":[],\"status\":"
            + status
            + ",\"heads\":{},\"body\":\"\"}\n";
    return Files.writeString(files.resolve("answers-" + status), line).toString();
  }

  private static int statusOfLongHeader(Ports ports) throws Exception {
    var request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + ports.gateway() + "/orders/prod/orders"))
            .header("X-Long", "1".repeat(11_000))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  @Test
  void answersThatSettleNothingStartNothing() throws IOException {
    for (String file : List.of(seen(0), files.resolve("nowhere").toString())) {
      var refused =
          Commands.run(
              Duration.ofMinutes(2),
              Map.of(),
              List.of(
                  "./grantway",
                  "up",
                  "--port-base",
                  "" + Ports.free().base(),
                  "--data",
                  files.resolve("none").toString(),
                  "--gateway-answers",
                  file));
      assertThat(refused.exit()).as(refused.err()).isEqualTo(2);
      assertThat(lastLine(refused)).contains("--gateway-answers `" + file + "`");
      assertThat(files.resolve("none")).doesNotExist();
    }
  }

  @ParameterizedTest
  @CsvSource({"0, the admin app", "1, the gateway twin", "2, the issuer", "3, the table"})
  void aPortThatIsTakenWhileItStartsIsNamedToo(int part, String name) throws Exception {
    int port = Ports.free().base();
    var builder =
        new ProcessBuilder(
                "./grantway", "up", "--port-base", "" + (port - part), "--data", data.toString())
            .directory(Repository.root().toFile());
    Process up = builder.start();
    try (BufferedReader lines = up.errorReader(StandardCharsets.UTF_8)) {
      // By now every port was found free, and no part can listen yet.
      String line = lines.readLine();
      while (line != null && !line.contains("starting the table")) {
        line = lines.readLine();
      }
      var stranger = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
      stranger.createContext("/", PartsTest::answerAnything);
      stranger.start();
      try {
        String said = lines.lines().reduce((first, second) -> second).orElse("");
        assertThat(up.waitFor(1, TimeUnit.MINUTES)).as("ended, last saying %s", said).isTrue();
        assertThat(up.exitValue()).as(said).isEqualTo(3);
        assertThat(said).contains("port " + port + ", which " + name + " needs, is taken");
        assertThat(said).contains("--port-base");
      } finally {
        stranger.stop(0);
      }
    } finally {
      up.descendants().forEach(ProcessHandle::destroyForcibly);
      up.destroyForcibly();
    }
  }

  @Test
  void tokenWithoutASandboxSaysSoInOneSentence() {
    var ports = Ports.free();
    var refused =
        Commands.run(
            Duration.ofMinutes(2),
            Map.of("GRANTWAY_PORT_BASE", "" + ports.base()),
            List.of("./grantway", "token"));
    assertThat(refused.exit()).as(refused.err()).isEqualTo(3);
    assertThat(refused.out()).isEmpty();
    assertThat(lastLine(refused)).contains("./grantway up");
  }

  @Test
  void anUnknownCommandIsAUsageError() {
    for (List<String> words : List.of(List.of("./grantway"), List.of("./grantway", "upp"))) {
      var refused = Commands.run(Duration.ofMinutes(1), Map.of(), words);
      assertThat(refused.exit()).as("exit of %s", words).isEqualTo(2);
      assertThat(refused.out()).isEmpty();
      assertThat(refused.err()).contains("usage: ./grantway");
    }
  }

  private Finished up(Ports ports) {
    return Commands.run(
        Duration.ofMinutes(2),
        Map.of(),
        List.of("./grantway", "up", "--port-base", "" + ports.base(), "--data", data.toString()));
  }

  private static String lastLine(Finished finished) {
    return finished.err().strip().lines().reduce((first, second) -> second).orElse("");
  }

  private static List<String> addressesOutside() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLoopbackAddress())
        .map(InetAddress::getHostAddress)
        .toList();
  }

  private static void answerAnything(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private static boolean answers(String address, int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 1000);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }
}
