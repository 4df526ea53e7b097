package dev.grantway.store;

import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Permission;
import dev.grantway.policy.RoleName;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.RowKey;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What the policy would not bear of changed APIs. */
final class ApiCheck {
  private final AsOf base;
  private final List<Change> changes;
  private final AfterChanges after;
  private final Refusals refusals;

  ApiCheck(AsOf base, List<Change> changes, AfterChanges after, Refusals refusals) {
    this.base = base;
    this.changes = changes;
    this.after = after;
    this.refusals = refusals;
  }

  void check() {
    if (!after.touchesAny(RowKey.OfApi.class)) {
      return;
    }
    var names = new TreeMap<ApiId, String>();
    base.apis().forEach(entry -> names.put(entry.id(), entry.name()));
    for (Change change : changes) {
      if (change.key() instanceof RowKey.OfApi(ApiId id)) {
        if (change.afterOrNull() instanceof PolicyRow.OfApi(Api api)) {
          names.put(id, api.name());
        } else {
          names.remove(id);
          removed(id, change.key());
        }
      }
    }
    var seen = new HashSet<String>();
    names.forEach(
        (id, name) -> {
          if (!seen.add(name)) {
            refusals.add(
                "duplicate-api-name",
                "API name `" + name + "` is in use already: choose another",
                new RowKey.OfApi(id));
          }
        });
  }

  private void removed(ApiId api, RowKey key) {
    AfterChanges.anyRoleOf(
        base, entry -> entry.own().contains(api) && stillHas(entry.role().name(), api, key));
  }

  private boolean stillHas(RoleName role, ApiId api, RowKey key) {
    Optional<Permission> left =
        base.slice(role, api).map(Slice::permissions).orElse(List.of()).stream()
            .filter(it -> !after.isRemoved(new PolicyRow.OfPermission(it).key()))
            .findFirst();
    left.ifPresent(
        it ->
            refusals.add(
                "api-in-use",
                "API `" + api + "` is still named by permission `" + it.id() + "`: delete it too",
                key));
    return left.isPresent();
  }
}
