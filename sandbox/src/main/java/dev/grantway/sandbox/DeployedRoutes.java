package dev.grantway.sandbox;

import dev.grantway.policy.Api;
import dev.grantway.resource.RouteTable;
import dev.grantway.store.Head;
import dev.grantway.store.PolicyReader;
import dev.grantway.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * The routes that the gateway twin serves for one API: those of the table, looked at once a second
 * at most. API Gateway goes on with what is deployed when our table is away, and so does this.
 */
final class DeployedRoutes implements Supplier<RouteTable> {
  private static final Duration EVERY = Duration.ofSeconds(1);

  private record Seen(RouteTable routes, String hash, Instant at) {}

  private final PolicyReader policy;
  private final Clock clock;
  private final Api api;
  private volatile Seen seen;

  DeployedRoutes(PolicyReader policy, Clock clock, Api api) {
    this.policy = policy;
    this.clock = clock;
    this.api = api;
    this.seen = new Seen(api.routes(), "", Instant.EPOCH);
  }

  @Override
  public RouteTable get() {
    Seen last = seen;
    Instant now = clock.instant();
    if (now.isBefore(last.at().plus(EVERY))) {
      return last.routes();
    }
    seen = new Seen(last.routes(), last.hash(), now);
    try {
      Head head = policy.head();
      if (!head.hash().equals(last.hash())) {
        RouteTable routes =
            policy.api(api.id(), head).value().map(Api::routes).orElse(last.routes());
        seen = new Seen(routes, head.hash(), now);
      }
    } catch (StoreException away) {
      return last.routes();
    }
    return seen.routes();
  }
}
