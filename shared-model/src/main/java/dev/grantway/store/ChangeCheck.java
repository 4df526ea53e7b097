package dev.grantway.store;

import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.ApiType;
import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.Change;
import dev.grantway.revision.Dispute;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.Refusal;
import dev.grantway.revision.RowJson;
import dev.grantway.revision.RowKey;
import dev.grantway.revision.StampedRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What stands against changes on a base: rows that are not as the changes say, and what the policy
 * would not bear. The one check, used where changes are typed and again when they are published.
 */
public final class ChangeCheck {
  /** MODEL section 5: permissions of one role for one API. */
  public static final int MAX_SLICE = 2_000;

  /** MODEL section 5: roles that one role inherits, transitively. */
  public static final int MAX_CLOSURE = 64;

  private static final int MAX_ROW_BYTES = 32_000;
  private static final int MAX_API_BYTES = 1_500_000;
  private static final int PAGE = 500;

  private record Place(RoleName role, ApiId api) {}

  private final AsOf base;
  private final List<Change> changes;
  private final Map<RowKey, Change> byKey = new HashMap<>();
  private final List<Dispute> disputes = new ArrayList<>();
  private final List<Refusal> refusals = new ArrayList<>();
  private final Map<RoleName, Boolean> knownRoles = new HashMap<>();
  private final Map<ApiId, Optional<Api>> knownApis = new HashMap<>();
  private final SortedMap<RowKey, Long> since = new TreeMap<>();

  private ChangeCheck(AsOf base, List<Change> changes) {
    this.base = base;
    this.changes = changes;
    changes.forEach(change -> byKey.put(change.key(), change));
  }

  /**
   * What was found.
   *
   * @param disputes rows that are not as a change's before says
   * @param refusals what the policy would not bear
   * @param since for each row that is changed, the revision that last changed it
   */
  public record Result(
      List<Dispute> disputes, List<Refusal> refusals, SortedMap<RowKey, Long> since) {}

  /** Checks changes, of which each row has at most one, in key order. */
  public static Result check(AsOf base, List<Change> changes) {
    var check = new ChangeCheck(base, changes);
    check.rowsAsTheyWere();
    check.sizes();
    check.permissions();
    check.roles();
    check.apis();
    check.assignments();
    return new Result(check.disputes, check.refusals, check.since);
  }

  private void rowsAsTheyWere() {
    for (Change change : changes) {
      Optional<StampedRow> there = base.row(change.key());
      there.ifPresent(row -> since.put(change.key(), row.since()));
      if (!there.map(StampedRow::row).equals(change.before())) {
        disputes.add(new Dispute(change, there.map(StampedRow::row).orElse(null)));
      }
    }
  }

  private void sizes() {
    for (Change change : changes) {
      change.after().ifPresent(row -> size(row, change.key()));
    }
  }

  private void size(PolicyRow row, RowKey key) {
    int most = row instanceof PolicyRow.OfApi ? MAX_API_BYTES : MAX_ROW_BYTES;
    int bytes = CanonicalJson.write(json -> RowJson.write(json, row)).length;
    if (bytes > most) {
      refuse(
          "too-big",
          "row `" + key.text() + "` has " + bytes + " bytes, of " + most + " at most",
          key);
    }
  }

  private void permissions() {
    var added = new HashMap<PermissionId, RowKey>();
    var growth = new HashMap<Place, Integer>();
    for (Change change : changes) {
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
  private void stays(Permission before, Permission after, RowKey key) {
    boolean touched =
        byKey.containsKey(new RowKey.OfRole(after.role()))
            || byKey.containsKey(new RowKey.OfApi(after.api()))
            || before.resource().routeKey() != after.resource().routeKey();
    if (touched) {
      place(after, key);
    }
  }

  private void place(Permission permission, RowKey key) {
    knownRole(permission.role(), "permission `" + permission.id() + "`", key);
    Optional<Api> api = apiAfter(permission.api());
    if (api.isEmpty()) {
      refuse(
          "unknown-api",
          "permission `"
              + permission.id()
              + "` names the unknown API `"
              + permission.api()
              + "`: add the API or correct its id",
          key);
    } else if (permission.resource().routeKey() != (api.get().type() == ApiType.WEBSOCKET)) {
      refuse(
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
            .filter(place -> !isRemoved(place));
    if (twice || taken.isPresent()) {
      refuse(
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
    if (size > MAX_SLICE) {
      refuse(
          "too-many-permissions",
          "role `"
              + place.role()
              + "` would have "
              + size
              + " permissions in API `"
              + place.api()
              + "`, of "
              + MAX_SLICE
              + " at most: cover them with fewer patterns or split the role",
          new RowKey.OfRole(place.role()));
    }
  }

  private void roles() {
    if (byKey.keySet().stream().noneMatch(RowKey.OfRole.class::isInstance)) {
      return;
    }
    SortedMap<RoleName, Role> after = rolesAfter();
    var ids = new HashMap<String, RoleName>();
    for (Role role : after.values()) {
      var key = new RowKey.OfRole(role.name());
      RoleName other = ids.put(role.id(), role.name());
      if (other != null) {
        refuse(
            "duplicate-role-id",
            "roles `" + other + "` and `" + role.name() + "` have the same id `" + role.id() + "`",
            key);
      }
      for (RoleName inherited : role.inherits()) {
        if (!after.containsKey(inherited) && !inherited.equals(RoleName.AUTHENTICATED)) {
          refuse(
              "unknown-role",
              "role `"
                  + role.name()
                  + "` inherits the unknown role `"
                  + inherited
                  + "`: add the role or correct its name",
              key);
        }
      }
    }
    closures(after);
    for (Change change : changes) {
      if (change.key() instanceof RowKey.OfRole(RoleName name) && change.afterOrNull() == null) {
        removed(name, change.key());
      }
    }
  }

  private void closures(SortedMap<RoleName, Role> after) {
    RoleGraph graph;
    try {
      graph = new RoleGraph(after.values());
    } catch (IllegalArgumentException cycle) {
      refuse("cyclic-inheritance", String.valueOf(cycle.getMessage()), null);
      return;
    }
    for (RoleName name : after.keySet()) {
      int size = graph.closure(Set.of(name)).size() - 1;
      if (size > MAX_CLOSURE) {
        refuse(
            "closure-too-big",
            "role `"
                + name
                + "` would inherit "
                + size
                + " roles, of "
                + MAX_CLOSURE
                + " at most: inherit fewer",
            new RowKey.OfRole(name));
      }
    }
  }

  private void removed(RoleName name, RowKey key) {
    for (StampedPermission row : base.permissions(name)) {
      if (!isRemoved(new PolicyRow.OfPermission(row.permission()).key())) {
        refuse(
            "role-in-use",
            "role `"
                + name
                + "` still has permission `"
                + row.permission().id()
                + "`: delete it too",
            key);
        return;
      }
    }
    for (Assignment assignment : RoleEdits.assignmentsOf(base, name)) {
      if (!isRemoved(new PolicyRow.OfAssignment(assignment).key())) {
        refuse(
            "role-in-use",
            "role `"
                + name
                + "` is still assigned to `"
                + assignment.value()
                + "`: remove that too",
            key);
        return;
      }
    }
  }

  private SortedMap<RoleName, Role> rolesAfter() {
    var roles = new TreeMap<RoleName, Role>();
    String after = "";
    do {
      Page<RoleEntry> page = base.roles(after, PAGE);
      page.items().forEach(entry -> roles.put(entry.role().name(), entry.role()));
      after = page.next().orElse("");
    } while (!after.isEmpty());
    for (Change change : changes) {
      if (change.key() instanceof RowKey.OfRole(RoleName name)) {
        if (change.afterOrNull() instanceof PolicyRow.OfRole(Role role)) {
          roles.put(name, role);
        } else {
          roles.remove(name);
        }
      }
    }
    return roles;
  }

  private void apis() {
    if (byKey.keySet().stream().noneMatch(RowKey.OfApi.class::isInstance)) {
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
            refuse(
                "duplicate-api-name",
                "API name `" + name + "` is in use already: choose another",
                new RowKey.OfApi(id));
          }
        });
  }

  private void removed(ApiId api, RowKey key) {
    String after = "";
    do {
      Page<RoleEntry> page = base.roles(after, PAGE);
      for (RoleEntry entry : page.items()) {
        if (entry.own().contains(api) && stillHas(entry.role().name(), api, key)) {
          return;
        }
      }
      after = page.next().orElse("");
    } while (!after.isEmpty());
  }

  private boolean stillHas(RoleName role, ApiId api, RowKey key) {
    Optional<Permission> left =
        base.slice(role, api).map(Slice::permissions).orElse(List.of()).stream()
            .filter(it -> !isRemoved(new PolicyRow.OfPermission(it).key()))
            .findFirst();
    left.ifPresent(
        it ->
            refuse(
                "api-in-use",
                "API `" + api + "` is still named by permission `" + it.id() + "`: delete it too",
                key));
    return left.isPresent();
  }

  private void assignments() {
    for (Change change : changes) {
      if (change.afterOrNull() instanceof PolicyRow.OfAssignment(Assignment assignment)) {
        knownRole(
            assignment.role(), "the assignment to `" + assignment.value() + "`", change.key());
      }
    }
  }

  private void knownRole(RoleName role, String where, RowKey key) {
    if (!knownRoles.computeIfAbsent(role, this::existsAfter)) {
      refuse(
          "unknown-role",
          where + " names the unknown role `" + role + "`: add the role or correct its name",
          key);
    }
  }

  private boolean existsAfter(RoleName role) {
    Change change = byKey.get(new RowKey.OfRole(role));
    return change != null
        ? change.afterOrNull() != null
        : role.equals(RoleName.AUTHENTICATED) || base.role(role).isPresent();
  }

  private Optional<Api> apiAfter(ApiId id) {
    return knownApis.computeIfAbsent(
        id,
        api -> {
          Change change = byKey.get(new RowKey.OfApi(api));
          if (change == null) {
            return base.api(api);
          }
          return change.afterOrNull() instanceof PolicyRow.OfApi(Api after)
              ? Optional.of(after)
              : Optional.empty();
        });
  }

  private boolean isRemoved(RowKey key) {
    Change change = byKey.get(key);
    return change != null && change.afterOrNull() == null;
  }

  private void refuse(String code, String message, @Nullable RowKey key) {
    refusals.add(new Refusal(code, message, key));
  }
}
