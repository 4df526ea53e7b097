package dev.grantway.authorizer.keys;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A fetched key set, held. Refreshed on the calling thread (a Lambda freezes others) shortly before
 * its five minutes end, one fetch at a time; an outage keeps the last good set for 24 hours. An
 * unknown key id fetches anew at most once in 30 seconds after a success (TOKENS step 7).
 */
public final class CachedKeys implements KeySource {
  private static final Duration REFRESH_AFTER = Duration.ofSeconds(270);
  private static final Duration LAST_GOOD = Duration.ofHours(24);
  private static final Duration BETWEEN_UNKNOWN = Duration.ofSeconds(30);

  private final KeySetFetch fetch;
  private final Clock clock;
  private final KeySetEvents events;
  private final ReentrantLock oneFlight = new ReentrantLock();
  private final BackOff backOff = new BackOff();
  private final UnknownIds unknown = new UnknownIds();
  private volatile Optional<Held> held = Optional.empty();
  private volatile long attempts;

  private record Held(KeySet set, Instant since) {}

  /**
   * @param fetch one attempt
   * @param clock now
   * @param events told of failed attempts and unusable keys
   */
  public CachedKeys(KeySetFetch fetch, Clock clock, KeySetEvents events) {
    this.fetch = fetch;
    this.clock = clock;
    this.events = events;
  }

  @Override
  public KeyLookup find(Optional<String> id, Algorithm algorithm) throws KeysUnavailableException {
    if (older(REFRESH_AFTER)) {
      attempt(attempts, held.isPresent());
    }
    var first = current().set().find(id, algorithm);
    return first instanceof KeyLookup.Missing ? findAgain(id, algorithm) : first;
  }

  private KeyLookup findAgain(Optional<String> id, Algorithm algorithm)
      throws KeysUnavailableException {
    long seen = attempts;
    boolean fetched = !unknown.contains(id) && older(BETWEEN_UNKNOWN) && attempt(seen, false);
    var again = current().set().find(id, algorithm);
    if (!(again instanceof KeyLookup.Missing)) {
      return again;
    }
    if (fetched) {
      unknown.add(id);
    }
    return new KeyLookup.Missing(fetched);
  }

  private boolean older(Duration age) {
    return held.map(set -> !clock.instant().isBefore(set.since().plus(age))).orElse(true);
  }

  private Held current() throws KeysUnavailableException {
    if (older(LAST_GOOD)) {
      throw new KeysUnavailableException(
          held.isPresent() ? "the last good key set is too old" : "no key set was ever loaded");
    }
    return held.orElseThrow();
  }

  /**
   * Fetches unless somebody else has since {@code seen}, or a failure is too recent.
   *
   * @param elsewhereIsFine return at once while another thread fetches
   * @return whether a set was fetched after {@code seen}
   */
  private boolean attempt(long seen, boolean elsewhereIsFine) {
    if (elsewhereIsFine && !oneFlight.tryLock()) {
      return false;
    } else if (!elsewhereIsFine) {
      oneFlight.lock();
    }
    try {
      if (attempts != seen) {
        return backOff.none();
      }
      return backOff.over(clock.instant()) && fetchNow();
    } finally {
      oneFlight.unlock();
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // only the holder of oneFlight comes here
  private boolean fetchNow() {
    try {
      keep(fetch.fetch());
      backOff.reset();
      return true;
    } catch (FetchFailedException e) {
      backOff.failed(clock.instant());
      events.failed(String.valueOf(e.getMessage()));
      return false;
    } finally {
      attempts = attempts + 1;
    }
  }

  private void keep(KeySet fetched) {
    if (held.filter(before -> before.set().equals(fetched)).isEmpty()) {
      unknown.clear();
      if (!fetched.skipped().isEmpty()) {
        events.skipped(fetched.skipped());
      }
    }
    held = Optional.of(new Held(fetched, clock.instant()));
  }
}
