package dev.grantway.admin.wiring;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * How often wiring is looked at, and by what it is judged.
 *
 * @param every how long after one look the next is due; zero: only when somebody asks
 * @param revocationBudget the longest that a kept answer may outlive a revocation
 */
@ConfigurationProperties("grantway.wiring")
public record WiringSettings(
    @DurationUnit(ChronoUnit.SECONDS) Duration every,
    @DurationUnit(ChronoUnit.SECONDS) Duration revocationBudget) {
  private static final Duration LEAST = Duration.ofSeconds(10);

  public WiringSettings {
    if (every.isNegative() || every.isPositive() && every.compareTo(LEAST) < 0) {
      throw new IllegalArgumentException(
          "GRANTWAY_WIRING_EVERY is `" + every + "`: set it to 10s or more, or to 0 for never");
    }
    if (revocationBudget.isNegative()) {
      throw new IllegalArgumentException(
          "GRANTWAY_REVOCATION_BUDGET is `" + revocationBudget + "`: set it to 0 or more");
    }
  }
}
