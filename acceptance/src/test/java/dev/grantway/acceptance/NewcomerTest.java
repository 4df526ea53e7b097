package dev.grantway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * README's five-minute try as it stands there, and what it promises about stopping and starting.
 */
@Tag("browser")
class NewcomerTest {
  @TempDir Path data;

  @Test
  void aClickInTheBrowserTurns403Into200AndSurvivesKillAndRestart() {
    var ports = Ports.free();
    try (var chromium = new Chromium()) {
      try (var sandbox = RunningSandbox.start(ports, data)) {
        String support = sandbox.token("support");
        isDenied(sandbox.curl(support));

        Page page = chromium.page(ColorScheme.LIGHT, 1280, 900);
        var admin = AdminApp.signIn(page, ports, "ana", "ana");
        admin.addPermission("support", "POST", "/orders/{id}/refunds", "refunds are support's now");
        isDenied(sandbox.curl(support));
        admin.publish("support answers refund calls since today (OPS-12)");
        isAllowed(sandbox.curl(support));

        String clerk = sandbox.token("clerk");
        String route = "/orders/prod/orders/77/shipments";
        isDenied(sandbox.curl("POST", route, clerk));
        admin.allowRoute("clerk", "POST /orders/{id}/shipments");
        admin.publish("clerks ship");
        isAllowed(sandbox.curl("POST", route, clerk));
        isDenied(sandbox.curl("POST", route, support));

        assertThat(sandbox.killHard()).as("alive 5 s after kill -9 of ./grantway up").isEmpty();
      }
      try (var again = RunningSandbox.start(ports, data)) {
        isAllowed(again.curl(again.token("support")));
        var children = again.children();
        assertThat(again.interrupt(Duration.ofSeconds(10))).as("exit after Ctrl-C").isZero();
        assertThat(children).as("alive after Ctrl-C").noneMatch(ProcessHandle::isAlive);
      }
      try (var fresh = RunningSandbox.start(ports, data, "--fresh")) {
        isDenied(fresh.curl(fresh.token("support")));
      }
    }
  }

  @Test
  void aTakenPortIsNamedInOneSentence() throws IOException {
    var ports = Ports.free();
    for (int port = ports.base(); port < ports.base() + Ports.COUNT; port++) {
      try (var taken = new ServerSocket()) {
        taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        var refused =
            Commands.run(
                Duration.ofMinutes(2),
                Map.of(),
                List.of("./grantway", "up", "--port-base", "" + ports.base(), "--data", "" + data));
        assertThat(refused.exit()).as("exit; %s", refused.err()).isEqualTo(3);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err().strip().lines().reduce((first, second) -> second).orElse(""))
            .contains("" + port)
            .contains("--port-base");
      }
    }
  }

  private static void isDenied(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
    assertThat(answer.body())
        .isEqualTo(
            "{\"Message\":\"User is not authorized to access this resource with an explicit"
                + " deny\"}");
  }

  private static void isAllowed(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }
}
