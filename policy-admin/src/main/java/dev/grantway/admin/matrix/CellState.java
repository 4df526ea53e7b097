package dev.grantway.admin.matrix;

import dev.grantway.analysis.Grant;
import dev.grantway.policy.RoleName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a role may do at one place.
 *
 * @param sourceOrNull the role whose permission determines it, where that is none of its own
 * @param conditional only for some requests, callers or times
 */
public record CellState(Grant.Access access, @Nullable RoleName sourceOrNull, boolean conditional) {
  static final CellState NONE = new CellState(Grant.Access.NONE, null, false);

  public Optional<RoleName> source() {
    return Optional.ofNullable(sourceOrNull);
  }

  public boolean isInherited() {
    return sourceOrNull != null;
  }

  public boolean isAllowed() {
    return access == Grant.Access.ALLOWED;
  }

  public boolean isDenied() {
    return access == Grant.Access.DENIED;
  }
}
