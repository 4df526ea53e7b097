package dev.grantway.admin.changes;

import dev.grantway.decision.PolicyTest;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.store.ApiEntry;
import dev.grantway.store.AsOf;
import dev.grantway.store.Page;
import dev.grantway.store.RoleEntry;
import dev.grantway.store.Slice;
import dev.grantway.store.StampedPermission;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one view reads of a base, each bundle once; a revision never changes. For one thread. */
final class BaseReads {
  private static final int PAGE = 500;

  private record Place(RoleName role, ApiId api) {}

  private final AsOf base;
  private final Map<Place, List<Permission>> slices = new HashMap<>();
  private final Map<ApiId, Optional<Api>> apis = new HashMap<>();
  private @Nullable SortedMap<RoleName, Role> roles;
  private @Nullable List<ApiId> apiIds;
  private @Nullable List<Assignment> assignments;
  private @Nullable List<PolicyTest> tests;

  BaseReads(AsOf base) {
    this.base = base;
  }

  AsOf base() {
    return base;
  }

  List<Permission> permissions(RoleName role, ApiId api) {
    return slices.computeIfAbsent(
        new Place(role, api),
        place -> base.slice(role, api).map(Slice::permissions).orElse(List.of()));
  }

  /** Reads together what the permissions of these roles will be asked for. */
  void fetch(Collection<RoleName> several, ApiId api) {
    List<RoleName> missing =
        several.stream().filter(role -> !slices.containsKey(new Place(role, api))).toList();
    if (missing.size() < 2) {
      missing.forEach(role -> permissions(role, api));
      return;
    }
    SortedMap<RoleName, List<StampedPermission>> read = base.permissions(missing, api);
    missing.forEach(
        role ->
            slices.put(
                new Place(role, api),
                read.getOrDefault(role, List.of()).stream()
                    .map(StampedPermission::permission)
                    .toList()));
  }

  Optional<Api> api(ApiId id) {
    return apis.computeIfAbsent(id, base::api);
  }

  /** The ids of all APIs, in their order. */
  List<ApiId> apiIds() {
    List<ApiId> known = apiIds;
    if (known == null) {
      known = base.apis().stream().map(ApiEntry::id).toList();
      apiIds = known;
    }
    return known;
  }

  List<PolicyTest> tests() {
    List<PolicyTest> known = tests;
    if (known == null) {
      known = base.tests();
      tests = known;
    }
    return known;
  }

  SortedMap<RoleName, Role> roles() {
    SortedMap<RoleName, Role> known = roles;
    if (known == null) {
      known = readRoles();
      roles = known;
    }
    return known;
  }

  private SortedMap<RoleName, Role> readRoles() {
    var read = new TreeMap<RoleName, Role>();
    String after = "";
    do {
      Page<RoleEntry> page = base.roles(after, PAGE);
      page.items().forEach(entry -> read.put(entry.role().name(), entry.role()));
      after = page.next().orElse("");
    } while (!after.isEmpty());
    return read;
  }

  List<Assignment> assignments() {
    List<Assignment> known = assignments;
    if (known == null) {
      known = readAssignments();
      assignments = known;
    }
    return known;
  }

  private List<Assignment> readAssignments() {
    var read = new ArrayList<Assignment>();
    String after = "";
    do {
      Page<Assignment> page = base.assignments(after, PAGE);
      read.addAll(page.items());
      after = page.next().orElse("");
    } while (!after.isEmpty());
    return List.copyOf(read);
  }
}
