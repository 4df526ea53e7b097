package dev.grantway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every view with nothing in it, with the sample data, with 5,000 routes and with the table down,
 * in both schemes, for people to look at: {@code ./grantway bench screens} puts the pictures into
 * {@code acceptance/target/screens}. That no page shows the text of an exception is asserted.
 */
@Tag("bench")
class ScreensBench {
  private static final String NOTHING =
      """
      grantway: 1
      apis:
        - {name: big, id: big1234567, type: REST, stages: [prod], routes: []}
      """;

  private static final List<String> VIEWS =
      List.of(
          "overview",
          "matrix",
          "changes",
          "simulate",
          "simulate/tests",
          "who-can",
          "roles",
          "routes",
          "assignments",
          "revocations",
          "audit",
          "audit/activity",
          "transfer",
          "use",
          "wiring",
          "reviews",
          "import",
          "settings");

  @TempDir Path data;

  @Test
  void nothing() throws IOException {
    Path file = Files.writeString(data.resolve("nothing.yaml"), NOTHING);
    try (var sandbox = start("--seed", file.toString());
        var chromium = new Chromium()) {
      shoot(sandbox, chromium, "empty", BigPolicy.PLACE);
    }
  }

  @Test
  void sampleAndTableDown() {
    try (var sandbox = start();
        var chromium = new Chromium()) {
      shoot(sandbox, chromium, "sample", "/a/orders/prod");
      shootWithoutTable(sandbox, chromium);
    }
  }

  @Test
  void big() {
    Path file = BigPolicy.write(data.resolve("big.yaml"));
    try (var sandbox = start("--seed", file.toString());
        var chromium = new Chromium()) {
      shoot(sandbox, chromium, "big", BigPolicy.PLACE);
    }
  }

  private RunningSandbox start(String... more) {
    return RunningSandbox.start(Ports.free(), data.resolve("table"), more);
  }

  private static void shoot(RunningSandbox sandbox, Chromium chromium, String state, String place) {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      try (Page page = chromium.page(scheme, 1280, 900)) {
        AdminApp.signInHere(page, sandbox.ports(), "olga", "olga");
        VIEWS.forEach(view -> shoot(page, sandbox.ports(), state, place, view, scheme));
      }
    }
  }

  private static void shootWithoutTable(RunningSandbox sandbox, Chromium chromium) {
    long table = sandbox.child("TableServer").pid();
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      try (Page page = chromium.page(scheme, 1280, 900)) {
        AdminApp.signInHere(page, sandbox.ports(), "olga", "olga");
        signal("STOP", table);
        VIEWS.forEach(
            view -> shoot(page, sandbox.ports(), "table-down", "/a/orders/prod", view, scheme));
        signal("CONT", table);
      }
    }
  }

  private static void signal(String name, long pid) {
    Commands.run(
        Duration.ofSeconds(5), Map.of(), List.of("bash", "-c", "kill -" + name + " " + pid));
  }

  private static void shoot(
      Page page, Ports ports, String state, String place, String view, ColorScheme scheme) {
    page.navigate(ports.admin(place + "/" + view));
    page.locator("h1:visible, h2:visible").first().waitFor();
    page.waitForFunction(ViewsTest.IDLE);
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(
                Repository.target()
                    .resolve("screens")
                    .resolve(
                        state
                            + "-"
                            + view.replace('/', '-')
                            + "-"
                            + scheme.name().toLowerCase(Locale.ROOT)
                            + ".png"))
            .setFullPage(true));
    assertThat(page.innerText("body"))
        .as("%s of %s", view, state)
        .doesNotContain("Exception")
        .doesNotContain("dev.grantway");
  }
}
