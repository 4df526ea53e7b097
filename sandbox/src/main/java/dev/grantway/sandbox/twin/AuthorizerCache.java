package dev.grantway.sandbox.twin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers kept by the values of the identity sources for the TTL: the document, never a verdict.
 * The least recently used go when it is full.
 */
final class AuthorizerCache {
  private static final int MOST = 10_000;

  private record Entry(AuthorizerAnswer answer, Instant until) {}

  private final Clock clock;
  private final Duration ttl;
  private long flushes;
  private final Map<List<List<String>>, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  AuthorizerCache(Clock clock, Duration ttl) {
    this.clock = clock;
    this.ttl = ttl;
  }

  synchronized Optional<AuthorizerAnswer> get(List<List<String>> identity) {
    Entry entry = entries.get(identity);
    return entry != null && clock.instant().isBefore(entry.until())
        ? Optional.of(entry.answer())
        : Optional.empty();
  }

  /**
   * Keeps an answer, unless it is later than an answer can be: one that lay about in a busy twin
   * would outlive a flush that came after every answer of its time.
   *
   * @param due when the function must have answered
   */
  synchronized void put(List<List<String>> identity, AuthorizerAnswer answer, Instant due) {
    Instant now = clock.instant();
    if (now.isAfter(due)) {
      return;
    }
    entries.put(identity, new Entry(answer, now.plus(ttl)));
    if (entries.size() > MOST) {
      entries.remove(entries.keySet().iterator().next());
    }
  }

  synchronized void flush() {
    entries.clear();
    flushes++;
  }

  /** How often it was flushed. */
  synchronized long flushes() {
    return flushes;
  }
}
