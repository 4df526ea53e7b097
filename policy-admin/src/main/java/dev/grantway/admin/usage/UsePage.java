package dev.grantway.admin.usage;

import dev.grantway.policy.RoleName;
import dev.grantway.usage.RouteCalls;
import dev.grantway.usage.Told;
import java.time.Instant;
import java.util.List;

/**
 * The use of one stage's grants in the days up to today.
 *
 * @param told how complete the logs are of them
 * @param refused what policy data denied, the most often first
 * @param roles the roles that callers held directly, the most often first
 */
public record UsePage(Told told, List<RouteCalls> refused, List<Caller> roles) {
  public UsePage {
    refused = List.copyOf(refused);
    roles = List.copyOf(roles);
  }

  /** Callers who held a role directly. */
  public record Caller(RoleName role, long calls, long refused, Instant last) {}
}
