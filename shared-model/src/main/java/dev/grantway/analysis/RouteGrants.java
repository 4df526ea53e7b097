package dev.grantway.analysis;

import dev.grantway.policy.Api;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Action;
import dev.grantway.resource.Reach;
import dev.grantway.resource.Route;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Grants on some routes of an API, for as many roles and stages as are asked for: what a permission
 * touches is worked out once. For one thread.
 */
public final class RouteGrants {
  private record Place(Route route, Action action) {}

  /** A permission that says something about a place. */
  private record Hit(int place, Permission permission, boolean whole) {}

  private final Api api;
  private final List<Route> routes;
  private final List<Place> places = new ArrayList<>();

  /** Roles that inherit a permission share it: to compare its parts would be the larger work. */
  private final IdentityHashMap<Permission, List<Hit>> hits = new IdentityHashMap<>();

  public RouteGrants(Api api, Collection<Route> routes) {
    this.api = api;
    this.routes = List.copyOf(routes);
    for (Route route : this.routes) {
      new TreeSet<>(route.actions()).forEach(action -> places.add(new Place(route, action)));
    }
  }

  /**
   * The grants of a role in a stage, one for each route and action, in their order.
   *
   * @param permissions the role's, directly or by inheritance; of any API and stage
   */
  public List<Grant> of(String stage, RoleName role, Collection<Permission> permissions) {
    var touching = new ArrayList<List<Hit>>(Collections.nCopies(places.size(), List.of()));
    for (Permission permission : permissions) {
      if (permission.api().equals(api.id()) && permission.stage().includes(stage)) {
        for (Hit hit : hits.computeIfAbsent(permission, this::hits)) {
          if (touching.get(hit.place()).isEmpty()) {
            touching.set(hit.place(), new ArrayList<>(2));
          }
          touching.get(hit.place()).add(hit);
        }
      }
    }
    var grants = new ArrayList<Grant>(places.size());
    for (int i = 0; i < places.size(); i++) {
      grants.add(grant(role, places.get(i), touching.get(i)));
    }
    return grants;
  }

  private List<Hit> hits(Permission permission) {
    boolean always = permission.condition().isNone() && permission.validity().isAlways();
    var found = new ArrayList<Hit>();
    int place = 0;
    for (Route route : routes) {
      Reach reach = Reach.of(permission.resource(), route.template());
      int end = place + route.actions().size();
      for (; place < end; place++) {
        Action action = places.get(place).action();
        if (reach != Reach.NONE
            && permission.actions().contains(action)
            && Touch.touches(reach, permission.resource(), route, action, api.routes())) {
          found.add(new Hit(place, permission, always && reach == Reach.WHOLE));
        }
      }
    }
    return found;
  }

  private static Grant grant(RoleName role, Place place, List<Hit> touching) {
    List<Hit> allows = with(Effect.ALLOW, touching);
    List<Hit> denies = allows.size() == touching.size() ? List.of() : with(Effect.DENY, touching);
    boolean deniedWhole = denies.stream().anyMatch(Hit::whole);
    if (deniedWhole || allows.isEmpty()) {
      Grant.Access access = denies.isEmpty() ? Grant.Access.NONE : Grant.Access.DENIED;
      boolean conditional = !denies.isEmpty() && !deniedWhole;
      return new Grant(
          role,
          place.route(),
          place.action(),
          access,
          isInherited(role, denies),
          conditional,
          ids(denies));
    }
    // An allow of the whole route leaves nothing for those of a part to determine.
    List<Hit> whole = allows.stream().filter(Hit::whole).toList();
    List<Hit> determining = whole.isEmpty() ? allows : whole;
    var by = new ArrayList<>(determining);
    by.addAll(denies);
    return new Grant(
        role,
        place.route(),
        place.action(),
        Grant.Access.ALLOWED,
        isInherited(role, determining),
        whole.isEmpty() || !denies.isEmpty(),
        ids(by));
  }

  private static List<Hit> with(Effect effect, List<Hit> hits) {
    return hits.stream().filter(hit -> hit.permission().effect() == effect).toList();
  }

  private static boolean isInherited(RoleName role, List<Hit> hits) {
    return !hits.isEmpty() && hits.stream().noneMatch(hit -> hit.permission().role().equals(role));
  }

  private static SortedSet<PermissionId> ids(List<Hit> hits) {
    return hits.stream()
        .map(hit -> hit.permission().id())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
