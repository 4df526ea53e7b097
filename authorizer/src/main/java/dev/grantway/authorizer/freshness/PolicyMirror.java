package dev.grantway.authorizer.freshness;

import dev.grantway.authorizer.freshness.HeldHeads.Known;
import dev.grantway.store.Bundle;
import dev.grantway.store.Head;
import dev.grantway.store.PolicyReader;
import dev.grantway.store.Revocation;
import dev.grantway.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What this instance holds of the policy, and how it is kept current: no read while head is younger
 * than {@code maxAge} and everything is held; otherwise one parallel round, and at most two more
 * for inherited and assigned roles (MODEL section 5).
 */
public final class PolicyMirror {
  /** Head, what is named, what that assigns and what that inherits take four. */
  private static final int ROUNDS = 6;

  private final Reads reads;
  private final Clock clock;
  private final Duration maxAge;
  private final Duration staleLimit;
  private final HeldHeads heads = new HeldHeads();
  private final HeldBundles bundles = new HeldBundles();
  private volatile Revocations revocations = Revocations.NONE;

  /** How often the table was found restored: what began before belongs to another table. */
  private volatile int restores;

  /**
   * @param maxAge how old head may be before it is asked for again
   * @param staleLimit how long what is held complete serves after head was last known live
   */
  public PolicyMirror(PolicyReader reader, Clock clock, Duration maxAge, Duration staleLimit) {
    this.reads = new Reads(reader, clock);
    this.clock = clock;
    this.maxAge = maxAge;
    this.staleLimit = staleLimit;
  }

  /**
   * The policy of a principal, of one revision, live within {@code maxAge} or marked stale.
   *
   * @throws PolicyUnavailableException where nothing complete may serve (REV-08, SEM-12)
   */
  public PolicyView view(Needs needs) throws PolicyUnavailableException {
    int began = restores;
    try {
      return live(needs, began);
    } catch (StoreException failure) {
      if (began == restores) {
        return stale(needs, failure);
      }
    }
    // The table was found restored meanwhile: it is asked once more, as it stands now.
    try {
      return live(needs, restores);
    } catch (StoreException failure) {
      return stale(needs, failure);
    }
  }

  int restores() {
    return restores;
  }

  private PolicyView live(Needs needs, int began) {
    var now = clock.instant();
    var latest = heads.latest();
    boolean current =
        latest.filter(known -> !now.isAfter(known.confirmedAt().plus(maxAge))).isPresent();
    if (latest.isEmpty()) {
      var first = Reads.await(reads.head());
      confirm(first, began);
      return gather(needs, first.head(), true, true, began);
    }
    return gather(needs, latest.get().head(), current, true, began);
  }

  private PolicyView gather(Needs needs, Head from, boolean confirmed, boolean live, int began) {
    var gathered = new Gathered(needs, clock.instant(), began);
    var head = from;
    boolean current = confirmed;
    for (int round = 0; round < ROUNDS; round++) {
      takeHeld(gathered, head);
      var missing = gathered.missing();
      if (current && missing.isEmpty() && revocations.epoch() >= head.epoch()) {
        checkSameTable(gathered.restores());
        return gathered.view(head, revocations, !live);
      }
      head = round(gathered, head, current);
      current = true;
    }
    throw new StoreException.Unavailable("the policy was not complete after its last read", null);
  }

  private void takeHeld(Gathered gathered, Head head) {
    boolean more = true;
    while (more) {
      more = false;
      for (var slot : gathered.missing()) {
        var held = bundles.find(slot, head);
        held.ifPresent(bundle -> gathered.put(slot, bundle));
        more |= held.isPresent();
      }
    }
  }

  /** One parallel round of reads; gives the head that what is gathered is right at. */
  private Head round(Gathered gathered, Head at, boolean current) {
    Optional<CompletableFuture<Known>> headRead =
        current ? Optional.empty() : Optional.of(reads.head());
    Map<Slot, CompletableFuture<Bundle<?>>> started = new LinkedHashMap<>();
    gathered.missing().forEach(slot -> started.put(slot, reads.bundle(slot, at)));
    Optional<CompletableFuture<List<Revocation>>> log =
        revocations.epoch() < at.epoch()
            ? Optional.of(reads.revocations(revocations.epoch()))
            : Optional.empty();
    var next = headRead.map(Reads::await);
    next.ifPresent(known -> confirm(at, known, gathered));
    var head = next.map(Known::head).orElse(at);
    log.map(Reads::await)
        .filter(_ -> !isRestored(at, head))
        .ifPresent(entries -> take(entries, at.epoch(), gathered.restores()));
    started.forEach((slot, read) -> take(gathered, slot, read, at, head));
    return head;
  }

  private void confirm(Head before, Known now, Gathered gathered) {
    if (isRestored(before, now.head())) {
      gathered.beginAnew(forget(gathered.restores()));
    } else {
      gathered.keepOnly(now.head());
    }
    confirm(now, gathered.restores());
  }

  private synchronized void confirm(Known known, int began) {
    checkSameTable(began);
    heads.confirm(known.head(), known.confirmedAt());
  }

  /** Another call has found the table restored: what this one has read is of the table before. */
  private void checkSameTable(int began) {
    if (began != restores) {
      throw new StoreException.Unavailable("the table was restored while it was read", null);
    }
  }

  private static boolean isRestored(Head before, Head now) {
    return !now.continues(before) || now.epoch() < before.epoch();
  }

  /** The table was restored: nothing read before may be used. */
  private synchronized int forget(int began) {
    checkSameTable(began);
    heads.clear();
    bundles.clear();
    revocations = Revocations.NONE;
    restores++;
    return restores;
  }

  private synchronized void take(List<Revocation> entries, long upTo, int began) {
    checkSameTable(began);
    revocations = revocations.with(entries, upTo);
  }

  private synchronized void keep(Slot slot, Bundle<?> bundle, int began) {
    checkSameTable(began);
    bundles.keep(slot, bundle);
  }

  private void take(
      Gathered gathered, Slot slot, CompletableFuture<Bundle<?>> read, Head at, Head head) {
    boolean same = head.hash().equals(at.hash());
    try {
      var bundle = Reads.await(read);
      if (head.continues(at)) {
        keep(slot, bundle, gathered.restores());
      }
      if (same || head.continues(at) && head.stillHolds(bundle.key(), bundle.readAt())) {
        gathered.put(slot, bundle);
      }
    } catch (StoreException.Torn e) {
      // Head has moved meanwhile: what is torn at the old one may be whole at the new one.
      if (same) {
        throw e;
      }
    }
  }

  /** REV-08, SEM-12: the last revision held complete, for a while, or nothing. */
  private PolicyView stale(Needs needs, StoreException failure) throws PolicyUnavailableException {
    int began = restores;
    var now = clock.instant();
    var known = heads.newestFirst();
    for (int i = 0; i < known.size(); i++) {
      boolean torn = failure instanceof StoreException.Torn && i > 0;
      var view = earlier(needs, known.get(i), now, torn, began);
      if (view.isPresent()) {
        return view.get();
      }
    }
    throw new PolicyUnavailableException(failure);
  }

  private Optional<PolicyView> earlier(
      Needs needs, Known known, Instant now, boolean mayRead, int began) {
    if (now.isAfter(known.confirmedAt().plus(staleLimit))) {
      return Optional.empty();
    }
    var gathered = new Gathered(needs, now, began);
    takeHeld(gathered, known.head());
    if (gathered.missing().isEmpty() && revocations.epoch() >= known.head().epoch()) {
      return Optional.of(gathered.view(known.head(), revocations, true));
    }
    try {
      return mayRead
          ? Optional.of(gather(needs, known.head(), true, false, began))
          : Optional.empty();
    } catch (StoreException e) {
      return Optional.empty();
    }
  }
}
