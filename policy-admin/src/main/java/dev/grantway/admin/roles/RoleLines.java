package dev.grantway.admin.roles;

import dev.grantway.admin.changes.Staging;
import dev.grantway.admin.changes.WorkingCopy;
import dev.grantway.analysis.Grant;
import dev.grantway.analysis.Grants;
import dev.grantway.analysis.RouteGrants;
import dev.grantway.policy.Api;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.RowKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads roles, permissions and grants for the views, with the draft over them. */
final class RoleLines {
  private final WorkingCopy copy;
  private final WorkingCopy base;
  private final Api api;
  private final String stage;

  RoleLines(WorkingCopy copy, Api api, String stage) {
    this.copy = copy;
    this.base = copy.withoutChanges();
    this.api = api;
    this.stage = stage;
  }

  List<RoleLine> list(String text, String after, int limit) {
    Map<RoleName, Role> now = copy.roles();
    var shown = new TreeMap<>(base.roles());
    shown.putAll(now);
    var graph = new RoleGraph(now.values());
    String wanted = text.strip().toLowerCase(Locale.ROOT);
    var grants = new RouteGrants(api, api.routes().routes());
    List<Role> page =
        shown.values().stream()
            .filter(role -> role.name().value().compareTo(after) > 0)
            .filter(role -> holds(role, wanted))
            .limit(limit)
            .toList();
    copy.fetch(
        graph.closure(page.stream().map(Role::name).filter(now::containsKey).toList()), api.id());
    return page.stream()
        .map(role -> line(role, graph, grants, now.containsKey(role.name())))
        .toList();
  }

  private static boolean holds(Role role, String wanted) {
    return role.name().value().toLowerCase(Locale.ROOT).contains(wanted)
        || role.description().toLowerCase(Locale.ROOT).contains(wanted);
  }

  private RoleLine line(Role role, RoleGraph graph, RouteGrants reading, boolean there) {
    if (!there) {
      return new RoleLine(role, 0, 0, 0, true, true);
    }
    List<Grant> grants =
        reading.of(
            stage, role.name(), copy.permissions(graph.closure(List.of(role.name())), api.id()));
    List<Permission> own = copy.permissions(role.name(), api.id());
    boolean staged =
        copy.change(new RowKey.OfRole(role.name())).isPresent()
            || !own.equals(base.permissions(role.name(), api.id()));
    long allowed = grants.stream().filter(Grant::isAllowed).count();
    return new RoleLine(role, own.size(), allowed, grants.size(), staged, false);
  }

  private List<Grant> grants(WorkingCopy from, RoleGraph graph, RoleName role) {
    return Grants.of(
        api, stage, role, graph, from.permissions(graph.closure(List.of(role)), api.id()));
  }

  Optional<RolePage> page(RoleName name) {
    Optional<Role> now = copy.role(name);
    Optional<Role> role = now.or(() -> base.role(name));
    return role.map(it -> page(it, now.isEmpty()));
  }

  private RolePage page(Role role, boolean removed) {
    RoleGraph graph = copy.graph();
    var lines = new ArrayList<>(own(role.name()));
    for (RoleName parent : graph.closure(List.of(role.name()))) {
      if (!parent.equals(role.name())) {
        copy.permissions(parent, api.id()).forEach(it -> lines.add(inherited(it)));
      }
    }
    List<String> heirs =
        copy.roles().values().stream()
            .filter(it -> it.inherits().contains(role.name()))
            .map(it -> it.name().value())
            .toList();
    return new RolePage(role, api, stage, removed, lines, routes(role.name(), graph), heirs);
  }

  private List<PermissionLine> own(RoleName role) {
    var ids = new TreeMap<PermissionId, Permission>();
    base.permissions(role, api.id()).forEach(it -> ids.put(it.id(), it));
    copy.permissions(role, api.id()).forEach(it -> ids.put(it.id(), it));
    return ids.values().stream()
        .map(it -> new PermissionLine(it, role, false, staging(it)))
        .toList();
  }

  private PermissionLine inherited(Permission permission) {
    return new PermissionLine(permission, permission.role(), true, staging(permission));
  }

  private Staging staging(Permission permission) {
    return Staging.of(copy.change(new PolicyRow.OfPermission(permission).key()));
  }

  private List<RouteLine> routes(RoleName role, RoleGraph graph) {
    Map<String, Grant> before = new HashMap<>();
    grants(base, base.graph(), role).forEach(it -> before.put(place(it), it));
    var permissions = new HashMap<PermissionId, Permission>();
    copy.permissions(graph.closure(List.of(role)), api.id())
        .forEach(it -> permissions.put(it.id(), it));
    var lines = new ArrayList<RouteLine>();
    for (Grant grant : grants(copy, graph, role)) {
      Grant old = before.get(place(grant));
      lines.add(
          new RouteLine(
              grant.route(),
              grant.action(),
              old == null ? RouteLine.Access.NONE : access(old),
              access(grant),
              grant.inherited(),
              grant.conditional(),
              grant.by().stream().map(permissions::get).toList()));
    }
    return lines;
  }

  private static String place(Grant grant) {
    return grant.action() + " " + grant.route().template();
  }

  private static RouteLine.Access access(Grant grant) {
    return switch (grant.access()) {
      case ALLOWED -> RouteLine.Access.ALLOWED;
      case DENIED -> RouteLine.Access.DENIED;
      case NONE -> RouteLine.Access.NONE;
    };
  }
}
