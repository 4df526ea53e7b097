package dev.grantway.authorizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.compile.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Whole events with tokens in them, taken apart and put together wrongly, against the handler: no
 * input alone gives an Allow that it should not, none gives a 5xx, and nothing secret is said about
 * it anywhere. {@code -Dgrantway.fuzz.seed=N} repeats a run.
 */
class FuzzTest {
  private static final int EVENTS = Integer.getInteger("grantway.fuzz.events", 60_000);
  private static final int WORKERS = 2;
  private static final long SEED = Long.getLong("grantway.fuzz.seed", System.nanoTime());

  private final TestClock clock = new TestClock();
  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
  private final AtomicInteger allowed = new AtomicInteger();
  private final AtomicInteger denied = new AtomicInteger();
  private final AtomicInteger unauthorized = new AtomicInteger();
  private final AtomicInteger lines = new AtomicInteger();

  private void line(String json) {
    lines.incrementAndGet();
    if (json.contains(FuzzTokens.CANARY) || json.contains("\n")) {
      wrong.add("a log line shows what a token holds: " + json);
    }
    if (json.contains("\"alarm\"")) {
      wrong.add("an alarm: " + json);
    }
  }

  @Test
  void noInputAloneOpensBreaksOrLeaks() throws Exception {
    var handlers = handlers();
    var tokens = new FuzzTokens(SEED);
    var out = System.out;
    var err = System.err;
    var said = new ByteArrayOutputStream();
    var captured = new PrintStream(said, true, StandardCharsets.UTF_8);
    System.setOut(captured);
    System.setErr(captured);
    try {
      run(handlers, tokens);
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    System.out.printf(
        "FuzzTest: seed %d, %d events: %d allowed, %d denied, %d unauthorized; %d signed tokens%n",
        SEED, EVENTS, allowed.get(), denied.get(), unauthorized.get(), tokens.size());
    assertThat(wrong.stream().limit(10)).as("seed " + SEED).isEmpty();
    assertThat(said.toString(StandardCharsets.UTF_8)).doesNotContain(FuzzTokens.CANARY);
    assertThat(lines.get()).isEqualTo(EVENTS);
    assertThat(allowed.get())
        .as("too few pass for the run to mean much")
        .isGreaterThan(EVENTS / 50);
    assertThat(denied.get()).isGreaterThan(EVENTS / 100);
    assertThat(unauthorized.get()).isGreaterThan(EVENTS / 4);
  }

  private List<AuthorizerHandler> handlers() {
    var policy = new TestPolicy(Policies.orders().policy(), clock);
    return List.of(
        new AuthorizerHandler(HandlerWorld.settings(Map.of()), policy, clock, this::line),
        new AuthorizerHandler(
            HandlerWorld.settings(
                Map.of(
                    "GRANTWAY_CACHE_KEY",
                    "token+route",
                    "GRANTWAY_CACHE_TTL",
                    "300s",
                    "GRANTWAY_DENY_INSTEAD_OF_401",
                    "on")),
            policy,
            clock,
            this::line));
  }

  private void run(List<AuthorizerHandler> handlers, FuzzTokens tokens) throws Exception {
    try (var pool = Executors.newFixedThreadPool(WORKERS)) {
      List<Callable<Void>> work = new ArrayList<>();
      IntStream.range(0, WORKERS)
          .forEach(
              worker ->
                  work.add(
                      () -> {
                        var events = new FuzzEvents(SEED + worker, tokens);
                        for (int i = worker; i < EVENTS; i += WORKERS) {
                          var event = events.next();
                          var handler = handlers.get(event.restToken() ? 0 : i / WORKERS % 2);
                          check(handler, handler == handlers.get(1), event);
                        }
                        return null;
                      }));
      for (var done : pool.invokeAll(work)) {
        done.get();
      }
    }
  }

  private void check(AuthorizerHandler handler, boolean cached, FuzzEvents.Event event) {
    var said = answer(handler, event);
    if (said.equals("Unauthorized")) {
      unauthorized.incrementAndGet();
      if (event.mustAllow()) {
        wrong.add("a good token is refused: " + event.about());
      }
      return;
    }
    if (!said.startsWith("{")) {
      wrong.add("a 5xx, " + said + ": " + event.about());
      return;
    }
    boolean allows = HandlerWorld.verdictAt(clock.instant(), said, event.arn()) == Verdict.ALLOW;
    (allows ? allowed : denied).incrementAndGet();
    if (allows && !event.mayAllow()) {
      wrong.add("allowed: " + event.about());
    }
    if (!allows && event.mustAllow()) {
      wrong.add("a good request is denied: " + event.about());
    }
    if (!event.tokenIsGood() && (!cached || said.contains(FuzzTokens.CANARY))) {
      wrong.add("a refused token has an answer of its own: " + event.about());
    }
  }

  private static String answer(AuthorizerHandler handler, FuzzEvents.Event event) {
    try {
      return new String(handler.answer(event.json()), StandardCharsets.UTF_8);
    } catch (UnauthorizedException e) {
      return String.valueOf(e.getMessage());
    } catch (RuntimeException e) {
      return e.getClass().getName() + " " + e.getMessage();
    }
  }
}
