package dev.grantway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table does not answer: what is held complete serves for a while, then nothing does. */
@Tag("browser")
class TableDownTest {
  private static final Duration STALE_LIMIT = Duration.ofSeconds(40);

  @Test
  void whatIsHeldServesUntilTheStaleLimitThen500AndNeverAnAllow(@TempDir Path data) {
    try (var sandbox =
        RunningSandbox.start(
            Ports.free(), data, Map.of("GRANTWAY_STALE_LIMIT", STALE_LIMIT.toSeconds() + "s"))) {
      assertThat(order(sandbox, "support").statusCode()).isEqualTo(200);

      signal("STOP", sandbox);
      long stopped = System.nanoTime();
      assertThat(order(sandbox, "support").statusCode())
          .as("what is held, %s after the table stopped", since(stopped))
          .isEqualTo(200);
      isRefusedAsUnavailable(order(sandbox, "finance"));
      boolean ended =
          Until.holds(
              STALE_LIMIT.plusSeconds(30), () -> order(sandbox, "support").statusCode() == 500);
      assertThat(ended).as("500 once the stale limit is over").isTrue();
      assertThat(since(stopped)).isGreaterThan(STALE_LIMIT.minusSeconds(10));
      isRefusedAsUnavailable(order(sandbox, "support"));

      signal("CONT", sandbox);
      assertThat(
              Until.holds(
                  Duration.ofSeconds(20), () -> order(sandbox, "support").statusCode() == 200))
          .as("served again once the table answers")
          .isTrue();
    }
  }

  @Test
  void thePageSaysThatNothingWasAppliedAndTheDraftIsStillThere(@TempDir Path data) {
    try (var sandbox = RunningSandbox.start(Ports.free(), data);
        var chromium = new Chromium()) {
      var page = chromium.page(ColorScheme.LIGHT, 1280, 900);
      var admin = AdminApp.signIn(page, sandbox.ports(), "ana", "ana");
      admin.allowRoute("support", "POST /orders/{id}/refunds");
      admin.openChanges("support answers refund calls");

      signal("STOP", sandbox);
      admin.named("publish").click();
      admin.named("not-applied").waitFor(new Locator.WaitForOptions().setTimeout(60_000));
      assertThat(admin.named("not-applied").innerText()).containsIgnoringCase("nothing");
      page.screenshot(
          new Page.ScreenshotOptions().setPath(Repository.target().resolve("not-applied.png")));

      for (String view : List.of("nav-overview", "nav-matrix")) {
        admin.named(view).click();
        admin.named("error-table").waitFor();
        assertThat(page.innerText("body")).as(view).doesNotContain("Exception");
      }

      signal("CONT", sandbox);
      String support = sandbox.token("support");
      assertThat(sandbox.curl(support).statusCode()).isEqualTo(403);
      page.navigate(sandbox.ports().admin("/a/orders/prod/changes"));
      admin.publish("support answers refund calls, second try");
      assertThat(sandbox.curl(support).statusCode()).isEqualTo(200);
    }
  }

  /** With a token that the gateway has not seen, so that every call asks the authorizer. */
  private static HttpResponse<String> order(RunningSandbox sandbox, String role) {
    return sandbox.curl("GET", "/orders/dev/orders/1", sandbox.token(role));
  }

  private static void isRefusedAsUnavailable(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).isEqualTo("{\"message\":null}");
    assertThat(answer.headers().firstValue("x-amzn-errortype"))
        .hasValue("AuthorizerConfigurationException");
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static void signal(String name, RunningSandbox sandbox) {
    long table = sandbox.child("TableServer").pid();
    Commands.run(
        Duration.ofSeconds(5), Map.of(), List.of("bash", "-c", "kill -" + name + " " + table));
  }
}
