package dev.grantway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Two instances of the admin app on one table behind a sticky proxy, one of which is killed. */
@Tag("browser")
@EnabledOnOs(OS.LINUX)
class TwoInstancesTest {
  private static final Duration START = Duration.ofMinutes(2);

  @TempDir Path data;

  @Test
  void whoWasOnTheInstanceThatDiedSignsInAgainAndHasLostNothing() throws Exception {
    var ports = Ports.free();
    var spare = Ports.free();
    List<Process> instances = new ArrayList<>();
    try (var sandbox = RunningSandbox.start(ports, data);
        var chromium = new Chromium()) {
      var own = sandbox.child("dev.grantway.admin.Application");
      var app = AdminInstance.of(sandbox);
      own.destroyForcibly();
      assertThat(Until.holds(Duration.ofSeconds(20), () -> Ports.free(ports.base()))).isTrue();
      for (int i = 0; i < 2; i++) {
        instances.add(
            app.start(
                Map.of(
                    "SERVER_PORT",
                    "" + (spare.base() + i),
                    "GRANTWAY_UPKEEP",
                    i == 0 ? "off" : "on",
                    "SERVER_SHUTDOWN",
                    "graceful"),
                data.resolve("instance-" + i + ".log")));
      }
      for (int i = 0; i < 2; i++) {
        int port = spare.base() + i;
        assertThat(AdminInstance.isReady(port))
            .as(Files.readString(data.resolve("instance-" + i + ".log")))
            .isTrue();
        assertThat(AdminInstance.health(port, "/health/live")).isEqualTo(200);
      }
      try (var proxy = StickyProxy.start(ports.base(), List.of(spare.base(), spare.base() + 1))) {
        Page page = chromium.page(ColorScheme.LIGHT, 1280, 900);
        AdminApp ana = AdminApp.signIn(page, ports, "ana", "ana");
        ana.addPermission("support", "POST", "/orders/{id}/refunds", "SUP-1");

        int victim = proxy.sessionsOf(spare.base()) > 0 ? 0 : 1;
        instances.get(victim).destroyForcibly().waitFor();
        String changes = ports.admin("/a/orders/prod/changes");
        assertThat(Until.holds(START, () -> isLoaded(page, changes))).isTrue();
        // The issuer may still know her, and then asks for nothing.
        if (!page.url().startsWith(ports.admin("/"))) {
          AdminApp.fillIn(page, "ana", "ana");
        }
        page.waitForURL(url -> url.startsWith(ports.admin("/a/")));
        assertThat(proxy.sessionsOf(spare.base() + 1 - victim)).isPositive();

        String token = sandbox.token("support");
        assertThat(sandbox.curl(token).statusCode()).as("not published yet").isEqualTo(403);
        ana.publish("support may refund (SUP-1)");
        assertThat(sandbox.curl(token).statusCode()).isEqualTo(200);

        Process last = instances.get(1 - victim);
        last.destroy();
        assertThat(last.waitFor(40, java.util.concurrent.TimeUnit.SECONDS)).as("drained").isTrue();
      }
      var verified =
          Commands.run(
              Duration.ofMinutes(2),
              Map.of(
                  "GRANTWAY_TABLE", "grantway",
                  "AWS_ACCESS_KEY_ID", "local",
                  "AWS_SECRET_ACCESS_KEY", "local"),
              List.of("./grantway", "verify", "--table", "http://127.0.0.1:" + (ports.base() + 3)));
      assertThat(verified.exit()).as(verified.out() + verified.err()).isZero();
    } finally {
      instances.forEach(Process::destroyForcibly);
    }
  }

  /** The open page sees by itself that its session is gone, and may load anew in between. */
  private static boolean isLoaded(Page page, String url) {
    try {
      page.navigate(url);
      return true;
    } catch (PlaywrightException overtaken) {
      return false;
    }
  }
}
