package dev.grantway.authorizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Policy;
import dev.grantway.policy.RoleName;
import dev.grantway.revision.PolicyRows;
import dev.grantway.revision.Publication;
import dev.grantway.revision.PublishResult;
import dev.grantway.store.Assignments;
import dev.grantway.store.Bundle;
import dev.grantway.store.BundleKey;
import dev.grantway.store.Head;
import dev.grantway.store.InMemoryPolicy;
import dev.grantway.store.PolicyReader;
import dev.grantway.store.Revocation;
import dev.grantway.store.Slice;
import dev.grantway.store.StoreException;
import dev.grantway.store.Touched;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** A policy that can go down, be torn from a revision on, and be restored; it notes every read. */
public final class TestPolicy implements PolicyReader {
  /** Whether nothing can be read. */
  public volatile boolean down;

  /** Whether slices are something else: a bug on the calling thread. */
  public volatile boolean broken;

  /** Whether the revocations cannot be read. */
  public volatile boolean revocationsDown;

  /** Roles whose slices read torn at the given revision and later. */
  public final ConcurrentHashMap<RoleName, Long> torn = new ConcurrentHashMap<>();

  /** The hash that every head is said to have; empty for its own. */
  public volatile String hash = "";

  /** What happens meanwhile when the revocations are read for the next time. */
  public final AtomicReference<Runnable> duringRevocations = new AtomicReference<>(() -> {});

  /** What happens while anything is read. */
  public volatile Runnable duringReads = () -> {};

  /** Every read, in the order begun. */
  public final ConcurrentLinkedQueue<String> reads = new ConcurrentLinkedQueue<>();

  private final Clock clock;
  private volatile InMemoryPolicy memory;
  private volatile Policy policy;
  private volatile Optional<Touched> touched = Optional.empty();

  public TestPolicy(Policy policy, Clock clock) {
    this.clock = clock;
    this.policy = policy;
    this.memory = InMemoryPolicy.of(policy, clock);
  }

  /** Publishes the difference as the next revision. */
  public void publish(Policy next) {
    var head = memory.head();
    var publication =
        new Publication(
            PolicyRows.diff(policy, next), head.revision(), head.hash(), "ana", List.of(), "t", "");
    assertThat(memory.publish(publication)).isInstanceOf(PublishResult.Published.class);
    policy = next;
  }

  /** The same for a change of one role's slice, marked as exactly that, as the table marks it. */
  public void publishSlice(Policy next, String role) {
    publish(next);
    var head = memory.head();
    var key = new BundleKey("ROLE#" + role, "A#" + Policies.ORDERS + "#");
    touched = Optional.of(Touched.NOTHING.after(head.revision(), List.of(key)));
  }

  /** Another table under the same name: its numbers begin anew. */
  public void restore(Policy other) {
    policy = other;
    memory = InMemoryPolicy.of(other, clock);
  }

  /** The same with no bundle marked as touched, so that only the head's hash tells. */
  public void restoreUnmarked(Policy other) {
    restore(other);
    touched = Optional.of(Touched.NOTHING);
  }

  public void revoke(Revocation revocation) {
    memory.revoke(revocation);
  }

  public Set<String> readsSince(Runnable work) {
    reads.clear();
    work.run();
    return Set.copyOf(reads);
  }

  private <T> T read(String what, Supplier<T> read) {
    reads.add(what);
    duringReads.run();
    if (down) {
      throw new StoreException.Unavailable("the table is down", null);
    }
    return read.get();
  }

  @Override
  public Head head() {
    return read("head", () -> touched.map(this::headWith).orElseGet(() -> hashed(memory.head())));
  }

  private Head headWith(Touched precise) {
    var head = memory.head();
    return hashed(
        new Head(
            head.revision(),
            head.hash(),
            head.at(),
            head.gaps(),
            head.floor(),
            precise,
            head.epoch()));
  }

  private Head hashed(Head head) {
    return hash.isEmpty()
        ? head
        : new Head(
            head.revision(),
            hash,
            head.at(),
            head.gaps(),
            head.floor(),
            head.touched(),
            head.epoch());
  }

  @SuppressWarnings("unchecked") // the bug that is wanted
  private Bundle<Slice> noSlice(ApiId api, Head at) {
    return (Bundle<Slice>) (Bundle<?>) memory.api(api, at);
  }

  @Override
  public Bundle<Slice> slice(RoleName role, ApiId api, Head at) {
    return read(
        "slice " + role,
        () -> {
          if (torn.getOrDefault(role, Long.MAX_VALUE) <= at.revision()) {
            throw new StoreException.Torn(
                new BundleKey("ROLE#" + role, "A#" + api), "lacks a chunk");
          }
          return broken ? noSlice(api, at) : memory.slice(role, api, at);
        });
  }

  @Override
  public Bundle<Api> api(ApiId id, Head at) {
    return read("api", () -> memory.api(id, at));
  }

  @Override
  public Bundle<Assignments> subjects(String issuer, String subject, Head at) {
    return read("subjects", () -> memory.subjects(issuer, subject, at));
  }

  @Override
  public Bundle<Assignments> clients(String issuer, Head at) {
    return read("clients", () -> memory.clients(issuer, at));
  }

  @Override
  public Bundle<Assignments> groups(String issuer, Head at) {
    return read("groups", () -> memory.groups(issuer, at));
  }

  @Override
  public List<Revocation> revocations(long since) {
    return read(
        "revocations",
        () -> {
          if (revocationsDown) {
            throw new StoreException.Unavailable("the revocations cannot be read", null);
          }
          duringRevocations.getAndSet(() -> {}).run();
          return memory.revocations(since);
        });
  }
}
