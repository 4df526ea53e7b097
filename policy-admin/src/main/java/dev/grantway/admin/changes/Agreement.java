package dev.grantway.admin.changes;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * How far a draft is agreed to.
 *
 * @param required the most approvals that a rule asks
 * @param missing how many it lacks
 * @param approvers whose approval counts now
 * @param stale who approved it when it was another, or when its effect was
 */
public record Agreement(int required, int missing, Set<String> approvers, Set<String> stale) {
  static final Agreement NOTHING_ASKED = new Agreement(0, 0, Set.of(), Set.of());

  public Agreement {
    approvers = Collections.unmodifiableSortedSet(new TreeSet<>(approvers));
    stale = Collections.unmodifiableSortedSet(new TreeSet<>(stale));
  }
}
