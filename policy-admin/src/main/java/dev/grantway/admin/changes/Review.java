package dev.grantway.admin.changes;

import dev.grantway.analysis.Finding;
import java.util.List;

/**
 * A draft before publishing.
 *
 * @param lines its changes, before and after
 * @param grants what it gains and loses
 * @param approvals how many approvals the rules ask for
 * @param broken invariants that it would break, which keep it from being published
 */
public record Review(
    DraftState draft,
    List<ChangeLine> lines,
    List<GrantChange> grants,
    int approvals,
    List<Finding> broken) {

  public Review {
    lines = List.copyOf(lines);
    grants = List.copyOf(grants);
    broken = List.copyOf(broken);
  }

  public long count(GrantChange.Kind kind) {
    return grants.stream().filter(grant -> grant.kind() == kind).count();
  }
}
