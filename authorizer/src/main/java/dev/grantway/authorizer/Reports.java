package dev.grantway.authorizer;

import dev.grantway.authorizer.freshness.PolicyView;
import dev.grantway.authorizer.freshness.Pulse;
import dev.grantway.policy.RoleName;
import dev.grantway.store.Heartbeat;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Set;

/** Heartbeats of this instance, under a name that it draws at its start. */
final class Reports implements Pulse.Report {
  private static final int NAME_BYTES = 8;

  private final String instance;
  private final AuthorizerConfiguration settings;
  private final Clock clock;

  Reports(AuthorizerConfiguration settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    var name = new byte[NAME_BYTES];
    new SecureRandom().nextBytes(name);
    instance = HexFormat.of().formatHex(name);
  }

  @Override
  public Heartbeat of(String api, String stage, PolicyView view, Set<Set<RoleName>> roleSets) {
    var now = clock.instant();
    return new Heartbeat(
        instance,
        api,
        stage,
        now,
        view.revision(),
        !view.stale(),
        CacheKeys.text(settings.cacheKey()),
        settings.cacheTtl(),
        settings.maxAge(),
        settings.policyBytes(),
        settings.observeUntil().filter(now::isBefore),
        roleSets);
  }
}
