package dev.grantway.authorizer;

import dev.grantway.authorizer.freshness.Pulse;
import dev.grantway.authorizer.freshness.Served;
import dev.grantway.policy.RoleName;
import dev.grantway.store.Heartbeat;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Heartbeats of this instance, under a name that it draws at its start. */
final class Reports implements Pulse.Report {
  private static final int NAME_BYTES = 8;

  private final String instance;
  private final AuthorizerConfiguration settings;
  private final Clock clock;
  private final AtomicLong timeoutSeconds = new AtomicLong();

  Reports(AuthorizerConfiguration settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    var name = new byte[NAME_BYTES];
    new SecureRandom().nextBytes(name);
    instance = HexFormat.of().formatHex(name);
  }

  /** Notes how long a call has that has just begun; the longest is the timeout. */
  void told(Duration remaining) {
    timeoutSeconds.accumulateAndGet(remaining.plusMillis(999).toSeconds(), Math::max);
  }

  @Override
  public Heartbeat of(String api, String stage, Served served, Set<Set<RoleName>> roleSets) {
    var now = clock.instant();
    return new Heartbeat(
        instance,
        api,
        stage,
        now,
        served.revision(),
        served.live(),
        settings.cacheKey().text(),
        settings.cacheTtl(),
        settings.maxAge(),
        Duration.ofSeconds(timeoutSeconds.get()),
        settings.policyBytes(),
        settings.observeUntil().filter(now::isBefore),
        Optional.of(
            new Heartbeat.Told(
                settings.tokenSource().text(),
                settings.simpleResponses(),
                settings.resourcePolicyFence())),
        roleSets);
  }
}
