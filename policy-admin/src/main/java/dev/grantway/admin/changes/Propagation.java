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
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/**
 * Follows the live revision to the callers. The gateway's caches are flushed at once, and again
 * when no authorizer can still answer by an older head: until then an instance may fill the cache
 * with an old answer. Only the second flush counts; where it fails, answers must expire.
 */
@Component
class Propagation {
  /** One stage of an API that caches answers; of WebSocket APIs there is none. */
  record Stage(ApiId api, ApiType type, String name) {}

  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final GatewayCaches caches;
  private final Later later;
  private final Clock clock;
  private final Activity activity;
  private final Duration settle;
  private final Duration expire;
  private final Set<Stage> pending = new LinkedHashSet<>();
  private InForce state = InForce.UNKNOWN;
  private String hash = "";

  Propagation(
      GatewayCaches caches, Later later, Clock clock, Activity activity, AdminSettings settings) {
    this.caches = caches;
    this.later = later;
    this.clock = clock;
    this.activity = activity;
    this.settle = settings.policyMaxAge().plus(settings.authorizerTimeout());
    this.expire = settle.plus(settings.cacheTtl());
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
    return published(head.revision(), head.hash(), head.at(), stages);
  }

  InForce published(long revision, String newHash, Instant at, Set<Stage> stages) {
    Instant by = at.plus(settle);
    var begun = new InForce(revision, at, by, InForce.Phase.SPREADING, Instant.EPOCH);
    synchronized (this) {
      hash = newHash;
      state = begun;
      pending.addAll(stages);
    }
    Instant now = clock.instant();
    if (now.isBefore(by)) {
      later.at(now, () -> flush(stages, revision, "first"));
    }
    later.at(by, () -> second(begun));
    return begun;
  }

  private void second(InForce of) {
    Set<Stage> stages;
    synchronized (this) {
      if (state.revision() != of.revision()) {
        return;
      }
      // Those of an earlier revision too, whose own second flush this one replaces.
      stages = Set.copyOf(pending);
    }
    Instant expired = of.publishedAt().plus(expire);
    boolean done = flush(stages, of.revision(), "second") || !clock.instant().isBefore(expired);
    InForce next = done ? inForce(of) : expiring(of, expired);
    synchronized (this) {
      if (state.revision() != of.revision()) {
        return;
      }
      state = next;
      if (done) {
        pending.removeAll(stages);
      }
    }
    if (!done) {
      Instant again = clock.instant().plus(AGAIN);
      later.at(again.isBefore(expired) ? again : expired, () -> second(next));
    }
  }

  private InForce inForce(InForce of) {
    return new InForce(
        of.revision(), of.publishedAt(), of.by(), InForce.Phase.IN_FORCE, clock.instant());
  }

  private static InForce expiring(InForce of, Instant by) {
    return new InForce(of.revision(), of.publishedAt(), by, InForce.Phase.EXPIRING, Instant.EPOCH);
  }

  /** Flushing widens nothing and must not wait for the log: it is recorded with its outcome. */
  private boolean flush(Set<Stage> stages, long revision, String which) {
    var failed = new TreeSet<String>();
    var flushed = new TreeSet<String>();
    for (Stage stage : stages) {
      (caches.flush(stage) ? flushed : failed).add(stage.api() + "/" + stage.name());
    }
    if (!stages.isEmpty()) {
      activity.note(
          Activity.SYSTEM,
          ActivityKind.FLUSH,
          "revision " + revision,
          Map.of(
              "which", which,
              "flushed", String.join(" ", flushed),
              "failed", String.join(" ", failed)));
    }
    return failed.isEmpty();
  }
}
