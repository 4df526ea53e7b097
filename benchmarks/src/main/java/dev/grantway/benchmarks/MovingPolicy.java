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
import java.util.TreeSet;

/**
 * Two policies in turn, the other one each second: the revision is the number of seconds since it
 * was made, and one. Every revision can be read at any time, and none takes memory.
 */
final class MovingPolicy implements PolicyReader {
  private final InMemoryPolicy odd;
  private final InMemoryPolicy even;
  private final Clock clock;
  private final Instant began;
  private final Duration lag;

  /**
   * A policy whose head moves.
   *
   * @param odd of the odd revisions, of which the first is one
   * @param lag how late head is said to have moved; a right table has none
   */
  MovingPolicy(Policy odd, Policy even, Clock clock, Duration lag) {
    this.odd = InMemoryPolicy.of(odd, clock);
    this.even = InMemoryPolicy.of(even, clock);
    this.clock = clock;
    this.began = clock.instant();
    this.lag = lag;
  }

  /** The revision that was live then. */
  long liveAt(Instant then) {
    return Math.max(0, Duration.between(began, then).toSeconds()) + 1;
  }

  @Override
  public Head head() {
    var at = clock.instant().minus(lag);
    long revision = liveAt(at);
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
