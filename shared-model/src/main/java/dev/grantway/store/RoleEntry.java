package dev.grantway.store;

import dev.grantway.policy.ApiId;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A role in the directory.
 *
 * @param own APIs where the role has, or had, permissions of its own
 * @param reach {@code own} of the role and of every role it inherits: exactly there it has a slice
 * @param since the revision that last changed the role itself; 0 for the built-in {@code
 *     authenticated} where nobody described it: it is in the directory as soon as it has
 *     permissions
 */
public record RoleEntry(Role role, SortedSet<ApiId> own, SortedSet<ApiId> reach, long since) {
  public RoleEntry {
    own = Collections.unmodifiableSortedSet(new TreeSet<>(own));
    reach = Collections.unmodifiableSortedSet(new TreeSet<>(reach));
  }

  /** The built-in role, which every verified principal holds (SEM-08). */
  public static RoleEntry authenticated(SortedSet<ApiId> own) {
    var role =
        new Role(
            RoleName.AUTHENTICATED.value(),
            RoleName.AUTHENTICATED,
            "held by every verified principal",
            "",
            new TreeSet<>());
    return new RoleEntry(role, own, own, 0);
  }

  /** True if the role has no row of its own. */
  public boolean isBuiltIn() {
    return since == 0;
  }
}
