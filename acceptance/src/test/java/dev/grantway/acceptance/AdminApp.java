package dev.grantway.acceptance;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;

/** The admin app as a person uses it; the ids are those of docs/admin-clicks.md. */
record AdminApp(Page page, Ports ports) {

  /** Opens the app and signs in on the issuer's page. */
  static AdminApp signIn(Page page, Ports ports, String name, String password) {
    page.navigate(ports.admin("/"));
    page.fill("input[name=username]", name);
    page.fill("input[name=password]", password);
    page.click("button[type=submit]");
    page.waitForURL(url -> url.startsWith(ports.admin("/")));
    return new AdminApp(page, ports);
  }

  /** Roles → the role → Add permission. */
  void addPermission(String role, String method, String resource, String note) {
    page.click("#nav-roles");
    page.click("#role-" + role);
    page.click("#add-permission");
    page.click("#permission-method-" + method);
    page.fill("#permission-resource input", resource);
    page.fill("#permission-note textarea", note);
    page.click("#permission-save");
  }

  /** Changes → reason → Publish. */
  void publish(String reason) {
    page.click("#nav-changes");
    page.fill("#publish-reason textarea", reason);
    page.click("#publish");
  }

  /** Waits until the page says that the revision is in force. */
  void awaitInForce() {
    page.waitForSelector(
        "#in-force[data-state=in-force]",
        new Page.WaitForSelectorOptions()
            .setState(WaitForSelectorState.VISIBLE)
            .setTimeout(60_000));
  }
}
