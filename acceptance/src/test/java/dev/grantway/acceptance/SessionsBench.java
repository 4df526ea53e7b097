package dev.grantway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.grantway.figures.Part;
import dev.grantway.figures.Parts;
import dev.grantway.figures.Report;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fifty people signed in at once, each with a session of their own, on 5,000 routes, 300 roles and
 * 60,000 permissions: {@code ./grantway bench sessions}. Five of them click every three seconds in
 * browsers, two of whom edit; the pages that the others opened in a browser ask for news without
 * it. Beside them in the same run: the same clicks of one who is alone. Every click is waited for
 * until what it leads to is on the screen. Nothing is asserted of times.
 */
@Tag("bench")
class SessionsBench {
  private static final int BROWSERS = 5;
  private static final int OPENED_IN_EACH = 9;
  private static final int ALONE_ROUNDS = 2;
  private static final Duration BETWEEN_CLICKS = Duration.ofSeconds(3);

  /** So that what the click before still does is done. */
  private static final Duration BREATH = Duration.ofSeconds(1);

  private static final Duration BETWEEN_POLLS = Duration.ofSeconds(3);
  private static final int ROUNDS = 5;
  private static final List<String> EDITORS = List.of("ana", "ben");
  private static final List<String> READERS = List.of("vic", "aud", "olga");
  private static final String CELL = "button.cell[aria-label]";

  /**
   * Clicks, or types where there is a text, and waits until something that is shown says what it
   * has to; gives milliseconds.
   */
  private static final String DO =
      "async ({on, type, shows, says}) => {"
          + " const found = () => [...document.querySelectorAll(shows)].some(it =>"
          + " it.checkVisibility() && (it.getAttribute('aria-label') ?? it.textContent).includes(says));"
          + " const it = document.querySelector(on);"
          + " const begun = performance.now();"
          + " if (type) { it.value = type;"
          + " it.dispatchEvent(new Event('input', {bubbles: true, composed: true}));"
          + " it.dispatchEvent(new Event('change', {bubbles: true, composed: true})); }"
          + " else (it.shadowRoot?.querySelector('a') ?? it).click();"
          + " while (!found()) {"
          + " if (performance.now() - begun > 60000) throw new Error("
          + "`nothing of ${shows} says ${says} at ${location.href}: ${document.body.innerText.slice(0, 2000)}`);"
          + " await new Promise(requestAnimationFrame); }"
          + " return performance.now() - begun; }";

  private static final String PRESS =
      "async (it) => { const label = it.getAttribute('aria-label');"
          + " const begun = performance.now(); it.click();"
          + " while (it.isConnected && it.getAttribute('aria-label') === label)"
          + " { await new Promise(requestAnimationFrame); }"
          + " return performance.now() - begun; }";

  @TempDir Path data;

  /** One of the ten commonest clicks. */
  @FunctionalInterface
  private interface Click {
    /**
     * Does it.
     *
     * @param round another of the same session does it to another thing
     * @return milliseconds until what it leads to is on the screen
     */
    double in(Session session, int round);
  }

  private static final String A_CELL = "a cell";
  private static final Map<String, Click> CLICKS = clicks();

  /**
   * Somebody who is signed in.
   *
   * @param number of the session, from 0
   */
  private record Session(AdminApp app, int number, Map<String, List<Double>> times) {
    Page page() {
      return app.page();
    }

    boolean edits() {
      return number < EDITORS.size();
    }

    /** The first round warms up, and counts for nothing. */
    void click(int step) {
      var click = List.copyOf(CLICKS.entrySet()).get(step % CLICKS.size());
      double millis = click.getValue().in(this, step / CLICKS.size());
      if (step >= CLICKS.size()) {
        times
            .computeIfAbsent(
                name(click.getKey(), edits()),
                it -> Collections.synchronizedList(new ArrayList<>()))
            .add(millis);
      }
    }

    /** Rounds of clicks, a second after what each led to. */
    void clickAlone() {
      for (int step = 0; step < (1 + ALONE_ROUNDS) * CLICKS.size(); step++) {
        click(step);
        sleepUntil(System.nanoTime() + BREATH.toNanos());
      }
    }

    double act(String on, String type, String shows, String says) {
      page().locator(on).first().waitFor();
      page().waitForFunction(ViewsTest.IDLE);
      Object millis =
          page().evaluate(DO, Map.of("on", on, "type", type, "shows", shows, "says", says));
      return ((Number) millis).doubleValue();
    }

    double open(String view, String shows) {
      return act(testId("nav-" + view), "", shows, "");
    }
  }

  /** A cell that is edited is another click than one that is asked why. */
  private static String name(String click, boolean edits) {
    return click.equals(A_CELL) ? edits ? A_CELL + ", edited" : A_CELL + ", why" : click;
  }

  private static String testId(String id) {
    return "[data-testid=\"" + id + "\"]";
  }

  private static Map<String, Click> clicks() {
    var clicks = new LinkedHashMap<String, Click>();
    clicks.put("Overview", (it, round) -> it.open("overview", testId("overview-live")));
    clicks.put("Roles", (it, round) -> it.open("roles", testId("role-filter")));
    clicks.put(
        "roles, filtered",
        (it, round) ->
            it.act(
                testId("role-filter") + " input",
                role(it, round),
                "[data-testid^=\"role-row \"]:only-child",
                role(it, round)));
    clicks.put(
        "a role",
        (it, round) ->
            it.act(testId("role " + role(it, round)), "", testId("role-title"), role(it, round)));
    clicks.put(
        "what it may call",
        (it, round) -> it.act(testId("tab-routes"), "", "[data-testid^=\"route-row \"]", "/c"));
    clicks.put("Access matrix", (it, round) -> it.open("matrix", CELL));
    clicks.put(
        "matrix, filtered",
        (it, round) ->
            it.act(
                testId("matrix-filter") + " input",
                "path:" + collection(it, round) + " method:GET",
                CELL,
                " on GET " + collection(it, round) + ":"));
    clicks.put(
        A_CELL,
        (it, round) ->
            it.edits()
                ? press(it.page(), " on GET " + collection(it, round))
                : it.act(
                    "button.cell[aria-label*=' on GET " + collection(it, round) + ":']",
                    "",
                    testId("matrix-why"),
                    collection(it, round)));
    clicks.put("Routes", (it, round) -> it.open("routes", testId("route-filter")));
    clicks.put("Changes", (it, round) -> it.open("changes", testId("drafts")));
    return clicks;
  }

  private static String role(Session session, int round) {
    return "role-%03d".formatted((session.number() * 5 + round) % BigPolicy.ROLES);
  }

  private static String collection(Session session, int round) {
    return "/c" + (100 + session.number() * 10 + round);
  }

  private static double press(Page page, String label) {
    Locator cell = page.locator("button.cell[aria-label*='" + label + ":']").first();
    cell.waitFor();
    return ((Number) cell.evaluate(PRESS)).doubleValue();
  }

  @Test
  void fiftyAtOnce() throws Exception {
    Path policy = BigPolicy.write(data.resolve("big.yaml"));
    var alone = new LinkedHashMap<String, List<Double>>();
    var together = new ConcurrentHashMap<String, List<Double>>();
    try (var sandbox =
        RunningSandbox.start(Ports.free(), data.resolve("table"), "--seed", policy.toString())) {
      alone(sandbox, alone);
      Beside beside = fifty(sandbox, together);
      alone(sandbox, alone);
      Part part = part(alone, together, beside);
      System.out.println(Report.tables(part).strip() + "\n\n" + part.note());
      Parts.hand(part);
    }
  }

  /**
   * What else fifty people cost.
   *
   * @param ofSession MB of heap that each of them added
   * @param ofPage MB of heap that each page gave back that was left open, when it was closed
   * @param polls how often those pages asked for news
   */
  private record Beside(double ofSession, double ofPage, int polls) {}

  private static Beside fifty(RunningSandbox sandbox, Map<String, List<Double>> together)
      throws Exception {
    List<ExecutorService> threads =
        IntStream.range(0, BROWSERS).mapToObj(it -> Executors.newSingleThreadExecutor()).toList();
    try {
      long app = sandbox.child("dev.grantway.admin.Application").pid();
      double before = Heap.inUse(app);
      List<Chromium> browsers = inEach(threads, it -> new Chromium());
      try (var open = new OpenPages()) {
        inEach(threads, it -> leaveOpen(browsers.get(it), sandbox, it, open));
        List<Session> sessions =
            inEach(threads, it -> session(browsers.get(it), sandbox, it, together));
        long begun = System.nanoTime();
        inEach(threads, it -> work(sessions.get(it), begun, it));
        int polls = open.polls();
        double all = Heap.inUse(app);
        open.leave();
        double without = Heap.inUse(app);
        return new Beside(
            (all - before) / (BROWSERS * (1 + OPENED_IN_EACH)),
            (all - without) / (BROWSERS * OPENED_IN_EACH),
            polls);
      } finally {
        inEach(
            threads,
            it -> {
              browsers.get(it).close();
              return true;
            });
      }
    } finally {
      threads.forEach(ExecutorService::shutdownNow);
    }
  }

  /** An editor and then a reader, with nobody beside them. */
  private static void alone(RunningSandbox sandbox, Map<String, List<Double>> times) {
    for (int number : List.of(0, EDITORS.size())) {
      try (var chromium = new Chromium()) {
        session(chromium, sandbox, number, times).clickAlone();
      }
    }
  }

  /** Pages that are open without a browser, each asking for news until they are to end. */
  private static final class OpenPages implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<OpenPage> pages = new ConcurrentLinkedQueue<>();
    private final Queue<Future<Integer>> polling = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean ends = new AtomicBoolean();

    void add(Page page) {
      OpenPage open = OpenPage.of(page, client);
      pages.add(open);
      polling.add(
          threads.submit(
              () -> {
                int polls = 0;
                while (!ends.get()) {
                  Thread.sleep(BETWEEN_POLLS);
                  open.poll();
                  polls++;
                }
                return polls;
              }));
    }

    /** Ends the polling, and counts it; fails where the app did not know a page to the end. */
    int polls() throws InterruptedException, ExecutionException {
      ends.set(true);
      int polls = 0;
      for (Future<Integer> each : polling) {
        polls += each.get();
      }
      return polls;
    }

    void leave() throws IOException, InterruptedException {
      for (OpenPage each : pages) {
        each.leave();
      }
    }

    @Override
    public void close() {
      threads.shutdownNow();
      client.close();
    }
  }

  private static Session session(
      Chromium chromium, RunningSandbox sandbox, int number, Map<String, List<Double>> times) {
    String name =
        number < EDITORS.size() ? EDITORS.get(number) : READERS.get(number % READERS.size());
    Page page = chromium.page(ColorScheme.LIGHT, 1280, 900);
    AdminApp app = AdminApp.signIn(page, sandbox.ports(), name, name);
    page.navigate(sandbox.ports().admin(BigPolicy.PLACE + "/overview"));
    app.named("overview-live").waitFor();
    return new Session(app, number, times);
  }

  /** Does it in each thread at once; a browser is used by the thread that began it. */
  private static <T> List<T> inEach(List<ExecutorService> threads, IntFunction<T> work)
      throws InterruptedException, ExecutionException {
    List<Future<T>> begun =
        IntStream.range(0, threads.size())
            .mapToObj(it -> threads.get(it).submit(() -> work.apply(it)))
            .toList();
    var done = new ArrayList<T>();
    for (Future<T> each : begun) {
      done.add(each.get());
    }
    return done;
  }

  /** Signs people in, each leaving another view open. */
  private static boolean leaveOpen(
      Chromium chromium, RunningSandbox sandbox, int browser, OpenPages open) {
    for (int i = 0; i < OPENED_IN_EACH; i++) {
      Session one = session(chromium, sandbox, BROWSERS * (1 + i) + browser, new LinkedHashMap<>());
      List<Click> views =
          Stream.of("Overview", "Roles", "Access matrix", "Routes", "Changes")
              .map(CLICKS::get)
              .toList();
      views.get(i % views.size()).in(one, 0);
      open.add(one.page());
    }
    return true;
  }

  /** Rounds of clicks of one of them, beside the pages that are open. */
  private static boolean work(Session one, long begun, int browser) {
    Duration start = BETWEEN_CLICKS.multipliedBy(browser).dividedBy(BROWSERS);
    for (int step = 0; step < (1 + ROUNDS) * CLICKS.size(); step++) {
      sleepUntil(begun + start.plus(BETWEEN_CLICKS.multipliedBy(step)).toNanos());
      one.click(step);
    }
    return true;
  }

  private static void sleepUntil(long nanoTime) {
    try {
      Thread.sleep(Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** How many of those that click make that one. */
  private static int clicking(String name) {
    return IntStream.range(0, BROWSERS)
        .map(
            it ->
                name(A_CELL, it < EDITORS.size()).equals(name) || !name.startsWith(A_CELL) ? 1 : 0)
        .sum();
  }

  private static Part part(
      Map<String, List<Double>> alone, Map<String, List<Double>> together, Beside beside) {
    var rows = new ArrayList<List<String>>();
    List<String> names =
        CLICKS.keySet().stream()
            .flatMap(it -> Stream.of(name(it, true), name(it, false)))
            .distinct()
            .toList();
    for (String name : names) {
      List<Double> one = alone.getOrDefault(name, List.of());
      List<Double> all = together.getOrDefault(name, List.of());
      assertThat(all).as(name).hasSize(clicking(name) * ROUNDS);
      rows.add(
          List.of(
              name,
              millis(at(one, 0.5)),
              millis(at(all, 0.5)),
              millis(at(all, 0.95)),
              String.format(Locale.ROOT, "%.2f", at(all, 0.5) / at(one, 0.5))));
    }
    return new Part(
        "sessions",
        "Fifty people in the admin app",
        "Fifty are signed in, each with a session of their own, on 5,000 routes, 300 roles and"
            + " 60,000 permissions. Five of them click every three seconds, each in a browser, as"
            + " often as fifty who click every half minute: two of these edit, so that their click"
            + " on a cell stages an edit, and the others' says why. The rest have left a page open:"
            + " overview, roles, matrix, routes or changes, opened in a browser, which then ask for"
            + " news every three seconds without it: "
            + beside.polls()
            + " times in all. Times go from the click until what it leads to is on the screen. The"
            + " browsers run on the same cores as the app and the table. Alone are an editor and"
            + " then a reader, before all others came and after they left, a second after what the"
            + " click before led to; the first round of everybody counts for nothing. Heap in use of the app's process after a collection:"
            + String.format(
                Locale.ROOT,
                " with all fifty, each of them had added %.2f MB to what it was before they came;"
                    + " the pages that were left open gave back %.2f MB each when they were closed,"
                    + " their sessions going on.",
                beside.ofSession(),
                beside.ofPage()),
        List.of(
            new Part.Table(
                "",
                List.of(
                    "click on",
                    "alone, median ms",
                    "beside fifty, median ms",
                    "p95 ms",
                    "times alone"),
                rows)),
        List.of());
  }

  private static double at(List<Double> times, double share) {
    List<Double> sorted = times.stream().sorted().toList();
    return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(share * (sorted.size() - 1))));
  }

  private static String millis(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }
}
