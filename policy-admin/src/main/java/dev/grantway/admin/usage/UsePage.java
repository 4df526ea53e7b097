package dev.grantway.admin.usage;

import dev.grantway.policy.RoleName;
import dev.grantway.usage.RouteCalls;
import java.time.Instant;
import java.util.List;

/**
 * The use of one stage's grants in the days up to today.
 *
 * @param days how many
 * @param told of how many of them logs tell
 * @param everyCall false: decision lines alone tell of some days
 * @param refused what policy data denied, the most often first
 * @param roles the roles that callers held directly, the most often first
 */
public record UsePage(
    int days, int told, boolean everyCall, List<RouteCalls> refused, List<Caller> roles) {
  public UsePage {
    refused = List.copyOf(refused);
    roles = List.copyOf(roles);
  }

  /** Callers who held a role directly. */
  public record Caller(RoleName role, long calls, long refused, Instant last) {}

  public boolean isComplete() {
    return told == days;
  }
}
