package dev.grantway.admin.matrix;

import dev.grantway.admin.common.Latest;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;

/** What was read of revisions, which never change: kept for all operators, the latest used. */
final class KeptReadings {
  private static final int REVISIONS = 8;
  private static final int COLUMN_BYTES = 16_000_000;

  private final Latest<At, OfRevision> revisions = new Latest<>(REVISIONS);
  private final Latest<ColumnAt, Column> columns = new Latest<>(COLUMN_BYTES, Column::bytes);

  /**
   * An API as of a revision.
   *
   * @param hash of the revision's record
   */
  record At(String hash, ApiId api) {}

  private record ColumnAt(At at, String stage, RoleName role) {}

  /** The API's routes and every role with what it inherits. */
  record OfRevision(RouteRows rows, SortedMap<RoleName, Role> roles, RoleGraph graph) {}

  OfRevision revision(At at, Supplier<OfRevision> read) {
    return revisions.get(at, read);
  }

  Optional<Column> column(At at, String stage, RoleName role) {
    return columns.known(new ColumnAt(at, stage, role));
  }

  void keep(At at, String stage, RoleName role, Column column) {
    columns.keep(new ColumnAt(at, stage, role), column);
  }
}
