package dev.grantway.authorizer.freshness;

import dev.grantway.policy.RoleName;
import dev.grantway.store.Heartbeat;
import dev.grantway.store.Heartbeats;
import dev.grantway.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Reports what this instance serves, for each stage that it is asked about at most once a minute,
 * on a thread of its own: no answer waits for a report, nor fails with one.
 */
public final class Pulse {
  private static final Duration BETWEEN = Duration.ofMinutes(1);

  /** An authorizer is for one API, which has few stages; test calls bring others. */
  private static final int MOST_STAGES = 20;

  private final Heartbeats heartbeats;
  private final Report report;
  private final Clock clock;
  private final Consumer<String> failures;
  private final Map<Stage, Seen> stages = new LinkedHashMap<>();
  private boolean failing;

  /** Makes a report of what was seen. */
  @FunctionalInterface
  public interface Report {
    /**
     * The heartbeat of a stage.
     *
     * @param view the one served last
     */
    Heartbeat of(String api, String stage, PolicyView view, Set<Set<RoleName>> roleSets);
  }

  private record Stage(String api, String stage) {}

  private static final class Seen {
    private final Pace pace = new Pace(BETWEEN);
    private final Set<Set<RoleName>> roleSets = new HashSet<>();
    private CompletableFuture<Void> writing = CompletableFuture.completedFuture(null);
    private PolicyView last;

    Seen(PolicyView first) {
      last = first;
    }
  }

  /**
   * @param failures told why reports cannot be written, once until one can
   */
  public Pulse(Heartbeats heartbeats, Report report, Clock clock, Consumer<String> failures) {
    this.heartbeats = heartbeats;
    this.report = report;
    this.clock = clock;
    this.failures = failures;
  }

  /** Notes what was served; makes no request. */
  public synchronized void saw(String api, String stage, PolicyView view) {
    var key = new Stage(api, stage);
    if (stages.size() >= MOST_STAGES && !stages.containsKey(key)) {
      return;
    }
    var seen = stages.computeIfAbsent(key, _ -> new Seen(view));
    seen.last = view;
    if (seen.roleSets.size() < Heartbeat.MOST_ROLE_SETS) {
      seen.roleSets.add(view.known());
    }
  }

  /** Begins the reports that are due; to be called when the answer is ready. */
  public synchronized List<CompletableFuture<Void>> beat() {
    List<CompletableFuture<Void>> begun = new ArrayList<>();
    stages.forEach(
        (key, seen) -> {
          if (!seen.roleSets.isEmpty()
              && seen.writing.isDone()
              && seen.pace.mayBegin(clock.instant())) {
            var beat = report.of(key.api(), key.stage(), seen.last, Set.copyOf(seen.roleSets));
            seen.roleSets.clear();
            seen.writing = write(beat);
            begun.add(seen.writing);
          }
        });
    return begun;
  }

  private CompletableFuture<Void> write(Heartbeat beat) {
    var done = new CompletableFuture<Void>();
    Thread.ofVirtual()
        .name("heartbeat")
        .start(
            () -> {
              try {
                heartbeats.report(beat);
                succeeded();
              } catch (StoreException e) {
                failed(String.valueOf(e.getMessage()));
              } catch (RuntimeException e) {
                failed(e.getClass().getName());
              } finally {
                done.complete(null);
              }
            });
    return done;
  }

  private synchronized void succeeded() {
    failing = false;
  }

  private void failed(String why) {
    boolean first;
    synchronized (this) {
      first = !failing;
      failing = true;
    }
    if (first) {
      failures.accept(why);
    }
  }
}
