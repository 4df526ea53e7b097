package dev.grantway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
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

  /** What ben publishes shows on ana's page by itself, and she loses nothing by it. */
  @Test
  @Order(1)
  void differentCellsMergeByThemselves() {
    ana.allowRoute("support", "POST " + REFUNDS);
    ben.allowRoute("clerk", "DELETE /orders/{id}");
    ben.publish("clerks delete orders");

    ana.named("news").waitFor();
    assertThat(ana.named("news").innerText()).contains("Revision 2 was published");
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
  @Order(2)
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
  @Order(3)
  void anOwnerRollsBackThroughTheSameReview() {
    var olga = AdminApp.signIn(olgas, sandbox.ports(), "olga", "olga");
    assertThat(sandbox.curl("DELETE", "/orders/prod/orders/7", sandbox.token("clerk")).statusCode())
        .isEqualTo(200);
    olgas.navigate(sandbox.ports().admin(PLACE + "/audit"));
    Locator first = olga.named("revision 1").locator("summary");
    first.click();
    olga.named("roll-back 1").click();
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
  @Order(4)
  void aDeepLinkShowsAnotherOperatorTheSame() {
    anas.navigate(
        sandbox.ports().admin(PLACE + "/matrix?roles=clerk,ops&filter=path:/orders/%7Bid%7D"));
    Locator cell = anas.getByLabel("ops on DELETE /orders/{id}").first();
    cell.click();
    ana.named("matrix-why").getByText("ops").first().waitFor();
    bens.navigate(anas.url());
    has(ben.named("matrix-why"), "DELETE /orders/{id}");
    assertThat(ben.named("matrix-why").innerText()).isEqualTo(ana.named("matrix-why").innerText());
    assertThat(bens.url()).isEqualTo(anas.url());
  }

  @Test
  @Order(5)
  void lettersAreLettersWhileSomebodyTypesAndKeysOtherwise() {
    anas.navigate(sandbox.ports().admin(PLACE + "/roles"));
    Locator filter = ana.named("role-filter").locator("input");
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
    assertThat(anas.url()).as("letters are switched off").contains("/matrix");
    assertThat(ana.named("keys-letters").count()).isZero();
  }

  @Test
  @Order(6)
  void thePaletteLeadsAnywhere() {
    anas.navigate(sandbox.ports().admin(PLACE + "/roles"));
    ana.named("role-filter").waitFor();
    anas.keyboard().press("Control+k");
    Locator field = ana.named("palette").locator("input");
    field.waitFor();
    anas.keyboard().type("role finance");
    anas.getByText("finance", new Page.GetByTextOptions().setExact(true)).last().waitFor();
    anas.keyboard().press("ArrowDown");
    anas.keyboard().press("Enter");
    anas.waitForURL(url -> url.endsWith(PLACE + "/roles/finance"));
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
