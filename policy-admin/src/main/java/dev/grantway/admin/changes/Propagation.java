package dev.grantway.admin.changes;

import dev.grantway.admin.AdminSettings;
import dev.grantway.admin.activity.Activity;
import dev.grantway.audit.ActivityKind;
import dev.grantway.policy.ApiId;
import dev.grantway.resource.ApiType;
import dev.grantway.store.Head;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Follows the live revision to the callers. The gateway's caches are flushed at once, and again
 * when no authorizer can still answer by an older head: until then an instance may fill the cache
 * with an old answer. Only the second flush counts; where it fails, answers must expire. While an
 * instance says that it cannot read, it may answer by an older head for its stale limit (UI
 * decision 6).
 */
@Component
class Propagation {
  /** One stage of an API; of WebSocket APIs nothing is cached. */
  record Stage(ApiId api, String apiName, ApiType type, String name) {}

  /** The longest that flushing every cache takes; {@link GatewayCaches} gives up before. */
  static final Duration FLUSHING = Duration.ofSeconds(5);

  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final GatewayCaches caches;
  private final Instances instances;
  private final Later later;
  private final Clock clock;
  private final Activity activity;
  private final Duration timeout;
  private final Duration settle;
  private final Duration stale;
  private final Duration ttl;
  private final Set<Stage> pending = new LinkedHashSet<>();
  private InForce state = InForce.UNKNOWN;
  private String hash = "";

  Propagation(
      GatewayCaches caches,
      Instances instances,
      Later later,
      Clock clock,
      Activity activity,
      AdminSettings settings) {
    this.caches = caches;
    this.instances = instances;
    this.later = later;
    this.clock = clock;
    this.activity = activity;
    this.timeout = settings.authorizerTimeout();
    this.settle = settings.policyMaxAge().plus(timeout);
    this.stale = settings.staleLimit().plus(timeout);
    this.ttl = settings.cacheTtl();
  }

  /**
   * One revision on its way.
   *
   * @param moved when head had moved for certain
   * @param settled from when no authorizer answers by an older head
   * @param news false where it was in force before this process saw it, as after a restart
   */
  private record Way(
      long revision,
      Instant at,
      Instant moved,
      Instant settled,
      List<String> connections,
      boolean news) {
    static Way from(
        long revision,
        Instant at,
        Instant moved,
        Instant settled,
        Set<Stage> stages,
        boolean news) {
      List<String> connections =
          stages.stream()
              .filter(it -> it.type() == ApiType.WEBSOCKET)
              .map(it -> it.apiName() + "/" + it.name())
              .sorted()
              .toList();
      return new Way(revision, at, moved, settled, connections, news);
    }

    Way settledAt(Instant later) {
      return new Way(revision, at, moved, later, connections, news);
    }

    InForce is(InForce.Phase phase, Instant by, Instant since) {
      return new InForce(revision, at, by, phase, since, connections);
    }
  }

  /** What is known without asking the table. */
  synchronized InForce last() {
    return state;
  }

  /**
   * Head was seen. One that is new to this process, published by another or before a restart, is
   * followed like its own.
   *
   * @param known what was known before head was read: where it is no longer, head may be older
   * @param stages whose caches may hold older answers
   */
  synchronized InForce seen(Head head, InForce known, Set<Stage> stages) {
    boolean overtaken = !state.equals(known);
    if (overtaken || head.revision() == 0 || head.hash().equals(hash)) {
      return state;
    }
    boolean news = clock.instant().isBefore(head.at().plus(stale).plus(ttl));
    return follow(head.revision(), head.hash(), head.at(), stages, news);
  }

  /**
   * Head has moved.
   *
   * @param at as the revision's record has it: its publisher's clock before the first write, which
   *     may be long before head moved
   */
  InForce published(long revision, String newHash, Instant at, Set<Stage> stages) {
    return follow(revision, newHash, at, stages, true);
  }

  private InForce follow(
      long revision, String newHash, Instant at, Set<Stage> stages, boolean news) {
    Instant now = clock.instant();
    Way way;
    InForce begun;
    synchronized (this) {
      pending.addAll(stages);
      // Those of an earlier revision too, which nothing else follows from now on.
      way = Way.from(revision, at, now, now.plus(settle), pending, news);
      begun = way.is(InForce.Phase.SPREADING, way.settled().plus(FLUSHING), Instant.EPOCH);
      hash = newHash;
      state = begun;
    }
    later.at(now, () -> flush(stages).note(activity, revision, "first"));
    later.at(way.settled(), () -> second(way));
    return begun;
  }

  private void second(Way way) {
    Set<Stage> stages;
    synchronized (this) {
      if (state.revision() != way.revision()) {
        return;
      }
      // Those of an earlier revision too, whose own second flush this one replaces.
      stages = Set.copyOf(pending);
    }
    Instant stalest = way.moved().plus(stale);
    if (clock.instant().isBefore(stalest) && lag(way, stages)) {
      lagging(way, stalest);
    } else if (last().phase() == InForce.Phase.LAGGING && way.settled().isBefore(stalest)) {
      // What an instance that can read again has begun before may still be under way.
      Instant ends = clock.instant().plus(timeout);
      var ended = way.settledAt(ends.isBefore(stalest) ? ends : stalest);
      show(way, way.is(InForce.Phase.SPREADING, ended.settled().plus(FLUSHING), Instant.EPOCH));
      later.at(ended.settled(), () -> second(ended));
    } else {
      lastFlush(way, stages);
    }
  }

  private boolean lag(Way way, Set<Stage> stages) {
    return instances.lagBehind(
        way.revision(), stages.stream().map(Stage::api).collect(Collectors.toSet()));
  }

  private void lagging(Way way, Instant stalest) {
    show(way, way.is(InForce.Phase.LAGGING, stalest.plus(FLUSHING), Instant.EPOCH));
    Instant again = clock.instant().plus(AGAIN);
    later.at(
        again.isBefore(stalest) ? again : stalest,
        () -> second(again.isBefore(stalest) ? way : way.settledAt(stalest)));
  }

  private void lastFlush(Way way, Set<Stage> stages) {
    Instant expired = way.settled().plus(ttl);
    Flushed flushed = flush(stages);
    boolean done = flushed.failed().isEmpty() || !clock.instant().isBefore(expired);
    synchronized (this) {
      if (state.revision() == way.revision()) {
        state =
            done
                ? way.is(InForce.Phase.IN_FORCE, state.by(), clock.instant())
                : way.is(InForce.Phase.EXPIRING, expired, Instant.EPOCH);
        if (done) {
          pending.removeAll(stages);
        }
      }
    }
    if (!done) {
      Instant again = clock.instant().plus(AGAIN);
      later.at(again.isBefore(expired) ? again : expired, () -> second(way));
    }
    flushed.note(activity, way.revision(), "second");
    if (done) {
      receipt(way, flushed.failed().isEmpty());
    }
  }

  /** What became of the promise, for whoever asks later since when a revision was in force. */
  private void receipt(Way way, boolean wasFlushed) {
    InForce reached = last();
    if (way.news() && reached.revision() == way.revision()) {
      activity.note(
          Activity.SYSTEM,
          ActivityKind.IN_FORCE,
          "revision " + way.revision(),
          Map.of(
              "published", way.at().toString(),
              "by", reached.by().toString(),
              "since", reached.since().toString(),
              "because", wasFlushed ? "flushed" : "expired",
              "connections", String.join(" ", way.connections())));
    }
  }

  private synchronized void show(Way way, InForce next) {
    if (state.revision() == way.revision()) {
      state = next;
    }
  }

  /** All at once, so that many stages take no longer than one. */
  private Flushed flush(Set<Stage> stages) {
    Map<String, Future<Boolean>> flushes = new TreeMap<>();
    try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Stage stage : stages) {
        if (stage.type() != ApiType.WEBSOCKET) {
          flushes.put(stage.api() + "/" + stage.name(), each.submit(() -> caches.flush(stage)));
        }
      }
    }
    var done = new TreeSet<String>();
    var failed = new TreeSet<String>();
    flushes.forEach(
        (stage, it) ->
            (it.state() == Future.State.SUCCESS && it.resultNow() ? done : failed).add(stage));
    return new Flushed(done, failed);
  }

  /** Stages by what became of their flush. */
  private record Flushed(SortedSet<String> done, SortedSet<String> failed) {

    /** Flushing widens nothing and must not wait for the log: it is recorded with its outcome. */
    void note(Activity activity, long revision, String which) {
      if (!done.isEmpty() || !failed.isEmpty()) {
        activity.note(
            Activity.SYSTEM,
            ActivityKind.FLUSH,
            "revision " + revision,
            Map.of(
                "which", which,
                "flushed", String.join(" ", done),
                "failed", String.join(" ", failed)));
      }
    }
  }
}
