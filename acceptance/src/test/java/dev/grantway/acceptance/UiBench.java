package dev.grantway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long the app takes in a browser on 5,000 routes, 300 roles and 60,000 permissions, median of
 * 7, beside a view that holds nothing: {@code ./grantway bench ui}. Nothing is asserted of times:
 * the targets stand beside them.
 */
@Tag("bench")
class UiBench {
  private static final int RUNS = 7;
  private static final int EDITS = 500;
  private static final int SESSIONS = 8;
  private static final String MATRIX = BigPolicy.PLACE + "/matrix";
  private static final String CELL = "button.cell[aria-label]";
  private static final String CELL_OF_A_ROUTE = "button.cell[aria-label*=' on GET /c']";
  private static final List<String> FILTERS = List.of("path:/c1 method:GET", "path:/c2 method:GET");

  /** Presses a cell and waits until it says something else. */
  private static final String PRESS =
      "async (button) => { const label = button.getAttribute('aria-label');"
          + " const begun = performance.now(); button.click();"
          + " while (button.isConnected && button.getAttribute('aria-label') === label)"
          + " { await new Promise(requestAnimationFrame); }"
          + " return performance.now() - begun; }";

  /** Goes to the first row, and from there to the last. */
  private static final String LAST_ROW =
      "async () => { const grid = document.querySelector('vaadin-grid.matrix-grid');"
          + " const shows = async (path) => {"
          + " while (![...grid.querySelectorAll('button.cell')].some(b =>"
          + " b.getAttribute('aria-label').includes(path + ':')"
          + " && b.getBoundingClientRect().height > 0))"
          + " { await new Promise(requestAnimationFrame); } };"
          + " grid.scrollToIndex(0); await shows(' /c0');"
          + " const begun = performance.now();"
          + " grid.scrollToIndex(grid._flatSize - 1); await shows(' /c999');"
          + " return performance.now() - begun; }";

  @TempDir Path data;

  @Test
  void times() throws Exception {
    Path policy = BigPolicy.write(data.resolve("big.yaml"));
    try (var sandbox =
            RunningSandbox.start(Ports.free(), data.resolve("table"), "--seed", policy.toString());
        var chromium = new Chromium();
        Page page = chromium.page(ColorScheme.LIGHT, 1280, 900)) {
      var admin = AdminApp.signIn(page, sandbox.ports(), "ana", "ana");
      double empty = median(() -> load(admin, BigPolicy.PLACE + "/nothing", "h1"));
      row("an empty view", empty, empty, "");
      row(
          "the roles",
          median(() -> load(admin, BigPolicy.PLACE + "/roles", "[data-testid=role-filter]")),
          empty,
          "");
      row("the matrix, first usable", median(() -> load(admin, MATRIX, CELL)), empty, "1000");
      row("jump to the last row", median(() -> number(page, LAST_ROW)), empty, "500");
      page.navigate(
          sandbox.ports().admin(MATRIX + "?filter=" + FILTERS.getFirst().replace(" ", "%20")));
      row("a cell pressed, on screen", median(() -> press(page)), empty, "100");
      row("a filter typed, on screen", median(() -> filter(admin)), empty, "300");
      stage(sandbox);
      row(
          "review of %d edits".formatted(EDITS),
          median(() -> load(admin, BigPolicy.PLACE + "/changes", "[data-testid=effects]")),
          empty,
          "2000");
      System.out.printf(
          Locale.ROOT,
          "heap per session on the matrix: %.2f MB (target 2)%n",
          heapPerSession(sandbox, chromium));
    }
  }

  private static void row(String what, double millis, double empty, String target) {
    System.out.printf(
        Locale.ROOT,
        "| %-28s | %7.0f ms | %5.2f x | %5s |%n",
        what,
        millis,
        millis / empty,
        target);
  }

  private static double median(DoubleSupplier work) {
    var times = new ArrayList<Double>();
    for (int i = 0; i < RUNS; i++) {
      times.add(work.getAsDouble());
    }
    return times.stream().sorted().toList().get(RUNS / 2);
  }

  private static double load(AdminApp admin, String path, String shows) {
    long begun = System.nanoTime();
    admin.page().navigate(admin.ports().admin(path));
    admin.page().locator(shows).first().waitFor();
    return (System.nanoTime() - begun) / 1e6;
  }

  private static double number(Page page, String script) {
    return ((Number) page.evaluate(script)).doubleValue();
  }

  private static double press(Page page) {
    Locator cell = page.locator(CELL_OF_A_ROUTE).first();
    cell.waitFor();
    return ((Number) cell.evaluate(PRESS)).doubleValue();
  }

  private static double filter(AdminApp admin) {
    Locator input = admin.named("matrix-filter").locator("input");
    int other = 1 - FILTERS.indexOf(input.inputValue());
    long begun = System.nanoTime();
    input.fill(FILTERS.get(other));
    admin
        .page()
        .locator("button.cell[aria-label*=' on GET /c%d']".formatted(other + 1))
        .first()
        .waitFor();
    return (System.nanoTime() - begun) / 1e6;
  }

  /** Into a new draft of ana's, by the REST API. */
  private static void stage(RunningSandbox sandbox) throws Exception {
    String token =
        sandbox.answer(
            "./grantway",
            "token",
            "--sub",
            "ana",
            "--claims",
            "{\"aud\":\"grantway-admin-api\",\"operator_rights\":[\"editor\"]}");
    String draft = post(sandbox, token, "/api/v1/drafts", "{\"name\":\"five hundred\"}");
    Matcher id = Pattern.compile("\"id\":\"([^\"]+)\"").matcher(draft);
    assertThat(id.find()).as(draft).isTrue();
    String changes =
        IntStream.range(0, EDITS)
            .mapToObj(
                i ->
                    """
                    {"after":{"permission":{"id":"bench-%d","role":"role-%03d","api":"big1234567",\
                    "effect":"ALLOW","stage":"*","methods":["POST"],"resource":"/c%d"}}}"""
                        .formatted(i, i % BigPolicy.ROLES, i))
            .collect(Collectors.joining(","));
    post(
        sandbox,
        token,
        "/api/v1/drafts/" + id.group(1) + "/changes",
        "{\"label\":\"bench\",\"changes\":[" + changes + "]}");
  }

  private static String post(RunningSandbox sandbox, String token, String path, String body)
      throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(sandbox.ports().admin(path)))
                  .header("Authorization", "Bearer " + token)
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
      return answer.body();
    }
  }

  /** Of the admin app, by its heap in use after a collection, with and without sessions. */
  private static double heapPerSession(RunningSandbox sandbox, Chromium chromium) {
    long admin = sandbox.child("dev.grantway.admin.Application").pid();
    double before = Heap.inUse(admin);
    var pages = new ArrayList<Page>();
    for (int i = 0; i < SESSIONS; i++) {
      Page page = chromium.page(ColorScheme.LIGHT, 1280, 900);
      pages.add(page);
      AdminApp.signIn(page, sandbox.ports(), "vic", "vic");
      page.navigate(sandbox.ports().admin(MATRIX));
      page.locator(CELL).first().waitFor();
    }
    double after = Heap.inUse(admin);
    pages.forEach(Page::close);
    return (after - before) / SESSIONS;
  }
}
