package dev.grantway.sandbox;

import dev.grantway.policy.Api;
import dev.grantway.resource.RouteTable;
import dev.grantway.store.Head;
import dev.grantway.store.PolicyReader;
import dev.grantway.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The routes that the gateway twin serves for one API: those of the table, looked at once a second
 * at most. API Gateway goes on with what is deployed when our table is away, and so does this.
 */
final class DeployedRoutes implements Supplier<RouteTable> {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private record Seen(RouteTable routes, String hash, Instant at) {}

  private final PolicyReader policy;
  private final Clock clock;
  private final Api api;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile Seen seen;

  DeployedRoutes(PolicyReader policy, Clock clock, Api api) {
    this.policy = policy;
    this.clock = clock;
    this.api = api;
    this.seen = new Seen(api.routes(), "", Instant.EPOCH);
  }

  @Override
  public RouteTable get() {
    Instant now = clock.instant();
    if (now.isBefore(seen.at().plus(EVERY)) || !looking.compareAndSet(false, true)) {
      return seen.routes();
    }
    // A table that hangs must not hang the gateway: the answer is awaited for a moment only.
    var looked =
        CompletableFuture.runAsync(() -> look(now), task -> Thread.ofVirtual().start(task));
    try {
      looked.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException late) {
      return seen.routes();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return seen.routes();
  }

  private void look(Instant now) {
    Seen last = seen;
    seen = new Seen(last.routes(), last.hash(), now);
    try {
      Head head = policy.head();
      if (!head.hash().equals(last.hash())) {
        RouteTable routes =
            policy.api(api.id(), head).value().map(Api::routes).orElse(last.routes());
        seen = new Seen(routes, head.hash(), now);
      }
    } catch (StoreException away) {
      // What is deployed stays.
    } finally {
      looking.set(false);
    }
  }
}
