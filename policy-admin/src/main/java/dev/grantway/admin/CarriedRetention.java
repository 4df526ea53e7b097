package dev.grantway.admin;

import dev.grantway.admin.activity.Activity;
import dev.grantway.audit.ActivityKind;
import dev.grantway.store.AsOf;
import dev.grantway.store.PolicyRepository;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Carries out the retention that owners set: removes what only revisions before the one that was in
 * force that many days ago show, and records that first. Without retention nothing is ever removed
 * (REV-07).
 */
final class CarriedRetention implements Runnable {
  private final PolicyRepository policy;
  private final LongConsumer keepFrom;
  private final Activity activity;
  private final Clock clock;

  /**
   * @param keepFrom removes what only revisions before that one show; goes on where one that died
   *     stopped
   */
  CarriedRetention(PolicyRepository policy, LongConsumer keepFrom, Activity activity, Clock clock) {
    this.policy = policy;
    this.keepFrom = keepFrom;
    this.activity = activity;
    this.clock = clock;
  }

  @Override
  public void run() {
    policy.live().rules().retention().days().ifPresent(this::keep);
  }

  private void keep(int days) {
    Instant oldest = clock.instant().minus(Duration.ofDays(days));
    long kept = policy.head().floor();
    policy
        .asOf(oldest)
        .map(AsOf::revision)
        .filter(from -> from > 0 && from >= kept)
        .ifPresent(
            from -> {
              if (from > kept) {
                activity.record(
                    Activity.SYSTEM,
                    ActivityKind.RETENTION,
                    "revision " + from,
                    Map.of("days", Integer.toString(days)));
              }
              keepFrom.accept(from);
            });
  }
}
