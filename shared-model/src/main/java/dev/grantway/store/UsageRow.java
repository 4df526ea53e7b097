package dev.grantway.store;

import dev.grantway.policy.RoleName;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The calls of one day to one method of a route by callers who held the same roles.
 *
 * @param route the method, a space and the template, as in {@code GET /orders/{id}}; on WebSocket
 *     {@code CONNECT} and the route key
 * @param roles the callers' direct roles that the policy knew then, from token and assignments
 * @param allowed how many calls were let through
 * @param refused how many were denied by policy data (403); what was refused for its token is none
 * @param last when the last of them was
 * @param callers pseudonyms of the callers, {@value #MOST_CALLERS} at most, 16 hexadecimal digits
 *     each
 * @param moreCallers true: there were others as well
 */
public record UsageRow(
    String route,
    SortedSet<RoleName> roles,
    long allowed,
    long refused,
    Instant last,
    SortedSet<String> callers,
    boolean moreCallers) {
  /** More are not told apart. */
  public static final int MOST_CALLERS = 50;

  public UsageRow {
    roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
    callers = Collections.unmodifiableSortedSet(new TreeSet<>(callers));
    if (callers.size() > MOST_CALLERS) {
      throw new IllegalArgumentException("a row holds at most " + MOST_CALLERS + " callers");
    }
  }

  public long calls() {
    return allowed + refused;
  }
}
