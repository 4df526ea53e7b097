package dev.grantway.benchmarks;

import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Policy;
import dev.grantway.policy.RoleName;
import dev.grantway.store.Assignments;
import dev.grantway.store.Bundle;
import dev.grantway.store.Head;
import dev.grantway.store.InMemoryPolicy;
import dev.grantway.store.PolicyReader;
import dev.grantway.store.Revocation;
import dev.grantway.store.Slice;
import dev.grantway.store.Touched;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Two policies in turn, under a new revision each second or each time head is read; everything is
 * touched by each. Every revision can be read at any time, and none takes memory.
 */
final class MovingPolicy implements PolicyReader {
  private final InMemoryPolicy odd;
  private final InMemoryPolicy even;
  private final Clock clock;
  private final Instant began;
  private final Duration lag;
  private final Optional<AtomicLong> reads;

  /**
   * A policy whose head moves each second: its number is how many there were, and one.
   *
   * @param odd of the odd revisions, of which the first is one
   * @param lag how late head is said to have moved; a right table has none
   */
  MovingPolicy(Policy odd, Policy even, Clock clock, Duration lag) {
    this(odd, even, clock, lag, Optional.empty());
  }

  /** One policy whose head is another whenever it is read: nothing held of it is good any more. */
  static MovingPolicy atEachRead(Policy policy, Clock clock) {
    return new MovingPolicy(policy, policy, clock, Duration.ZERO, Optional.of(new AtomicLong()));
  }

  private MovingPolicy(
      Policy odd, Policy even, Clock clock, Duration lag, Optional<AtomicLong> reads) {
    this.reads = reads;
    this.odd = InMemoryPolicy.of(odd, clock);
    this.even = InMemoryPolicy.of(even, clock);
    this.clock = clock;
    this.began = clock.instant();
    this.lag = lag;
  }

  /** How often head was read, of a policy whose head is another at each read. */
  long reads() {
    return reads.map(AtomicLong::get).orElse(0L);
  }

  /** The revision that was live then. */
  long liveAt(Instant then) {
    return Math.max(0, Duration.between(began, then).toSeconds()) + 1;
  }

  @Override
  public Head head() {
    var at = clock.instant().minus(lag);
    long revision = reads.map(AtomicLong::incrementAndGet).orElseGet(() -> liveAt(at));
    return new Head(
        revision, "hash-" + revision, at, new TreeSet<>(), 0, Touched.everything(revision), 0);
  }

  private InMemoryPolicy of(Head at) {
    return at.revision() % 2 == 1 ? odd : even;
  }

  private static <T> Bundle<T> at(Head at, Bundle<T> read) {
    return new Bundle<>(read.key(), at.revision(), at.revision(), read.valueOrNull());
  }

  @Override
  public Bundle<Slice> slice(RoleName role, ApiId api, Head at) {
    var memory = of(at);
    return at(at, memory.slice(role, api, memory.head()));
  }

  @Override
  public Bundle<Api> api(ApiId id, Head at) {
    var memory = of(at);
    return at(at, memory.api(id, memory.head()));
  }

  @Override
  public Bundle<Assignments> subjects(String issuer, String subject, Head at) {
    var memory = of(at);
    return at(at, memory.subjects(issuer, subject, memory.head()));
  }

  @Override
  public Bundle<Assignments> clients(String issuer, Head at) {
    var memory = of(at);
    return at(at, memory.clients(issuer, memory.head()));
  }

  @Override
  public Bundle<Assignments> groups(String issuer, Head at) {
    var memory = of(at);
    return at(at, memory.groups(issuer, memory.head()));
  }

  @Override
  public List<Revocation> revocations(long since) {
    return List.of();
  }
}
