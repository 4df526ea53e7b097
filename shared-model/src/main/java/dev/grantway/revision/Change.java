package dev.grantway.revision;

import dev.grantway.policy.RoleName;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One row before and after: an addition has no before, a removal no after. A change that moves a
 * row to another key is refused: it is two changes.
 */
public record Change(RowKey key, @Nullable PolicyRow beforeOrNull, @Nullable PolicyRow afterOrNull)
    implements Comparable<Change> {

  public Change {
    if (beforeOrNull == null && afterOrNull == null) {
      throw new IllegalArgumentException(
          "change of `" + key.text() + "` has no before and no after");
    }
    if (beforeOrNull != null && !beforeOrNull.key().equals(key)
        || afterOrNull != null && !afterOrNull.key().equals(key)) {
      throw new IllegalArgumentException(
          "change of `" + key.text() + "` holds a row of another key");
    }
  }

  public static Change add(PolicyRow after) {
    return new Change(after.key(), null, after);
  }

  public static Change remove(PolicyRow before) {
    return new Change(before.key(), before, null);
  }

  public static Change alter(PolicyRow before, PolicyRow after) {
    return new Change(before.key(), before, after);
  }

  public Optional<PolicyRow> before() {
    return Optional.ofNullable(beforeOrNull);
  }

  public Optional<PolicyRow> after() {
    return Optional.ofNullable(afterOrNull);
  }

  /** True if nothing differs. */
  public boolean isEmpty() {
    return before().equals(after());
  }

  /**
   * The roles that changes are about by themselves: of changed rows, and of changed permissions.
   */
  public static SortedSet<RoleName> roles(Collection<Change> changes) {
    var roles = new TreeSet<RoleName>();
    for (Change change : changes) {
      switch (change.key()) {
        case RowKey.OfPermission key -> roles.add(key.role());
        case RowKey.OfRole key -> roles.add(key.name());
        case RowKey.OfApi key -> {}
        case RowKey.OfAssignment key -> {}
        case RowKey.OfRule key -> {}
      }
    }
    return roles;
  }

  @Override
  public int compareTo(Change other) {
    return key.compareTo(other.key);
  }
}
