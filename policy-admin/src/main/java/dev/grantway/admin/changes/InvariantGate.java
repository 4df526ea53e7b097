package dev.grantway.admin.changes;

import dev.grantway.analysis.BrokenByChanges;
import dev.grantway.analysis.Finding;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Policy;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.revision.Change;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What of a draft's policy {@link BrokenByChanges} has to see. */
final class InvariantGate {
  private InvariantGate() {}

  /**
   * Those that hold before the changes, or are not there, and do not hold after, unless waived.
   *
   * @param seen role sets that instances of the authorizer saw callers with
   */
  static List<Finding> broken(
      WorkingCopy after, Collection<Change> changes, Collection<Set<RoleName>> seen, Instant now) {
    return changes.isEmpty() || after.invariants().isEmpty()
        ? List.of()
        : BrokenByChanges.of(
            about(after), () -> about(after.withoutChanges()), after.base().rules(), seen, now);
  }

  /** Reads no more of the policy than the APIs that invariants are about. */
  private static Policy about(WorkingCopy copy) {
    List<Rules.Invariant> invariants = copy.invariants();
    Set<ApiId> about =
        invariants.stream()
            .map(Rules.Invariant::api)
            .collect(Collectors.toCollection(TreeSet::new));
    List<Api> apis = copy.apis().stream().filter(api -> about.contains(api.id())).toList();
    var roles = copy.roles();
    var holders = new TreeSet<>(roles.keySet());
    holders.add(RoleName.AUTHENTICATED);
    List<Permission> permissions =
        apis.stream().flatMap(api -> copy.permissions(holders, api.id()).stream()).toList();
    var rules = new Rules(invariants, List.of(), List.of(), List.of(), Rules.Retention.EVERYTHING);
    return new Policy(apis, List.copyOf(roles.values()), permissions, copy.assignments(), rules);
  }
}
