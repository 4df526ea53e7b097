package dev.grantway.authorizer.freshness;

import dev.grantway.policy.RoleName;
import dev.grantway.store.Heartbeat;
import dev.grantway.store.Heartbeats;
import dev.grantway.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Reports what this instance serves, for each stage that it is asked about at most once a minute,
 * on a thread of its own: no answer waits for a report, nor fails with one. That it cannot read the
 * table any more, or can again, is told sooner, and tried again soon: until it is known, others may
 * take a publish for in force that this instance has not seen.
 */
public final class Pulse {
  private static final Duration BETWEEN = Duration.ofMinutes(1);
  private static final Duration BETWEEN_NEWS = Duration.ofSeconds(5);

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
     * @param served last
     */
    Heartbeat of(String api, String stage, Served served, Set<Set<RoleName>> roleSets);
  }

  private record Stage(String api, String stage) {}

  private static final class Seen {
    private final Pace pace = new Pace(BETWEEN);
    private final Pace news = new Pace(BETWEEN_NEWS);

    /** The latest last. What was seen once may be seen again, and is told as long as it fits. */
    private final LinkedHashSet<Set<RoleName>> roleSets = new LinkedHashSet<>();

    private CompletableFuture<Void> writing = CompletableFuture.completedFuture(null);
    private Served served = new Served(0, true);
    private boolean asked;
    private volatile boolean toldLive = true;

    void met(Set<RoleName> roles) {
      roleSets.remove(roles);
      roleSets.add(roles);
      if (roleSets.size() > Heartbeat.MOST_ROLE_SETS) {
        roleSets.removeFirst();
      }
    }

    boolean isDue(Instant now) {
      return asked && writing.isDone() && (served.live() == toldLive ? pace : news).mayBegin(now);
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
    asked(api, stage)
        .ifPresent(
            seen -> {
              seen.served = Served.of(view);
              seen.met(view.known());
            });
  }

  /** Notes that nothing could be served to a caller, since the table could not be read. */
  public synchronized void unread(String api, String stage) {
    asked(api, stage).ifPresent(seen -> seen.served = seen.served.unread());
  }

  private Optional<Seen> asked(String api, String stage) {
    var key = new Stage(api, stage);
    if (stages.size() >= MOST_STAGES && !stages.containsKey(key)) {
      return Optional.empty();
    }
    var seen = stages.computeIfAbsent(key, _ -> new Seen());
    seen.asked = true;
    return Optional.of(seen);
  }

  /** Begins the reports that are due; to be called when the answer is ready. */
  public synchronized List<CompletableFuture<Void>> beat() {
    List<CompletableFuture<Void>> begun = new ArrayList<>();
    stages.forEach(
        (key, seen) -> {
          if (seen.isDue(clock.instant())) {
            var beat =
                report.of(
                    key.api(),
                    key.stage(),
                    seen.served,
                    new LinkedHashSet<>(seen.roleSets.reversed()));
            seen.asked = false;
            seen.writing = write(beat, seen);
            begun.add(seen.writing);
          }
        });
    return begun;
  }

  private CompletableFuture<Void> write(Heartbeat beat, Seen of) {
    var done = new CompletableFuture<Void>();
    Thread.ofVirtual()
        .name("heartbeat")
        .start(
            () -> {
              try {
                heartbeats.report(beat);
                of.toldLive = beat.live();
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
