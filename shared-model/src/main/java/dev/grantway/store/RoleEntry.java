package dev.grantway.store;

import dev.grantway.policy.ApiId;
import dev.grantway.policy.Role;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A role in the directory.
 *
 * @param own APIs where the role has, or had, permissions of its own
 * @param reach {@code own} of the role and of every role it inherits: exactly there it has a slice
 * @param since the revision that last changed the role itself
 */
public record RoleEntry(Role role, SortedSet<ApiId> own, SortedSet<ApiId> reach, long since) {
  public RoleEntry {
    own = Collections.unmodifiableSortedSet(new TreeSet<>(own));
    reach = Collections.unmodifiableSortedSet(new TreeSet<>(reach));
  }
}
