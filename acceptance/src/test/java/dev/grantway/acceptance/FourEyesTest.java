package dev.grantway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four eyes: two people, each in a browser of their own, on one draft of an API that asks for it.
 */
@Tag("browser")
class FourEyesTest {
  private static final String CHANGES = "/a/billing/prod/changes";

  @TempDir Path data;

  @Test
  void anApprovalIsForWhatWasSeenAndNeverTheAuthors() {
    try (var sandbox = RunningSandbox.start(Ports.free(), data);
        var chromium = new Chromium();
        Page anas = chromium.page(ColorScheme.LIGHT, 1280, 900);
        Page bens = chromium.page(ColorScheme.DARK, 1280, 900)) {
      Ports ports = sandbox.ports();
      String token = sandbox.token("support");
      assertThat(sandbox.curl("GET", "/billing/prod/invoices", token).statusCode()).isEqualTo(403);

      var ana = AdminApp.signIn(anas, ports, "ana", "ana");
      allow(ana, "GET /invoices");
      anas.navigate(ports.admin(CHANGES));
      has(ana.named("agreement"), "0 of 1");
      assertThat(ana.named("approve").count()).as("the author's own approval").isZero();
      assertThat(ana.named("publish").count()).as("publishing without one").isZero();

      var ben = AdminApp.signIn(bens, ports, "ben", "ben");
      bens.navigate(ports.admin(CHANGES));
      ben.named("drafts").locator("a").first().click();
      has(ben.named("effects"), "GET /invoices");

      allow(ana, "GET /invoices/{id}");
      ben.named("approve").click();
      ben.named("moved").waitFor();
      has(ben.named("effects"), "GET /invoices/{id}");
      has(ben.named("agreement"), "0 of 1");
      ben.named("approve").click();
      has(ben.named("agreement"), "1 of 1");

      ben.named("publish-reason").locator("textarea").fill("support reads invoices (FIN-7)");
      ben.named("publish").click();
      bens.locator("[data-testid=in-force][data-phase=IN_FORCE][data-revision='2']")
          .first()
          .waitFor(new Locator.WaitForOptions().setTimeout(60_000));
      assertThat(sandbox.curl("GET", "/billing/prod/invoices", token).statusCode()).isEqualTo(200);
      assertThat(sandbox.curl("GET", "/billing/prod/invoices/7", token).statusCode())
          .isEqualTo(200);
    }
  }

  private static void allow(AdminApp app, String route) {
    app.page().navigate(app.ports().admin("/a/billing/prod/roles/support?tab=routes"));
    Locator allow = app.named("allow " + route);
    allow.click();
    allow.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
  }

  private static void has(Locator part, String text) {
    part.filter(new Locator.FilterOptions().setHasText(text)).first().waitFor();
  }
}
