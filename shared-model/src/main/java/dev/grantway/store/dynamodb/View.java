package dev.grantway.store.dynamodb;

import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleName;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.RowKey;
import dev.grantway.revision.RuleKind;
import dev.grantway.revision.StampedRow;
import dev.grantway.store.BundleKey;
import dev.grantway.store.Head;
import dev.grantway.store.RoleEntry;
import dev.grantway.store.Slice;
import dev.grantway.store.StampedPermission;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Bundles of one revision as what they mean. Used by one thread. */
final class View {
  private final Shelf shelf;
  private final Map<PermissionId, StampedPermission> lastById = new HashMap<>();
  private @Nullable Slice lastSlice;
  private @Nullable Directory directory;

  View(Bundles bundles, Head at) {
    this.shelf = new Shelf(bundles, at);
  }

  Head at() {
    return shelf.at();
  }

  /** Says that every row of these changes will be asked for, in their order. */
  void expect(List<Change> changes) {
    var keys = new TreeSet<BundleKey>();
    for (Change change : changes) {
      switch (change.key()) {
        case RowKey.OfPermission(var role, var api, var id) -> {
          keys.add(Keys.slice(role, api));
          if (change.beforeOrNull() == null || change.afterOrNull() == null) {
            keys.add(Keys.permissionIds(id));
          }
        }
        case RowKey.OfRole(var name) -> keys.add(Keys.directory(name));
        case RowKey.OfApi(var id) -> keys.add(Keys.api(id));
        case RowKey.OfAssignment it -> keys.add(bundle(it));
        case RowKey.OfRule it -> keys.add(Keys.rules(it.kind()));
      }
    }
    expect(keys);
  }

  /** Says which bundles will all be asked for, more or less in this order. */
  void expect(SortedSet<BundleKey> keys) {
    shelf.expect(keys);
  }

  /** How many bundles were read so far. */
  long reads() {
    return shelf.reads();
  }

  Optional<Slice> slice(RoleName role, ApiId api) {
    Slice last = lastSlice;
    if (last != null && last.role().equals(role) && last.api().equals(api)) {
      return Optional.of(last);
    }
    Optional<Slice> slice =
        shelf
            .read(Keys.slice(role, api))
            .map(raw -> raw.as(json -> SliceBody.read(json, role, api)));
    lastSlice = slice.orElse(null);
    lastById.clear();
    return slice;
  }

  /** The own permissions of several roles in one API; no slice is read of those without any. */
  SortedMap<RoleName, List<StampedPermission>> permissions(Collection<RoleName> roles, ApiId api) {
    Directory all = directory();
    var keys = new LinkedHashMap<BundleKey, RoleName>();
    for (RoleName role : roles) {
      if (all.find(role).filter(entry -> entry.own().contains(api)).isPresent()) {
        keys.put(Keys.slice(role, api), role);
      }
    }
    var found = new TreeMap<RoleName, List<StampedPermission>>();
    shelf.read(
        keys.keySet(),
        (key, slice) -> {
          RoleName role = Objects.requireNonNull(keys.get(key));
          List<StampedPermission> rows =
              slice
                  .map(raw -> raw.as(json -> SliceBody.read(json, role, api)).rows())
                  .orElse(List.of());
          if (!rows.isEmpty()) {
            found.put(role, rows);
          }
        });
    return found;
  }

  List<RoleEntry> directoryShard(BundleKey key) {
    return entries(shelf.read(key));
  }

  private static List<RoleEntry> entries(Optional<RawBundle> shard) {
    return shard.map(raw -> raw.as(DirectoryBody::read)).orElse(List.of());
  }

  Optional<RoleEntry> role(RoleName name) {
    Directory whole = directory;
    return whole != null
        ? whole.find(name)
        : directoryShard(Keys.directory(name)).stream()
            .filter(entry -> entry.role().name().equals(name))
            .findFirst();
  }

  /** All sixteen shards. */
  Directory directory() {
    Directory whole = directory;
    if (whole == null) {
      var entries = new TreeMap<RoleName, RoleEntry>();
      List<BundleKey> shards =
          IntStream.range(0, Keys.DIRECTORY_SHARDS).mapToObj(Keys::directory).toList();
      shelf.read(
          shards,
          (key, shard) -> entries(shard).forEach(entry -> entries.put(entry.role().name(), entry)));
      whole = new Directory(entries);
      directory = whole;
    }
    return whole;
  }

  SortedMap<ApiId, String> apiNames() {
    return shelf
        .read(Keys.apiNames())
        .map(raw -> raw.as(NamesBody::readApis))
        .orElseGet(TreeMap::new);
  }

  Optional<Api> api(ApiId id) {
    return rows(Keys.api(id)).values().stream()
        .map(StampedRow::row)
        .map(row -> ((PolicyRow.OfApi) row).api())
        .findFirst();
  }

  /** The parts of assignments that hold any, by issuer. */
  SortedMap<String, SortedSet<String>> issuers() {
    return shelf
        .read(Keys.issuers())
        .map(raw -> raw.as(NamesBody::readIssuers))
        .orElseGet(TreeMap::new);
  }

  SortedMap<PermissionId, NamesBody.IdPlace> permissionIds(BundleKey key) {
    return shelf.read(key).map(raw -> raw.as(NamesBody::readIds)).orElseGet(TreeMap::new);
  }

  Optional<StampedPermission> permission(PermissionId id) {
    return Optional.ofNullable(permissionIds(Keys.permissionIds(id)).get(id))
        .filter(place -> place.gone() == 0)
        .flatMap(place -> permission(place.key()));
  }

  private Optional<StampedPermission> permission(RowKey.OfPermission key) {
    Optional<Slice> slice = slice(key.role(), key.api());
    if (lastById.isEmpty()) {
      slice.ifPresent(it -> it.rows().forEach(row -> lastById.put(row.permission().id(), row)));
    }
    return Optional.ofNullable(lastById.get(key.id()));
  }

  /** The rows of a bundle of rows. */
  SortedMap<RowKey, StampedRow> rows(BundleKey key) {
    return rows(shelf.read(key));
  }

  private static SortedMap<RowKey, StampedRow> rows(Optional<RawBundle> raw) {
    return raw.map(it -> it.as(RowsBody::read)).orElseGet(Collections::emptySortedMap);
  }

  /** The rules that {@link dev.grantway.policy.Rules} holds. */
  List<PolicyRow> rules() {
    return rules(EnumSet.complementOf(EnumSet.of(RuleKind.TEST)));
  }

  List<PolicyRow> tests() {
    return rules(EnumSet.of(RuleKind.TEST));
  }

  private List<PolicyRow> rules(Set<RuleKind> kinds) {
    var found = new ArrayList<PolicyRow>();
    shelf.read(
        kinds.stream().map(Keys::rules).toList(),
        (key, raw) -> rows(raw).values().forEach(row -> found.add(row.row())));
    return found;
  }

  Optional<StampedRow> row(RowKey key) {
    return switch (key) {
      case RowKey.OfPermission it ->
          permission(it)
              .map(
                  row -> new StampedRow(new PolicyRow.OfPermission(row.permission()), row.since()));
      case RowKey.OfRole(var name) ->
          role(name)
              .filter(it -> !it.isBuiltIn())
              .map(it -> new StampedRow(new PolicyRow.OfRole(it.role()), it.since()));
      case RowKey.OfApi(var id) -> Optional.ofNullable(rows(Keys.api(id)).get(key));
      case RowKey.OfAssignment it -> Optional.ofNullable(rows(bundle(it)).get(key));
      case RowKey.OfRule it -> Optional.ofNullable(rows(Keys.rules(it.kind())).get(key));
    };
  }

  static BundleKey bundle(RowKey.OfAssignment key) {
    return Keys.assignments(key.issuer(), part(key));
  }

  /** The part of an issuer's assignments that the row stands in. */
  static String part(RowKey.OfAssignment key) {
    return switch (key.kind()) {
      case SUBJECT -> Keys.subjectShard(key.value());
      case CLIENT -> "clients";
      case GROUP -> "groups";
    };
  }

  static Assignment assignment(StampedRow row) {
    return ((PolicyRow.OfAssignment) row.row()).assignment();
  }
}
