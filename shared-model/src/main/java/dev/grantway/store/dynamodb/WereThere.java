package dev.grantway.store.dynamodb;

import dev.grantway.policy.PermissionId;
import dev.grantway.revision.RowKey;
import dev.grantway.store.BundleKey;
import dev.grantway.store.Head;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which rows were there and are not any more, as far as the table still knows. */
final class WereThere {
  private final Bundles bundles;
  private final Head now;
  private final View view;

  /** Rows that are not there now, with what has to be looked for. */
  private final List<Absent> absent = new ArrayList<>();

  private final Map<BundleKey, List<RowKey.OfPermission>> permissions = new TreeMap<>();
  private final Set<RowKey> found = new HashSet<>();

  private record Absent(RowKey key, BundleKey prefix) {}

  WereThere(Bundles bundles, Head now) {
    this.bundles = bundles;
    this.now = now;
    this.view = new View(bundles, now);
  }

  Set<RowKey> of(Collection<RowKey> keys) {
    expect(keys);
    keys.forEach(this::sort);
    permissions.forEach(this::find);
    List<Boolean> were = bundles.wereThere(absent.stream().map(Absent::prefix).toList(), now);
    for (int i = 0; i < absent.size(); i++) {
      if (were.get(i)) {
        found.add(absent.get(i).key());
      }
    }
    return found;
  }

  private void expect(Collection<RowKey> keys) {
    var bundlesAsked = new TreeSet<BundleKey>();
    for (RowKey key : keys) {
      switch (key) {
        case RowKey.OfPermission it -> bundlesAsked.add(Keys.permissionIds(it.id()));
        case RowKey.OfRole(var name) -> bundlesAsked.add(Keys.directory(name));
        case RowKey.OfApi(var id) -> bundlesAsked.add(Keys.api(id));
        case RowKey.OfAssignment it -> {}
        case RowKey.OfRule it -> {}
      }
    }
    view.expect(bundlesAsked);
  }

  private void sort(RowKey key) {
    switch (key) {
      case RowKey.OfPermission it ->
          permissions
              .computeIfAbsent(Keys.permissionIds(it.id()), shard -> new ArrayList<>())
              .add(it);
      case RowKey.OfRole(var name) -> {
        if (view.role(name).isEmpty()) {
          absent.add(new Absent(key, Keys.slicesOf(name)));
        }
      }
      case RowKey.OfApi(var id) -> {
        if (view.row(key).isEmpty()) {
          absent.add(new Absent(key, Keys.api(id)));
        }
      }
      case RowKey.OfAssignment it -> {}
      case RowKey.OfRule it -> {}
    }
  }

  /** A shard of ids is read, and made sense of, once. */
  private void find(BundleKey shard, List<RowKey.OfPermission> asked) {
    SortedMap<PermissionId, NamesBody.IdPlace> ids = view.permissionIds(shard);
    for (RowKey.OfPermission key : asked) {
      NamesBody.IdPlace place = ids.get(key.id());
      if (place != null && place.gone() > 0) {
        found.add(key);
      }
    }
  }
}
