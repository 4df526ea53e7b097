package dev.grantway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

  @Test
  void aTakenPortIsNamedWithThePartThatNeedsItAndTheWayOut() throws IOException {
    try (var taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      int base = taken.getLocalPort() - 2;
      var refusal = new Ports(base).taken().orElseThrow();
      assertThat(refusal.exitCode()).isEqualTo(3);
      assertThat(refusal.getMessage()).contains("--port-base").doesNotContain("\n");
    }
  }

  @Test
  void aListenerOnEveryInterfaceTakesThePortToo() throws IOException {
    try (var taken = new ServerSocket(0)) {
      assertThat(new Ports(taken.getLocalPort()).taken().orElseThrow().getMessage())
          .startsWith("port " + taken.getLocalPort() + ", which the admin app needs, is taken");
    }
  }

  @Test
  void theLastPartStillHasAPort() {
    assertThat(new Ports(65_532).table()).isEqualTo(65_535);
    assertThatThrownBy(() -> new Ports(65_533)).hasMessageContaining("`65533`");
    assertThatThrownBy(() -> new Ports(80)).hasMessageContaining("`80`");
  }

  @Test
  void theSuggestedBaseIsAlwaysOneThatIsAccepted() {
    assertThat(new Ports(8080).refusal("the table", 8083).getMessage()).contains("8090");
    assertThat(new Ports(65_530).refusal("the table", 65_533).getMessage()).contains("8080");
  }
}
