package dev.grantway.admin.changes;

import dev.grantway.revision.Draft;
import dev.grantway.store.Head;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Looks at head, and at drafts that open pages show, behind these pages and only while they ask: a
 * poll waits for no table, and what others publish and edit, in other processes too, is known
 * within seconds.
 */
@Component
class Lookout {
  private static final Duration EVERY = Duration.ofSeconds(2);

  /** A page asks every few seconds; what nobody asked of for so long is shown nowhere. */
  private static final Duration FORGOTTEN = Duration.ofSeconds(30);

  private final PolicyRepository repository;
  private final Propagation propagation;
  private final Later later;
  private final Clock clock;
  private final Map<String, Watched> drafts = new ConcurrentHashMap<>();
  private boolean looking;
  private Instant looked = Instant.EPOCH;

  Lookout(PolicyRepository repository, Propagation propagation, Later later, Clock clock) {
    this.repository = repository;
    this.propagation = propagation;
    this.later = later;
    this.clock = clock;
  }

  private record Watched(Instant asked, int steps) {}

  /** Where the live revision is on its way, as the table says; as known where it says nothing. */
  InForce look() {
    try {
      InForce last = propagation.last();
      Head head = repository.head();
      boolean known = head.revision() == last.revision() && head.revision() != 0;
      return known ? last : propagation.seen(head, last, Stages.every(repository.live()));
    } catch (StoreException down) {
      return propagation.last();
    }
  }

  /** The same as known; the table is looked at behind. */
  InForce known() {
    lookBehind();
    return propagation.last();
  }

  /** How often somebody edited or spoke of an open draft, as known; 0: not known yet. */
  int knownSteps(String draft) {
    int steps =
        drafts
            .merge(
                draft,
                new Watched(clock.instant(), 0),
                (before, now) -> new Watched(now.asked(), before.steps()))
            .steps();
    lookBehind();
    return steps;
  }

  private void lookBehind() {
    Instant now = clock.instant();
    synchronized (this) {
      if (looking || now.isBefore(looked.plus(EVERY))) {
        return;
      }
      looking = true;
    }
    later.at(now, this::lookOnce);
  }

  private void lookOnce() {
    try {
      look();
      lookAtDrafts();
    } finally {
      synchronized (this) {
        looking = false;
        looked = clock.instant();
      }
    }
  }

  private void lookAtDrafts() {
    Instant oldest = clock.instant().minus(FORGOTTEN);
    drafts.values().removeIf(it -> it.asked().isBefore(oldest));
    try {
      for (String id : drafts.keySet()) {
        Optional<Draft> draft = repository.drafts().find(id);
        int steps = draft.map(DraftState::said).orElse(0);
        drafts.computeIfPresent(id, (same, it) -> new Watched(it.asked(), steps));
      }
    } catch (StoreException down) {
      // What is known stays; the next look asks again.
    }
  }
}
