package dev.grantway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every view, in light, dark and on a phone: axe finds nothing serious, nothing scrolls sideways.
 */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ViewsTest {
  private static final String PLACE = "/a/orders/prod";

  private static final String REFUND = "revision=1&method=POST&path=/orders/42/refunds";

  private static final String CELL = "cell=support%20POST%20/orders/%7Bid%7D/refunds";

  private static final String REFUNDS = "POST%20/orders/%7Bid%7D/refunds";

  /** What the grid's focused cell says, read as a screen reader would. */
  private static final String FOCUSED =
      "() => { const grid = document.querySelector('vaadin-grid.matrix-grid');"
          + " const slot = grid?.shadowRoot.activeElement?.querySelector('slot');"
          + " return slot?.assignedElements()[0]?.querySelector('button.cell')"
          + "?.getAttribute('aria-label') ?? ''; }";

  private static final String ASKED = "method=POST&path=/orders/42/refunds&roles=support,nobody";

  /** A view, what its tab in the browser says before the name of the app, and its status. */
  private record View(String path, String title, int status) {}

  private static final List<View> VIEWS =
      List.of(
          new View(PLACE + "/overview", "Overview · orders prod", 200),
          new View(PLACE + "/roles", "Roles · orders prod", 200),
          new View(PLACE + "/roles/support", "Role support · orders prod", 200),
          new View(PLACE + "/roles/support?tab=routes", "Role support · orders prod", 200),
          new View(PLACE + "/matrix?" + CELL, "Access matrix · orders prod", 200),
          new View(PLACE + "/routes", "Routes · orders prod", 200),
          new View(PLACE + "/assignments", "Assignments · orders prod", 200),
          new View(PLACE + "/revocations", "Revocations · orders prod", 200),
          new View(PLACE + "/simulate?" + ASKED, "Simulate · orders prod", 200),
          new View(PLACE + "/simulate/tests", "Tests of the policy · orders prod", 200),
          new View(PLACE + "/who-can?route=" + REFUNDS, "Who can call · orders prod", 200),
          new View(PLACE + "/who-can?ask=role&role=ops", "Who can call · orders prod", 200),
          new View(PLACE + "/changes", "Changes · orders prod", 200),
          new View(PLACE + "/reviews", "Access reviews · orders prod", 200),
          new View(PLACE + "/import", "Import · orders prod", 200),
          new View(PLACE + "/settings", "Settings · orders prod", 200),
          new View(PLACE + "/audit?revision=1", "Audit · orders prod", 200),
          new View(PLACE + "/explain?" + REFUND + "&roles=ops", "Explain · orders prod", 200),
          new View(PLACE + "/explain?" + REFUND + "&roles=clerk", "Explain · orders prod", 200),
          new View(PLACE + "/roles/no-such-role", "Nothing here", 200),
          new View("/no/such/page", "Nothing here", 404));

  /** Those of owners and auditors. */
  private static final List<View> OF_EVIDENCE =
      List.of(
          new View(PLACE + "/transfer", "Export · orders prod", 200),
          new View(PLACE + "/wiring", "Wiring · orders prod", 200),
          new View("/a/orders/dev/wiring", "Wiring · orders dev", 200),
          new View("/a/billing/prod/wiring", "Wiring · billing prod", 200),
          new View(PLACE + "/use", "Use of grants · orders prod", 200),
          new View(PLACE + "/audit/activity", "Activity · orders prod", 200));

  /** The rules of axe that look at colours. */
  private static final List<String> OF_COLOUR = List.of("color-contrast", "link-in-text-block");

  /** The browser waits for nothing from the server. */
  static final String IDLE =
      "() => !window.Vaadin?.Flow?.clients"
          + " || Object.values(window.Vaadin.Flow.clients).every(c => !c.isActive || !c.isActive())";

  private final RunningSandbox sandbox;
  private final Chromium chromium = new Chromium();

  /** How somebody looks at it. */
  enum Look {
    LIGHT(ColorScheme.LIGHT, 1280, 900),
    DARK(ColorScheme.DARK, 1280, 900),
    PHONE(ColorScheme.LIGHT, 390, 844);

    private final ColorScheme scheme;
    private final int width;
    private final int height;

    Look(ColorScheme scheme, int width, int height) {
      this.scheme = scheme;
      this.width = width;
      this.height = height;
    }

    void on(Page page) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      page.setViewportSize(width, height);
      // The app hears of another size by itself and may answer.
      page.evaluate("() => new Promise(resolve => setTimeout(resolve, 300))");
    }

    String file(String view) {
      return view.replaceAll("[^a-z]+", "-").replaceAll("^-|-$", "")
          + "-"
          + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-')
          + ".png";
    }
  }

  ViewsTest(@TempDir Path data) {
    sandbox = RunningSandbox.start(Ports.free(), data);
  }

  @BeforeAll
  void somethingIsStagedAndSomethingWasPublished() {
    sandbox.connect("orders/prod");
    sandbox.connect("orders/dev");
    try (Page page = chromium.page(ColorScheme.LIGHT, 1280, 900)) {
      var admin = AdminApp.signIn(page, sandbox.ports(), "ana", "ana");
      admin.addPermission("viewer", "GET", "/orders/{id}/items", "viewers see what was ordered");
      admin.publish("viewers see items (OPS-31)");
      admin.addPermission("support", "POST", "/orders/{id}/refunds", "refunds are support's now");
    }
  }

  @AfterAll
  void stop() {
    chromium.close();
    sandbox.close();
  }

  @Test
  void signInPageIsAccessible() {
    try (Page page = chromium.page(ColorScheme.LIGHT, 1280, 900)) {
      page.navigate(sandbox.ports().admin("/"));
      page.locator("input[name=password]").waitFor();
      for (Look look : Look.values()) {
        look.on(page);
        isAccessible(page, "sign-in", look);
      }
    }
  }

  @Test
  void everyViewIsAccessible() {
    areAccessible("ana", VIEWS);
  }

  @Test
  void viewsOfEvidenceAreAccessible() {
    areAccessible("olga", OF_EVIDENCE);
  }

  /** Loaded once and looked at in every look: loading is what takes long. */
  private void areAccessible(String operator, List<View> views) {
    try (Page page = chromium.page(ColorScheme.LIGHT, 1280, 900)) {
      AdminApp.signInHere(page, sandbox.ports(), operator, operator);
      for (View view : views) {
        Look.LIGHT.on(page);
        var answer = page.navigate(sandbox.ports().admin(view.path()));
        assertThat(answer.status()).as(view.path()).isEqualTo(view.status());
        page.locator("h1").first().waitFor();
        for (Look look : Look.values()) {
          look.on(page);
          isAccessible(page, view.path().replace(PLACE, ""), look);
          assertThat(page.evaluate("document.documentElement.scrollHeight - innerHeight"))
              .as("empty pixels below %s in %s", view.path(), look)
              .isEqualTo(0);
        }
        assertThat(page.title()).as(view.path()).isEqualTo(view.title() + " · Grantway");
      }
    }
  }

  @Test
  void dialogOfAPermissionIsAccessible() {
    try (Page page = chromium.page(ColorScheme.LIGHT, 1280, 900)) {
      var admin = AdminApp.signInHere(page, sandbox.ports(), "ana", "ana");
      page.navigate(sandbox.ports().admin(PLACE + "/roles/clerk"));
      admin.named("add-permission").click();
      admin.named("save-permission").waitFor();
      for (Look look : Look.values()) {
        look.on(page);
        isAccessible(page, "dialog", look);
      }
    }
  }

  /** Tab to the grid, arrows to the cell, Space, and back with Control and Z. */
  @Test
  void cellsOfTheMatrixAreEditedByKeyboardAlone() {
    try (Page page = chromium.page(ColorScheme.LIGHT, 1280, 900)) {
      var admin = AdminApp.signIn(page, sandbox.ports(), "ben", "ben");
      String view = "/matrix?roles=clerk,seasonal&filter=path:/orders/%7Bid%7D/refunds";
      page.navigate(sandbox.ports().admin(PLACE + view));
      page.getByLabel("seasonal on POST /orders/{id}/refunds: denied by default").waitFor();
      admin.named("matrix-filter").locator("input").focus();
      pressUntil(page, "Tab", label -> isInGrid(page));
      pressUntil(page, "ArrowRight", label -> label.startsWith("clerk"));
      pressUntil(
          page, "ArrowDown", label -> label.startsWith("clerk on POST /orders/{id}/refunds:"));
      pressUntil(page, "ArrowRight", label -> label.startsWith("seasonal on POST"));
      page.keyboard().press("Space");
      page.waitForFunction(IDLE);
      page.getByLabel("seasonal on POST /orders/{id}/refunds: allowed; staged").first().waitFor();
      assertThat(admin.named("staged-count").innerText()).isEqualTo("1 staged change");
      assertThat(admin.named("matrix-said").innerText()).contains("on stage prod");
      page.keyboard().press("Control+z");
      page.getByLabel("seasonal on POST /orders/{id}/refunds: denied by default").waitFor();
      assertThat(admin.named("staged-count").innerText()).isEqualTo("Nothing staged");
    }
  }

  private static boolean isInGrid(Page page) {
    return Boolean.TRUE.equals(
        page.evaluate(
            "() => document.querySelector('vaadin-grid.matrix-grid')"
                + ".shadowRoot.activeElement?.localName === 'td'"));
  }

  private static void pressUntil(Page page, String key, Predicate<String> there) {
    for (int i = 0; i < 40; i++) {
      if (there.test((String) page.evaluate(FOCUSED))) {
        return;
      }
      page.keyboard().press(key);
    }
    throw new AssertionError(key + " does not lead there: " + page.evaluate(FOCUSED));
  }

  @Test
  void viewersSeeEverythingAndChangeNothing() {
    try (Page page = chromium.page(ColorScheme.LIGHT, 1280, 900)) {
      var admin = AdminApp.signIn(page, sandbox.ports(), "vic", "vic");
      admin.openRole("support");
      assertThat(admin.named("add-permission").count()).isZero();
      page.navigate(sandbox.ports().admin(PLACE + "/changes"));
      page.locator("h1").first().waitFor();
      assertThat(admin.named("publish").count()).isZero();
    }
  }

  /** UI decision 5: every denial explains itself and has a URL. */
  @Test
  void theLinkOfA403LeadsToThePermissionThatDetermined() {
    var answer = sandbox.curl(sandbox.token("ops"));
    assertThat(answer.statusCode()).isEqualTo(403);
    String link = answer.headers().firstValue("x-twin-explain").orElseThrow();
    try (Page page = chromium.page(ColorScheme.LIGHT, 1280, 900)) {
      page.navigate(link);
      AdminApp.fillIn(page, "ana", "ana");
      page.getByTestId("determined ops-no-refunds").waitFor();
      assertThat(page.getByTestId("explain-verdict").innerText()).contains("Denied by revision");
      page.waitForURL(url -> url.startsWith(sandbox.ports().admin(PLACE + "/explain?")));
    }
  }

  @Test
  void localhostLeadsToTheAppToo() {
    try (Page page = chromium.page(ColorScheme.LIGHT, 1280, 900)) {
      var ports = sandbox.ports();
      page.navigate(ports.admin(PLACE + "/audit").replace("127.0.0.1", "localhost"));
      AdminApp.fillIn(page, "ana", "ana");
      page.waitForURL(ports.admin(PLACE + "/audit"));
      page.waitForFunction("title => document.title === title", "Audit · orders prod · Grantway");
    }
  }

  /**
   * The app has no frames, so that the page itself can run all of it. What is no matter of colour
   * is the same in dark as in light, and is looked at there.
   */
  private static AxeBuilder axe(Page page, Look look) {
    var options = new AxeRunOptions();
    options.setResultTypes(List.of("violations"));
    var axe = new AxeBuilder(page).setLegacyMode(true).options(options);
    return look.scheme == ColorScheme.DARK ? axe.withRules(OF_COLOUR) : axe;
  }

  private static void isAccessible(Page page, String view, Look look) {
    page.waitForFunction(IDLE);
    if (look == Look.PHONE) {
      // `bench screens` pictures the wide ones, in more states than here.
      page.screenshot(
          new Page.ScreenshotOptions()
              .setPath(Repository.target().resolve("screens").resolve(look.file(view)))
              .setStyle("vaadin-connection-indicator { display: none !important }")
              .setFullPage(true));
    }
    var serious =
        axe(page, look).analyze().getViolations().stream()
            .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
            .flatMap(
                rule ->
                    rule.getNodes().stream()
                        .map(
                            node ->
                                rule.getId() + " at " + node.getTarget() + ": " + node.getHtml()))
            .toList();
    assertThat(serious).as("%s in %s", view, look).isEmpty();
    Object overflow =
        page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assertThat(Map.of("pixels", overflow))
        .as("sideways, %s in %s", view, look)
        .containsEntry("pixels", 0);
  }
}
