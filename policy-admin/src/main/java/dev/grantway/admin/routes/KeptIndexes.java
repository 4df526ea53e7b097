package dev.grantway.admin.routes;

import dev.grantway.admin.changes.WorkingCopy;
import dev.grantway.admin.common.Latest;
import dev.grantway.analysis.TouchedRoutes;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.resource.RouteTable;
import dev.grantway.revision.Change;
import dev.grantway.revision.RowKey;

/** What was read of revisions, which never change: kept for all operators, the latest used. */
final class KeptIndexes {
  private static final int REVISIONS = 3;
  private static final int TABLES = 6;

  private record At(String hash, ApiId api) {}

  private record Table(ApiId api, RouteTable routes) {}

  private final Latest<At, RouteIndex> indexes = new Latest<>(REVISIONS);
  private final Latest<Table, TouchedRoutes> tables = new Latest<>(TABLES);

  /** Without the draft. */
  RouteIndex base(WorkingCopy copy, Api api) {
    return indexes.get(
        new At(copy.base().hash(), api.id()),
        () -> RouteIndex.of(copy.withoutChanges(), touched(api)));
  }

  /** With the draft, which is the same where it says nothing of this API. */
  RouteIndex now(WorkingCopy copy, Api base, Api now) {
    boolean same =
        base.equals(now) && copy.changes().stream().noneMatch(it -> concerns(it, now.id()));
    return same ? base(copy, base) : base(copy, base).with(copy, touched(now));
  }

  private static boolean concerns(Change change, ApiId api) {
    return switch (change.key()) {
      case RowKey.OfPermission key -> key.api().equals(api);
      case RowKey.OfRole _ -> true;
      case RowKey.OfApi _, RowKey.OfAssignment _, RowKey.OfRule _ -> false;
    };
  }

  private TouchedRoutes touched(Api api) {
    return tables.get(new Table(api.id(), api.routes()), () -> new TouchedRoutes(api));
  }
}
