package dev.grantway.policy;

import dev.grantway.resource.Label;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A named bundle of permissions. It has all the permissions of the roles it inherits (SEM-07).
 *
 * @param id stays when the role is renamed
 * @param owner who answers for the role, or empty
 */
public record Role(
    String id, RoleName name, String description, String owner, SortedSet<RoleName> inherits) {

  private static final int MAX_DESCRIPTION = 1000;

  public Role {
    Names.check("role id", id, 128, "._:/-");
    inherits = Collections.unmodifiableSortedSet(new TreeSet<>(inherits));
    if (inherits.contains(name)) {
      throw new IllegalArgumentException("role `" + name + "` inherits itself: remove it");
    }
    if (description.length() > MAX_DESCRIPTION || owner.length() > MAX_DESCRIPTION) {
      throw new IllegalArgumentException(
          "description and owner of role `"
              + name
              + "` may have at most "
              + MAX_DESCRIPTION
              + " characters");
    }
  }

  public boolean isOwnedBy(String somebody) {
    return Label.same(owner, somebody);
  }

  /** A role of that name and nothing else: no description, no owner, inheriting none. */
  public static Role bare(RoleName name) {
    return new Role(name.value(), name, "", "", new TreeSet<>());
  }
}
