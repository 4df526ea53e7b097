package dev.grantway.analysis;

import dev.grantway.policy.Api;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Policy;
import dev.grantway.policy.RoleGraph;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the permissions of a policy amount to that was most likely not meant: found exactly, over
 * every request from an instant on, by representatives that are complete ({@link Samples}), never
 * by sampling. Where an answer hangs on conditions it is careful: it may stay silent, and is never
 * wrong ({@link Implied}).
 */
public final class PolicyAnalysis {
  private PolicyAnalysis() {}

  /**
   * Permissions that are unreachable, expired, contradictory, shadowed, redundant, more than needed
   * or, on HTTP APIs, too fine for simple answers.
   */
  public static List<Finding> of(Policy policy, Instant now) {
    RoleGraph graph = policy.graph();
    var findings = new ArrayList<Finding>();
    policy.permissions().forEach(permission -> expired(permission, now, findings));
    for (Api api : policy.apis()) {
      findings.addAll(SimpleAnswers.of(api, policy.permissions(), now));
      Optional<ApiPermissions> permissions =
          ApiPermissions.of(api, policy.permissions(), graph, now);
      if (permissions.isEmpty()) {
        findings.add(new Finding.NotCompared(api.name(), Samples.MAX));
      } else {
        PermissionFindings.Result result = PermissionFindings.of(api, permissions.get());
        findings.addAll(result.findings());
        findings.addAll(Compaction.of(api, permissions.get(), result.standing()));
      }
    }
    return findings;
  }

  private static void expired(Permission permission, Instant now, List<Finding> findings) {
    Instant until = permission.validity().untilOrNull();
    if (until != null && !now.isBefore(until)) {
      findings.add(new Finding.Expired(permission.id(), until));
    }
  }
}
