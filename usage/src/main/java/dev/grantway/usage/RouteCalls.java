package dev.grantway.usage;

import dev.grantway.policy.RoleName;
import dev.grantway.store.UsageRow;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The calls of a period to one method of a route by callers who held the same roles.
 *
 * @param route the method, a space and the template; on WebSocket {@code CONNECT} and the route key
 * @param roles that the callers held directly
 * @param allowed how many were let through
 * @param refused how many policy data denied (403)
 * @param callers pseudonyms, as far as they were told apart
 * @param moreCallers true: there were others as well
 */
public record RouteCalls(
    String route,
    SortedSet<RoleName> roles,
    long allowed,
    long refused,
    Instant last,
    SortedSet<String> callers,
    boolean moreCallers) {
  /** More are not told apart. */
  static final int MOST_CALLERS = 500;

  public RouteCalls {
    roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
    callers = Collections.unmodifiableSortedSet(new TreeSet<>(callers));
  }

  static RouteCalls of(UsageRow row) {
    return new RouteCalls(
        row.route(),
        row.roles(),
        row.allowed(),
        row.refused(),
        row.last(),
        row.callers(),
        row.moreCallers());
  }

  RouteCalls and(RouteCalls more) {
    var both = new TreeSet<>(callers);
    both.addAll(more.callers);
    boolean untold = moreCallers || more.moreCallers || both.size() > MOST_CALLERS;
    while (both.size() > MOST_CALLERS) {
      both.pollLast();
    }
    return new RouteCalls(
        route,
        roles,
        allowed + more.allowed,
        refused + more.refused,
        last.isAfter(more.last) ? last : more.last,
        both,
        untold);
  }
}
