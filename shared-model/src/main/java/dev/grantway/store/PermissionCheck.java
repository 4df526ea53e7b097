package dev.grantway.store;

import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.ApiType;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.RowKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/** What the policy would not bear of changed permissions. */
final class PermissionCheck {
  private record Place(RoleName role, ApiId api) {}

  private final AsOf base;
  private final List<Change> changes;
  private final AfterChanges after;
  private final Refusals refusals;

  PermissionCheck(AsOf base, List<Change> changes, AfterChanges after, Refusals refusals) {
    this.base = base;
    this.changes = changes;
    this.after = after;
    this.refusals = refusals;
  }

  /**
   * @param told hears now and then how many changes were looked at
   */
  void check(IntConsumer told) {
    var added = new HashMap<PermissionId, RowKey>();
    var growth = new HashMap<Place, Integer>();
    for (int i = 0; i < changes.size(); i++) {
      if (i % ChangeCheck.TOLD_EVERY == 0) {
        told.accept(i);
      }
      Change change = changes.get(i);
      if (!(change.key() instanceof RowKey.OfPermission key)) {
        continue;
      }
      int grows = (change.afterOrNull() == null ? 0 : 1) - (change.beforeOrNull() == null ? 0 : 1);
      growth.merge(new Place(key.role(), key.api()), grows, Integer::sum);
      if (change.afterOrNull() instanceof PolicyRow.OfPermission(Permission permission)) {
        if (change.beforeOrNull() instanceof PolicyRow.OfPermission(Permission before)) {
          stays(before, permission, key);
        } else {
          place(permission, key);
        }
        if (change.beforeOrNull() == null) {
          uniqueId(key, added);
        }
      }
    }
    growth.forEach(this::sliceSize);
  }

  /** An edited permission has its role and API already, unless these changes touch them. */
  private void stays(Permission before, Permission now, RowKey key) {
    boolean touched =
        after.touches(new RowKey.OfRole(now.role()))
            || after.touches(new RowKey.OfApi(now.api()))
            || before.resource().routeKey() != now.resource().routeKey();
    if (touched) {
      place(now, key);
    }
  }

  private void place(Permission permission, RowKey key) {
    if (!after.hasRole(permission.role())) {
      refusals.unknownRole("permission `" + permission.id() + "` names", permission.role(), key);
    }
    Optional<Api> api = after.api(permission.api());
    if (api.isEmpty()) {
      refusals.add(
          "unknown-api",
          "permission `"
              + permission.id()
              + "` names the unknown API `"
              + permission.api()
              + "`: add the API or correct its id",
          key);
    } else if (permission.resource().routeKey() != (api.get().type() == ApiType.WEBSOCKET)) {
      refusals.add(
          "wrong-resource",
          "permission `"
              + permission.id()
              + "` does not fit API `"
              + api.get().name()
              + "`, which is of type "
              + api.get().type()
              + ": a WebSocket API has route keys, the others paths",
          key);
    }
  }

  private void uniqueId(RowKey.OfPermission key, Map<PermissionId, RowKey> added) {
    boolean twice = added.put(key.id(), key) != null;
    Optional<RowKey> taken =
        base.permission(key.id())
            .<RowKey>map(row -> new PolicyRow.OfPermission(row.permission()).key())
            .filter(place -> !place.equals(key))
            .filter(place -> !after.isRemoved(place));
    if (twice || taken.isPresent()) {
      refusals.add(
          "duplicate-permission-id",
          "permission id `" + key.id() + "` is in use already: choose another",
          key);
    }
  }

  private void sliceSize(Place place, int growth) {
    if (growth <= 0) {
      return;
    }
    int size = base.slice(place.role(), place.api()).map(it -> it.rows().size()).orElse(0) + growth;
    if (size > ChangeCheck.MAX_SLICE) {
      refusals.add(
          "too-many-permissions",
          "role `"
              + place.role()
              + "` would have "
              + size
              + " permissions in API `"
              + place.api()
              + "`, of "
              + ChangeCheck.MAX_SLICE
              + " at most: cover them with fewer patterns or split the role",
          new RowKey.OfRole(place.role()));
    }
  }
}
