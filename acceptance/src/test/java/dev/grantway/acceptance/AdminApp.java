package dev.grantway.acceptance;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;

/** The admin app as a person uses it; the test ids are those of docs/admin-clicks.md. */
record AdminApp(Page page, Ports ports) {
  private static final double IN_FORCE_LIMIT = 60_000;

  /** Opens the app, which leads to the issuer's page, and signs in there. */
  static AdminApp signIn(Page page, Ports ports, String name, String password) {
    AdminApp app = signInHere(page, ports, name, password);
    app.named("nav-roles").waitFor();
    return app;
  }

  /** The same on a small screen, where the navigation is folded away. */
  static AdminApp signInHere(Page page, Ports ports, String name, String password) {
    page.navigate(ports.admin("/"));
    fillIn(page, name, password);
    page.waitForURL(url -> url.startsWith(ports.admin("/a/")));
    return new AdminApp(page, ports);
  }

  /** What stands on the issuer's page. */
  static void fillIn(Page page, String name, String password) {
    page.fill("input[name=username]", name);
    page.fill("input[name=password]", password);
    page.click("button[type=submit]");
  }

  Locator named(String testId) {
    return page.getByTestId(testId);
  }

  void openRole(String role) {
    named("nav-roles").click();
    named("role " + role).click();
    named("role-title").waitFor();
  }

  /** Roles → the role → Add permission. */
  void addPermission(String role, String method, String resource, String note) {
    openRole(role);
    named("add-permission").click();
    Locator field = named("permission-resource").locator("input");
    field.fill(resource);
    field.press("Enter");
    named("permission-methods").getByLabel(method, exact()).check();
    named("permission-note").locator("input").fill(note);
    named("save-permission").click();
    named("save-permission").waitFor(gone());
  }

  /** Roles → the role → Routes → Allow, in the row of the route. */
  void allowRoute(String role, String route) {
    openRole(role);
    named("tab-routes").click();
    named("allow " + route).click();
    named("allow " + route).waitFor(gone());
  }

  /** Changes → reason → Publish; then waits until the page says that it is in force. */
  void publish(String reason) {
    openChanges(reason);
    long before = revision();
    named("publish").click();
    try {
      page.locator(
              "[data-testid=in-force][data-phase=IN_FORCE]:not([data-revision='" + before + "'])")
          .first()
          .waitFor(new Locator.WaitForOptions().setTimeout(IN_FORCE_LIMIT));
    } catch (TimeoutError late) {
      throw new AssertionError("not in force; the page says:\n" + page.innerText("body"), late);
    }
  }

  /** The page on which the draft is reviewed, with a reason filled in. */
  void openChanges(String reason) {
    if (!page.url().contains("/changes")) {
      named("nav-changes").click();
    }
    named("publish-reason").locator("textarea").fill(reason);
  }

  private long revision() {
    return Long.parseLong(named("in-force").first().getAttribute("data-revision"));
  }

  private static Locator.GetByLabelOptions exact() {
    return new Locator.GetByLabelOptions().setExact(true);
  }

  private static Locator.WaitForOptions gone() {
    return new Locator.WaitForOptions()
        .setState(com.microsoft.playwright.options.WaitForSelectorState.HIDDEN);
  }
}
