package dev.grantway.store.dynamodb;

import dev.grantway.policy.ApiId;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleName;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.RowKey;
import dev.grantway.revision.RuleKind;
import dev.grantway.revision.StampedRow;
import dev.grantway.store.BundleKey;
import dev.grantway.store.RoleEntry;
import dev.grantway.store.Slice;
import dev.grantway.store.StampedPermission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The bundles that changes make of a base, and nothing else: the same base and changes give the
 * same bytes to everybody, so that anybody can complete a publication (REV-02).
 */
final class Derivation {
  private record Place(RoleName role, ApiId api) {}

  private final View base;
  private final SortedMap<BundleKey, Place> slices = new TreeMap<>();
  private final Map<Place, List<Change>> byPlace = new HashMap<>();
  private final SortedMap<BundleKey, List<Change>> rows = new TreeMap<>();
  private final SortedMap<BundleKey, List<Change>> ids = new TreeMap<>();
  private final List<Change> roles = new ArrayList<>();
  private final List<Change> apis = new ArrayList<>();
  private final Map<RoleName, SortedSet<ApiId>> firstIn = new TreeMap<>();
  private final SortedSet<BundleKey> directoryShards = new TreeSet<>();
  private final boolean graphChanges;
  private final Directory before;

  /**
   * @param changes in key order, each row at most once, and right for the base
   */
  Derivation(View base, List<Change> changes) {
    this.base = base;
    changes.forEach(this::sort);
    byPlace.forEach(this::firstPermissionIn);
    this.graphChanges = !roles.isEmpty() || !firstIn.isEmpty();
    this.before = graphChanges ? base.directory() : new Directory(new TreeMap<>());
    if (graphChanges) {
      fanOut(after(0));
    }
  }

  private void sort(Change change) {
    switch (change.key()) {
      case RowKey.OfPermission(var role, var api, var id) -> {
        var place = new Place(role, api);
        slices.put(Keys.slice(role, api), place);
        byPlace.computeIfAbsent(place, it -> new ArrayList<>()).add(change);
        if (change.beforeOrNull() == null || change.afterOrNull() == null) {
          ids.computeIfAbsent(Keys.permissionIds(id), it -> new ArrayList<>()).add(change);
        }
      }
      case RowKey.OfRole role -> roles.add(change);
      case RowKey.OfApi(var id) -> {
        rows.computeIfAbsent(Keys.api(id), it -> new ArrayList<>()).add(change);
        apis.add(change);
      }
      case RowKey.OfAssignment key ->
          rows.computeIfAbsent(View.bundle(key), it -> new ArrayList<>()).add(change);
      case RowKey.OfRule(RuleKind kind, String name) ->
          rows.computeIfAbsent(Keys.rules(kind), it -> new ArrayList<>()).add(change);
    }
  }

  private void firstPermissionIn(Place place, List<Change> changes) {
    if (changes.stream().allMatch(change -> change.afterOrNull() == null)) {
      return;
    }
    // Whatever is edited or removed is there; else the directory knows, which is read once.
    boolean had =
        changes.stream().anyMatch(change -> change.beforeOrNull() != null)
            || base.role(place.role()).map(entry -> entry.own().contains(place.api())).orElse(false)
            || base.slice(place.role(), place.api())
                .map(slice -> !slice.rows().isEmpty())
                .orElse(false);
    if (!had) {
      firstIn.computeIfAbsent(place.role(), role -> new TreeSet<>()).add(place.api());
    }
  }

  private Directory after(long number) {
    return before.after(roles, firstIn, number);
  }

  /** Every slice whose closure changes or that has to come into being, and their shards. */
  private void fanOut(Directory after) {
    var names = new TreeSet<RoleName>();
    before.all().forEach(entry -> names.add(entry.role().name()));
    after.all().forEach(entry -> names.add(entry.role().name()));
    roles.forEach(
        change -> directoryShards.add(Keys.directory(((RowKey.OfRole) change.key()).name())));
    for (RoleName name : names) {
      SortedSet<ApiId> oldReach = reach(before, name);
      SortedSet<ApiId> newReach = reach(after, name);
      SortedSet<ApiId> stale = new TreeSet<>(newReach);
      if (before.closure(name).equals(after.closure(name))) {
        stale.removeAll(oldReach);
      } else {
        stale.addAll(oldReach);
      }
      stale.forEach(api -> slices.put(Keys.slice(name, api), new Place(name, api)));
      if (!oldReach.equals(newReach) || firstIn.containsKey(name)) {
        directoryShards.add(Keys.directory(name));
      }
    }
  }

  private static SortedSet<ApiId> reach(Directory directory, RoleName role) {
    return directory.find(role).map(RoleEntry::reach).orElseGet(TreeSet::new);
  }

  /** Every bundle that is written, known before any is derived. */
  SortedSet<BundleKey> keys() {
    var keys = new TreeSet<>(slices.keySet());
    keys.addAll(directoryShards);
    keys.addAll(rows.keySet());
    keys.addAll(ids.keySet());
    if (!apis.isEmpty()) {
      keys.add(Keys.apiNames());
    }
    if (rows.keySet().stream().anyMatch(key -> key.partition().startsWith("ASG#"))) {
      keys.add(Keys.issuers());
    }
    return keys;
  }

  /** Hears of one bundle after the other. */
  @FunctionalInterface
  interface Sink {
    void write(BundleKey key, byte[] body);
  }

  void write(long number, Sink sink) {
    Directory after = graphChanges ? after(number) : before;
    slices.forEach((key, place) -> sink.write(key, SliceBody.write(slice(place, after, number))));
    for (BundleKey key : directoryShards) {
      sink.write(
          key,
          DirectoryBody.write(
              after.all().stream()
                  .filter(entry -> Keys.directory(entry.role().name()).equals(key))
                  .toList()));
    }
    rows.forEach((key, changes) -> sink.write(key, rows(key, changes, number)));
    ids.forEach((key, changes) -> sink.write(key, ids(key, changes, number)));
    if (!apis.isEmpty()) {
      sink.write(Keys.apiNames(), apiNames());
    }
    if (keys().contains(Keys.issuers())) {
      sink.write(Keys.issuers(), issuers(number));
    }
  }

  private Slice slice(Place place, Directory after, long number) {
    var slice = base.slice(place.role(), place.api());
    var permissions = new TreeMap<PermissionId, StampedPermission>();
    slice
        .map(Slice::rows)
        .orElse(List.of())
        .forEach(row -> permissions.put(row.permission().id(), row));
    for (Change change : byPlace.getOrDefault(place, List.of())) {
      if (change.afterOrNull() instanceof PolicyRow.OfPermission(var permission)) {
        permissions.put(permission.id(), new StampedPermission(permission, number));
      } else {
        permissions.remove(((RowKey.OfPermission) change.key()).id());
      }
    }
    Supplier<SortedSet<RoleName>> closure = () -> slice.map(Slice::closure).orElseGet(TreeSet::new);
    return new Slice(
        place.role(),
        place.api(),
        graphChanges ? after.closure(place.role()) : closure.get(),
        List.copyOf(permissions.values()));
  }

  private byte[] rows(BundleKey key, List<Change> changes, long number) {
    return RowsBody.write(rowsAfter(key, changes, number).values());
  }

  private SortedMap<RowKey, StampedRow> rowsAfter(
      BundleKey key, List<Change> changes, long number) {
    var after = new TreeMap<>(base.rows(key));
    for (Change change : changes) {
      PolicyRow row = change.afterOrNull();
      if (row == null) {
        after.remove(change.key());
      } else {
        after.put(change.key(), new StampedRow(row, number));
      }
    }
    return after;
  }

  private byte[] ids(BundleKey key, List<Change> changes, long number) {
    var places = new TreeMap<>(base.permissionIds(key));
    for (Change change : changes) {
      if (change.afterOrNull() == null) {
        var place = (RowKey.OfPermission) change.key();
        places.put(place.id(), new NamesBody.IdPlace(place, number));
      }
    }
    for (Change change : changes) {
      if (change.afterOrNull() != null) {
        var place = (RowKey.OfPermission) change.key();
        places.put(place.id(), new NamesBody.IdPlace(place, 0));
      }
    }
    return NamesBody.writeIds(places);
  }

  private byte[] apiNames() {
    var names = new TreeMap<>(base.apiNames());
    for (Change change : apis) {
      ApiId id = ((RowKey.OfApi) change.key()).id();
      if (change.afterOrNull() instanceof PolicyRow.OfApi(var api)) {
        names.put(id, api.name());
      } else {
        names.remove(id);
      }
    }
    return NamesBody.writeApis(names);
  }

  private byte[] issuers(long number) {
    var parts = new TreeMap<String, SortedSet<String>>();
    base.issuers().forEach((issuer, held) -> parts.put(issuer, new TreeSet<>(held)));
    rows.forEach(
        (key, changes) -> {
          if (changes.getFirst().key() instanceof RowKey.OfAssignment assignment) {
            var held = parts.computeIfAbsent(assignment.issuer(), issuer -> new TreeSet<>());
            if (rowsAfter(key, changes, number).isEmpty()) {
              held.remove(View.part(assignment));
            } else {
              held.add(View.part(assignment));
            }
          }
        });
    parts.values().removeIf(Set::isEmpty);
    return NamesBody.writeIssuers(parts);
  }
}
