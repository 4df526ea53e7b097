package dev.grantway.admin.changes;

import dev.grantway.analysis.EffectiveChange;
import dev.grantway.analysis.Grant;
import dev.grantway.analysis.Grants;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Action;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.RowKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/** Computes which grants changes gain and lose, after inheritance, wildcards and denials. */
final class EffectiveReview {
  private record Place(GrantChange.Kind kind, RoleName role, String api, String route) {}

  private record Side(WorkingCopy copy, SortedMap<RoleName, Role> roles, RoleGraph graph) {
    static Side of(WorkingCopy copy) {
      SortedMap<RoleName, Role> roles = copy.roles();
      return new Side(copy, roles, new RoleGraph(roles.values()));
    }

    List<Permission> permissions(RoleName role, ApiId api) {
      return copy.permissions(graph.closure(List.of(role)), api);
    }
  }

  private final Side before;
  private final Side after;
  private final Map<Place, GrantChange> found = new LinkedHashMap<>();

  private EffectiveReview(WorkingCopy before, WorkingCopy after) {
    this.before = Side.of(before);
    this.after = Side.of(after);
  }

  static List<GrantChange> of(WorkingCopy after, Collection<Change> changes) {
    if (changes.isEmpty()) {
      return List.of();
    }
    var review = new EffectiveReview(after.withoutChanges(), after);
    review.compare(changes);
    return review.found.values().stream()
        .sorted(
            java.util.Comparator.comparing(GrantChange::kind)
                .thenComparing(GrantChange::role)
                .thenComparing(GrantChange::route))
        .toList();
  }

  private void compare(Collection<Change> changes) {
    Set<RoleName> roles = heirs(touched(changes));
    Set<ApiId> apis = apis(changes);
    for (Api api : after.copy().apis()) {
      if (apis.contains(api.id())) {
        for (RoleName role : roles) {
          compare(api, role);
        }
      }
    }
  }

  private static Set<RoleName> touched(Collection<Change> changes) {
    var roles = new TreeSet<RoleName>();
    for (Change change : changes) {
      switch (change.key()) {
        case RowKey.OfPermission key -> roles.add(key.role());
        case RowKey.OfRole key -> roles.add(key.name());
        case RowKey.OfApi key -> {}
        case RowKey.OfAssignment key -> {}
        case RowKey.OfRule key -> {}
      }
    }
    return roles;
  }

  private Set<ApiId> apis(Collection<Change> changes) {
    var apis = new TreeSet<ApiId>();
    for (Change change : changes) {
      switch (change.key()) {
        case RowKey.OfPermission key -> apis.add(key.api());
        case RowKey.OfRole key -> {
          if (edges(change.beforeOrNull()).equals(edges(change.afterOrNull()))) {
            continue;
          }
          after.copy().apis().forEach(api -> apis.add(api.id()));
        }
        case RowKey.OfApi key -> apis.add(key.id());
        case RowKey.OfAssignment key -> {}
        case RowKey.OfRule key -> {}
      }
    }
    return apis;
  }

  private static Set<RoleName> edges(@org.jspecify.annotations.Nullable PolicyRow row) {
    return row instanceof PolicyRow.OfRole(Role role) ? role.inherits() : Set.of();
  }

  /** The roles and those that inherit them, before or after. */
  private Set<RoleName> heirs(Set<RoleName> touched) {
    var heirs = new TreeSet<>(touched);
    for (Side side : List.of(before, after)) {
      for (RoleName role : side.roles().keySet()) {
        if (side.graph().closure(List.of(role)).stream().anyMatch(touched::contains)) {
          heirs.add(role);
        }
      }
    }
    return heirs;
  }

  private void compare(Api api, RoleName role) {
    List<Permission> old = before.permissions(role, api.id());
    List<Permission> now = after.permissions(role, api.id());
    for (String stage : api.stages()) {
      List<Grant> grantsBefore =
          before.roles().containsKey(role)
              ? Grants.of(api, stage, role, before.graph(), old)
              : List.of();
      List<Grant> grantsAfter =
          after.roles().containsKey(role)
              ? Grants.of(api, stage, role, after.graph(), now)
              : List.of();
      EffectiveChange change = EffectiveChange.between(grantsBefore, old, grantsAfter, now);
      change.gained().forEach(it -> add(GrantChange.Kind.GAINED, api, stage, it));
      change.lost().forEach(it -> add(GrantChange.Kind.LOST, api, stage, it));
      change.changed().forEach(it -> add(GrantChange.Kind.CHANGED, api, stage, it));
    }
  }

  private void add(GrantChange.Kind kind, Api api, String stage, Grant grant) {
    String route =
        grant.action() == Action.CONNECT
            ? grant.route().template().toString()
            : grant.action() + " " + grant.route().template();
    var place = new Place(kind, grant.role(), api.name(), route);
    GrantChange earlier = found.get(place);
    var stages = new ArrayList<>(earlier == null ? List.<String>of() : earlier.stages());
    stages.add(stage);
    var because = new TreeSet<String>();
    grant.by().forEach(id -> because.add(id.value()));
    found.put(
        place,
        new GrantChange(
            kind,
            grant.role(),
            api.name(),
            route,
            stages,
            grant.inherited(),
            grant.conditional(),
            because));
  }
}
