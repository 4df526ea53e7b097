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
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The same policy under another revision each time head is read, everything of it touched: nothing
 * that was held of it or made from it is good any more. Reads cost no network.
 */
final class RestlessPolicy implements PolicyReader {
  private final InMemoryPolicy memory;
  private final Clock clock;
  private final AtomicLong revision = new AtomicLong();

  RestlessPolicy(Policy policy, Clock clock) {
    this.memory = InMemoryPolicy.of(policy, clock);
    this.clock = clock;
  }

  @Override
  public Head head() {
    long now = revision.incrementAndGet();
    return new Head(
        now, "hash-" + now, clock.instant(), new TreeSet<>(), 0, Touched.everything(now), 0);
  }

  private static <T> Bundle<T> at(Head at, Bundle<T> read) {
    return new Bundle<>(read.key(), at.revision(), at.revision(), read.valueOrNull());
  }

  @Override
  public Bundle<Slice> slice(RoleName role, ApiId api, Head at) {
    return at(at, memory.slice(role, api, memory.head()));
  }

  @Override
  public Bundle<Api> api(ApiId id, Head at) {
    return at(at, memory.api(id, memory.head()));
  }

  @Override
  public Bundle<Assignments> subjects(String issuer, String subject, Head at) {
    return at(at, memory.subjects(issuer, subject, memory.head()));
  }

  @Override
  public Bundle<Assignments> clients(String issuer, Head at) {
    return at(at, memory.clients(issuer, memory.head()));
  }

  @Override
  public Bundle<Assignments> groups(String issuer, Head at) {
    return at(at, memory.groups(issuer, memory.head()));
  }

  @Override
  public List<Revocation> revocations(long since) {
    return List.of();
  }
}
