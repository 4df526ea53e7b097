package dev.grantway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Two people work on the same policy at once, each in a browser of their own. */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoOperatorsTest {
  private static final String PLACE = "/a/orders/prod";
  private static final String REFUNDS = "/orders/{id}/refunds";
  private static final String CHANGES = "/a/billing/prod/changes";
  private static final String PERMISSION = "/roles/seasonal";

  private final RunningSandbox sandbox;
  private final Chromium chromium = new Chromium();
  private final Page anas = chromium.page(ColorScheme.LIGHT, 1280, 900);
  private final Page bens = chromium.page(ColorScheme.DARK, 1280, 900);
  private final Page olgas = chromium.page(ColorScheme.LIGHT, 1280, 900);
  private final AdminApp ana;
  private final AdminApp ben;

  TwoOperatorsTest(@TempDir Path data) {
    sandbox = RunningSandbox.start(Ports.free(), data);
    ana = AdminApp.signIn(anas, sandbox.ports(), "ana", "ana");
    ben = AdminApp.signIn(bens, sandbox.ports(), "ben", "ben");
  }

  @AfterAll
  void stop() {
    chromium.close();
    sandbox.close();
  }

  /** On an API that asks for an approval. */
  @Test
  @Order(1)
  void anApprovalIsForWhatWasSeenAndNeverTheAuthors() {
    Ports ports = sandbox.ports();
    String token = sandbox.token("support");
    assertThat(sandbox.curl("GET", "/billing/prod/invoices", token).statusCode()).isEqualTo(403);

    allow(ana, "GET /invoices");
    anas.navigate(ports.admin(CHANGES));
    has(ana.named("agreement"), "0 of 1");
    assertThat(ana.named("approve").count()).as("the author's own approval").isZero();
    assertThat(ana.named("publish").count()).as("publishing without one").isZero();

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
    assertThat(sandbox.curl("GET", "/billing/prod/invoices/7", token).statusCode()).isEqualTo(200);
  }

  private static void allow(AdminApp app, String route) {
    app.page().navigate(app.ports().admin("/a/billing/prod/roles/support?tab=routes"));
    Locator allow = app.named("allow " + route);
    allow.click();
    gone(allow);
  }

  /** What ben publishes shows on ana's page by itself, and she loses nothing by it. */
  @Test
  @Order(2)
  void differentCellsMergeByThemselves() {
    anas.navigate(sandbox.ports().admin(PLACE + "/roles"));
    bens.navigate(sandbox.ports().admin(PLACE + "/roles"));
    ana.allowRoute("support", "POST " + REFUNDS);
    ben.allowRoute("clerk", "DELETE /orders/{id}");
    ben.publish("clerks delete orders");

    ana.named("news").waitFor();
    assertThat(ana.named("news").innerText()).contains("Revision 3 was published");
    assertThat(ana.named("staged-count").innerText()).isEqualTo("1 staged change");
    ana.named("news-show").click();
    gone(ana.named("news"));
    ana.named("nav-changes").click();
    has(ana.named("effects"), "POST " + REFUNDS);
    assertThat(ana.named("disputes").count()).as("different rows").isZero();
    ana.publish("support answers refund calls");
    assertThat(sandbox.curl("POST", "/orders/prod/orders/7/refunds", sandbox.token("support")))
        .extracting(answer -> answer.statusCode())
        .isEqualTo(200);
    assertThat(sandbox.curl("DELETE", "/orders/prod/orders/7", sandbox.token("clerk")).statusCode())
        .as("what ben published stands")
        .isEqualTo(200);
  }

  /** The same permission, changed by both: the second is told, and chooses. */
  @Test
  @Order(3)
  void theSameCellIsDisputedAndNothingIsLost() {
    note(ana, "as ana says");
    note(ben, "as ben says");
    ben.publish("a better note");

    anas.navigate(sandbox.ports().admin(PLACE + "/changes"));
    ana.named("disputes").waitFor();
    has(anas.locator("body"), "as ana says");
    has(anas.locator("body"), "as ben says");
    assertThat(ana.named("publish").count()).as("publishing over a dispute").isZero();
    ana.named("disputes.keep.mine").click();
    gone(ana.named("disputes"));
    ana.publish("the better note");
    anas.navigate(sandbox.ports().admin(PLACE + PERMISSION));
    has(anas.locator("body"), "as ana says");
  }

  @Test
  @Order(4)
  void anOwnerRollsBackThroughTheSameReview() {
    var olga = AdminApp.signIn(olgas, sandbox.ports(), "olga", "olga");
    assertThat(sandbox.curl("DELETE", "/orders/prod/orders/7", sandbox.token("clerk")).statusCode())
        .isEqualTo(200);
    olgas.navigate(sandbox.ports().admin(PLACE + "/audit"));
    olga.named("revision 2").locator("summary").click();
    olga.named("roll-back 2").click();
    olga.named("effects").waitFor();
    has(olga.named("effects"), "DELETE /orders/{id}");
    olga.publish("back to where we began");
    assertThat(sandbox.curl("DELETE", "/orders/prod/orders/7", sandbox.token("clerk")).statusCode())
        .isEqualTo(403);
    assertThat(
            sandbox
                .curl("POST", "/orders/prod/orders/7/refunds", sandbox.token("support"))
                .statusCode())
        .isEqualTo(403);
  }

  /** What one of them sees, the other sees at the same URL. */
  @Test
  @Order(5)
  void aDeepLinkShowsAnotherOperatorTheSame() {
    anas.navigate(
        sandbox.ports().admin(PLACE + "/matrix?roles=clerk,ops&filter=path:/orders/%7Bid%7D"));
    Locator cell = anas.getByLabel("ops on DELETE /orders/{id}").first();
    cell.click();
    ana.named("matrix-why").getByText("ops").first().waitFor();
    // The address follows a moment after what it names is shown.
    anas.waitForURL(url -> url.contains("cell="));
    bens.navigate(anas.url());
    has(ben.named("matrix-why"), "DELETE /orders/{id}");
    assertThat(ben.named("matrix-why").innerText()).isEqualTo(ana.named("matrix-why").innerText());
    assertThat(bens.url()).isEqualTo(anas.url());
  }

  @Test
  @Order(6)
  void lettersAreLettersWhileSomebodyTypesAndKeysOtherwise() {
    anas.navigate(sandbox.ports().admin(PLACE + "/roles"));
    Locator filter = ana.named("role-filter").locator("input");
    filter.waitFor();
    anas.waitForFunction("() => window.grantwayKeys");
    anas.keyboard().press("/");
    anas.keyboard().type("gm?/");
    assertThat(filter.inputValue()).isEqualTo("gm?/");
    assertThat(anas.url()).contains("/roles");
    filter.fill("");
    filter.blur();
    anas.keyboard().press("g");
    anas.keyboard().press("m");
    anas.waitForURL(url -> url.contains("/matrix"));
    ana.named("matrix").waitFor();
    anas.keyboard().press("?");
    ana.named("keys-letters").locator("input").uncheck();
    anas.keyboard().press("Escape");
    gone(ana.named("keys-letters"));
    anas.keyboard().press("g");
    anas.keyboard().press("r");
    anas.keyboard().press("?");
    anas.keyboard().press("Control+k");
    ana.named("palette").waitFor();
    assertThat(anas.url()).as("letters are switched off").contains("/matrix");
    assertThat(ana.named("keys-letters").count()).isZero();
    anas.keyboard().press("Escape");
    anas.keyboard().press("Escape");
    anas.evaluate("window.grantwayKeys.set(true)");
  }

  @Test
  @Order(7)
  void thePaletteLeadsAnywhere() {
    anas.navigate(sandbox.ports().admin(PLACE + "/roles"));
    ana.named("role-filter").waitFor();
    anas.waitForFunction("() => window.grantwayKeys");
    anas.keyboard().press("Control+k");
    Locator field = ana.named("palette").locator("input");
    field.pressSequentially("role finance");
    has(anas.locator("vaadin-combo-box-item:visible"), "finance");
    field.press("ArrowDown");
    field.press("Enter");
    anas.waitForURL(url -> url.endsWith(PLACE + "/roles/finance"));
  }

  /** The times of a session are its own; here they are a few seconds. */
  @Test
  @Order(8)
  void whoeverIsGoneIsWarnedAndSignedOut() {
    bens.navigate(sandbox.ports().admin(PLACE + "/roles"));
    ben.named("role-filter").waitFor();
    bens.waitForFunction("() => window.grantwayIdle");
    bens.evaluate("window.grantwayIdle.watch(document.querySelector('dialog.idle'), 8, 7)");
    ben.named("idle-stay").waitFor();
    ben.named("idle-stay").click();
    gone(ben.named("idle-stay"));
    bens.waitForURL(url -> url.endsWith("/session-ended"));
    assertThat(
            bens.request()
                .get(
                    sandbox.ports().admin(PLACE + "/roles"),
                    RequestOptions.create().setMaxRedirects(0))
                .status())
        .as("asked again, it leads to signing in")
        .isEqualTo(302);
  }

  /** Changes the note of the role's first permission. */
  private static void note(AdminApp app, String note) {
    app.page().navigate(app.ports().admin(PLACE + PERMISSION));
    app.page().locator("[data-testid^='edit-permission']").first().click();
    app.named("permission-note").locator("input").fill(note);
    app.named("save-permission").click();
    gone(app.named("save-permission"));
  }

  private static void has(Locator part, String text) {
    part.filter(new Locator.FilterOptions().setHasText(text)).first().waitFor();
  }

  private static void gone(Locator part) {
    part.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
  }
}
