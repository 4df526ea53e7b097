package dev.grantway.admin.changes;

import dev.grantway.analysis.Finding;
import dev.grantway.analysis.PolicyAnalysis;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Policy;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What {@code ./grantway check} says of the permissions of one API. */
public final class ApiFindings {
  private ApiFindings() {}

  /** None where there is no such API. */
  public static List<Finding> of(WorkingCopy copy, ApiId id, Instant now) {
    return policy(copy, id).map(policy -> PolicyAnalysis.of(policy, now)).orElse(List.of());
  }

  /** Policy data as if there were that API alone; none where there is no such API. */
  public static Optional<Policy> policy(WorkingCopy copy, ApiId id) {
    return copy.api(id)
        .map(
            api -> {
              var roles = copy.roles();
              var holders = new TreeSet<RoleName>(roles.keySet());
              holders.add(RoleName.AUTHENTICATED);
              List<Permission> permissions = copy.permissions(holders, id);
              return new Policy(
                  List.of(api), List.copyOf(roles.values()), permissions, List.of(), Rules.NONE);
            });
  }
}
