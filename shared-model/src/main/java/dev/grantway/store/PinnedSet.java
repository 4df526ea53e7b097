package dev.grantway.store;

import dev.grantway.policy.RoleName;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Roles that an operator looks at together.
 *
 * @param name 1 to {@value #MAX_NAME} characters, none of them a control character, and no space at
 *     either end
 * @param roles each once, 1 to {@value #MOST_ROLES}; they need not be there any more
 */
public record PinnedSet(String name, List<RoleName> roles) {
  public static final int MAX_NAME = 64;
  public static final int MOST_ROLES = 100;

  public PinnedSet {
    boolean fits = !name.isEmpty() && name.length() <= MAX_NAME && name.equals(name.strip());
    if (!fits || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "the name of a pinned set needs 1 to " + MAX_NAME + " characters on one line");
    }
    roles = List.copyOf(new LinkedHashSet<>(roles));
    if (roles.isEmpty() || roles.size() > MOST_ROLES) {
      throw new IllegalArgumentException(
          "a pinned set needs 1 to " + MOST_ROLES + " roles, got " + roles.size());
    }
  }
}
