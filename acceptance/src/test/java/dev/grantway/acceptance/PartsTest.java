package dev.grantway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What `up` promises of its parts: where they listen, and who may share what. */
@Tag("browser")
class PartsTest {
  @TempDir Path data;

  @Test
  void everyPartIsForThisMachineAloneAndOneThatDiesIsNamedWhileTheOthersStay() throws IOException {
    var ports = Ports.free();
    try (var sandbox = RunningSandbox.start(ports, data)) {
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

  private static boolean answers(String address, int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 1000);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }
}
