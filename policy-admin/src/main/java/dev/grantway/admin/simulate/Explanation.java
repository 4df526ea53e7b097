package dev.grantway.admin.simulate;

import dev.grantway.admin.common.Sentence;
import dev.grantway.decision.Applicability;
import dev.grantway.decision.Decision;
import dev.grantway.decision.TriedCondition;
import dev.grantway.policy.Permission;
import dev.grantway.policy.RoleName;
import java.time.Instant;
import java.util.List;

/** What became of a question. */
public sealed interface Explanation {

  /**
   * Decided anew.
   *
   * @param at the instant that validities were held against
   * @param head the live revision
   * @param by the permissions that determined it
   * @param nearest on a default deny, those that failed on one test
   * @param everyRole whether all permissions of the API were looked at for those
   * @param inherited roles that the caller held by inheritance
   * @param unknown conditions that mattered and that a link holds nothing to evaluate by
   */
  record Decided(
      Instant at,
      long head,
      Decision decision,
      List<Permission> by,
      List<Near> nearest,
      boolean everyRole,
      List<RoleName> inherited,
      List<TriedCondition> unknown)
      implements Explanation {
    public Decided {
      by = List.copyOf(by);
      nearest = List.copyOf(nearest);
      inherited = List.copyOf(inherited);
      unknown = List.copyOf(unknown);
    }
  }

  /** A permission that would have allowed it but for one test. */
  record Near(Permission permission, Applicability.Test failed) {}

  /** The policy of that revision cannot be had. */
  record NotThere(Sentence why) implements Explanation {}
}
