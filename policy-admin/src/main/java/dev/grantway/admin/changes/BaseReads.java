package dev.grantway.admin.changes;

import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.store.AsOf;
import dev.grantway.store.Page;
import dev.grantway.store.RoleEntry;
import dev.grantway.store.Slice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one view reads of a base, each bundle once; a revision never changes. For one thread. */
final class BaseReads {
  private static final int PAGE = 500;

  private record Place(RoleName role, ApiId api) {}

  private final AsOf base;
  private final Map<Place, List<Permission>> slices = new HashMap<>();
  private @Nullable SortedMap<RoleName, Role> roles;

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
    var read = new ArrayList<Assignment>();
    String after = "";
    do {
      Page<Assignment> page = base.assignments(after, PAGE);
      read.addAll(page.items());
      after = page.next().orElse("");
    } while (!after.isEmpty());
    return read;
  }
}
