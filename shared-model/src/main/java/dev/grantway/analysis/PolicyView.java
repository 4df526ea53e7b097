package dev.grantway.analysis;

import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Policy data as comparisons look at them, however much of them is read. What it answers never
 * changes.
 */
public interface PolicyView {

  /** All APIs by id. */
  List<Api> apis();

  Optional<Api> api(ApiId id);

  /** All roles by name. */
  SortedMap<RoleName, Role> roles();

  /** The own permissions of these roles in one API, role by role in that order, each by id. */
  List<Permission> permissions(Collection<RoleName> roles, ApiId api);

  List<Assignment> assignments();

  /** The permission with that id, of whichever role and API. */
  Optional<Permission> permission(PermissionId id);

  /** That of a policy which is held whole. */
  static PolicyView of(Policy policy) {
    return new Whole(policy);
  }

  /** A policy in the order in which it is asked for. */
  final class Whole implements PolicyView {
    private record Place(RoleName role, ApiId api) {}

    private final SortedMap<ApiId, Api> apis = new TreeMap<>();
    private final SortedMap<RoleName, Role> roles = new TreeMap<>();
    private final Map<Place, SortedMap<String, Permission>> permissions = new HashMap<>();
    private final Map<PermissionId, Permission> byId = new HashMap<>();
    private final List<Assignment> assignments;

    private Whole(Policy policy) {
      policy.apis().forEach(api -> apis.put(api.id(), api));
      policy.roles().forEach(role -> roles.put(role.name(), role));
      for (Permission it : policy.permissions()) {
        permissions
            .computeIfAbsent(new Place(it.role(), it.api()), place -> new TreeMap<>())
            .put(it.id().value(), it);
        byId.put(it.id(), it);
      }
      assignments = policy.assignments();
    }

    @Override
    public List<Api> apis() {
      return List.copyOf(apis.values());
    }

    @Override
    public Optional<Api> api(ApiId id) {
      return Optional.ofNullable(apis.get(id));
    }

    @Override
    public SortedMap<RoleName, Role> roles() {
      return roles;
    }

    @Override
    public List<Permission> permissions(Collection<RoleName> held, ApiId api) {
      return held.stream()
          .flatMap(
              role ->
                  permissions.getOrDefault(new Place(role, api), new TreeMap<>()).values().stream())
          .toList();
    }

    @Override
    public List<Assignment> assignments() {
      return assignments;
    }

    @Override
    public Optional<Permission> permission(PermissionId id) {
      return Optional.ofNullable(byId.get(id));
    }
  }
}
