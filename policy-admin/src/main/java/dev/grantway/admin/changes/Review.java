package dev.grantway.admin.changes;

import java.util.List;

/**
 * A draft before publishing.
 *
 * @param lines its changes, before and after
 * @param grants what it gains and loses
 * @param approvals how many approvals the rules ask for
 */
public record Review(
    DraftState draft, List<ChangeLine> lines, List<GrantChange> grants, int approvals) {

  public Review {
    lines = List.copyOf(lines);
    grants = List.copyOf(grants);
  }

  public long count(GrantChange.Kind kind) {
    return grants.stream().filter(grant -> grant.kind() == kind).count();
  }
}
