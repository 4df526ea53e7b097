package dev.grantway.review;

import dev.grantway.policy.ApiId;
import dev.grantway.policy.RoleName;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an access review is about. What is empty narrows nothing.
 *
 * @param roles whose own permissions and whose assignments are reviewed, at most {@value
 *     #MOST_ROLES}
 * @param tag of routes: permissions that cover a route with that tag
 * @param owner of a role, or of a route that a permission covers
 */
public record Extent(
    SortedSet<RoleName> roles, String tag, String owner, @Nullable ApiId apiOrNull) {
  public static final int MOST_ROLES = 500;
  public static final int MAX_TEXT = 128;

  /** The whole policy. */
  public static final Extent EVERYTHING = new Extent(new TreeSet<>(), "", "", null);

  public Extent {
    roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
    if (roles.size() > MOST_ROLES) {
      throw new IllegalArgumentException(
          "an extent names at most " + MOST_ROLES + " roles, got " + roles.size());
    }
    check("tag", tag);
    check("owner", owner);
  }

  private static void check(String what, String text) {
    if (text.length() > MAX_TEXT || text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "the " + what + " of an extent has at most " + MAX_TEXT + " characters on one line");
    }
  }

  public Optional<ApiId> api() {
    return Optional.ofNullable(apiOrNull);
  }
}
