package dev.grantway.authorizer.freshness;

import dev.grantway.authorizer.freshness.HeldHeads.Known;
import dev.grantway.store.Bundle;
import dev.grantway.store.Head;
import dev.grantway.store.LiveRevocations;
import dev.grantway.store.PolicyReader;
import dev.grantway.store.Revocation;
import dev.grantway.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

  /** Where head is asked for at every call, what strangers cause still has an end. */
  private static final Duration LEAST_PACE = Duration.ofSeconds(1);

  private final Reads reads;
  private final Clock clock;
  private final Duration maxAge;
  private final Duration staleLimit;
  private final Pace pace;
  private final HeldHeads heads = new HeldHeads();
  private final HeldBundles bundles = new HeldBundles();
  private final HeldHoldings holdings = new HeldHoldings();
  private volatile LiveRevocations revocations = LiveRevocations.NONE;

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
    this.pace = new Pace(maxAge.compareTo(LEAST_PACE) < 0 ? LEAST_PACE : maxAge);
  }

  /**
   * The policy of a principal, of one revision, live within {@code maxAge} or marked stale.
   *
   * @throws PolicyUnavailableException where nothing complete may serve (REV-08, SEM-12)
   */
  public PolicyView view(Needs needs) throws PolicyUnavailableException {
    return view(needs, HeadRead.NONE);
  }

  /**
   * The same with the read of head that was begun for this call; where it fails it is not repeated.
   *
   * @throws PolicyUnavailableException where nothing complete may serve
   */
  public PolicyView view(Needs needs, HeadRead ahead) throws PolicyUnavailableException {
    int began = restores;
    try {
      return live(needs, ahead, began);
    } catch (StoreException failure) {
      if (began == restores) {
        return stale(needs, failure);
      }
    }
    // The table was found restored meanwhile: it is asked once more, as it stands now.
    try {
      return live(needs, HeadRead.NONE, restores);
    } catch (StoreException failure) {
      return stale(needs, failure);
    }
  }

  int restores() {
    return restores;
  }

  /**
   * Begins to read head where it is too old, for a call whose token is not verified yet: whoever
   * can write a token that looks right makes at most one such read in {@code maxAge}, whatever
   * becomes of it.
   */
  public HeadRead ahead() {
    var now = clock.instant();
    return !isCurrent(heads.latest(), now) && pace.mayBegin(now)
        ? HeadRead.of(reads.head())
        : HeadRead.NONE;
  }

  /** When the table last said which revision is head; empty where it never did. */
  public Optional<Instant> lastLive() {
    return heads.latest().map(Known::confirmedAt);
  }

  private boolean isCurrent(Optional<Known> latest, Instant now) {
    return latest.filter(known -> !now.isAfter(known.confirmedAt().plus(maxAge))).isPresent();
  }

  private PolicyView live(Needs needs, HeadRead ahead, int began) {
    var gathered = new Gathered(needs, clock.instant(), began);
    var latest = heads.latest();
    if (latest.isEmpty()) {
      var first = Reads.await(ahead.orElse(reads::head));
      gathered.waitedFor(1);
      confirm(first, began);
      return gather(gathered, first, HeadRead.NONE);
    }
    var known = latest.get();
    if (!isCurrent(latest, clock.instant())) {
      return gather(gathered, known, HeadRead.of(ahead.orElse(reads::head)));
    }
    return kept(gathered, known).orElseGet(() -> gather(gathered, known, HeadRead.NONE));
  }

  /** Without looking at a single slice, where a caller with the same roles was served before. */
  private Optional<PolicyView> kept(Gathered gathered, Known known) {
    var head = known.head();
    for (var slot : gathered.assigning()) {
      var held = bundles.find(slot, head);
      if (held.isEmpty()) {
        return Optional.empty();
      }
      gathered.put(slot, held.get());
    }
    var revoked = revocations;
    if (revoked.epoch() < head.epoch()) {
      return Optional.empty();
    }
    var view = gathered.view(known, revoked, holdings);
    checkSameTable(gathered.restores());
    return view;
  }

  /**
   * Reads until everything is there.
   *
   * @param headRead under way where the head given is too old; none where it is right
   */
  private PolicyView gather(Gathered gathered, Known from, HeadRead headRead) {
    var known = from;
    var pending = headRead;
    for (int round = 0; round < ROUNDS; round++) {
      takeHeld(gathered, known.head());
      boolean complete =
          gathered.missing().isEmpty() && revocations.epoch() >= known.head().epoch();
      if (complete && pending.equals(HeadRead.NONE)) {
        checkSameTable(gathered.restores());
        return gathered.keptView(known, revocations, holdings);
      }
      known = round(gathered, known, pending);
      pending = HeadRead.NONE;
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
  private Known round(Gathered gathered, Known from, HeadRead headRead) {
    var at = from.head();
    Map<Slot, CompletableFuture<Bundle<?>>> started = new LinkedHashMap<>();
    gathered.missing().forEach(slot -> started.put(slot, reads.bundle(slot, at)));
    Optional<CompletableFuture<List<Revocation>>> log =
        revocations.epoch() < at.epoch()
            ? Optional.of(reads.revocations(revocations.epoch()))
            : Optional.empty();
    var next = headRead.read().map(Reads::await);
    gathered.waitedFor(started.size() + (next.isPresent() ? 1 : 0) + (log.isPresent() ? 1 : 0));
    next.ifPresent(it -> confirm(at, it, gathered));
    var known = next.orElse(from);
    var head = known.head();
    log.map(Reads::await)
        .filter(_ -> !isRestored(at, head))
        .ifPresent(entries -> take(entries, at.epoch(), gathered.restores()));
    started.forEach((slot, read) -> take(gathered, slot, read, at, head));
    return known;
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
    holdings.clear();
    revocations = LiveRevocations.NONE;
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
    var limit = known.confirmedAt().plus(staleLimit);
    if (now.isAfter(limit)) {
      return Optional.empty();
    }
    var gathered = new Gathered(needs, now, began);
    takeHeld(gathered, known.head());
    boolean complete = gathered.missing().isEmpty() && revocations.epoch() >= known.head().epoch();
    if (!complete && !mayRead) {
      return Optional.empty();
    }
    try {
      var view = gather(gathered, known, HeadRead.NONE);
      return Optional.of(view.staleUntil(limit.truncatedTo(ChronoUnit.SECONDS)));
    } catch (StoreException e) {
      return Optional.empty();
    }
  }
}
