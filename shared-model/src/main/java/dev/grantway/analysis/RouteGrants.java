package dev.grantway.analysis;

import dev.grantway.policy.Api;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Action;
import dev.grantway.resource.Reach;
import dev.grantway.resource.Route;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Grants on some routes of an API, for as many roles and stages as are asked for: what a permission
 * touches is worked out once, and so is what several of them together make of a place. For one
 * thread.
 */
public final class RouteGrants {

  /** A method of a route. */
  record Place(Route route, Action action) {}

  /** A permission that says something about a place. */
  private record Hit(int place, Permission permission, boolean whole) {
    boolean isOf(Effect effect) {
      return permission.effect() == effect;
    }
  }

  private final Api api;
  private final List<Route> routes;
  private final TemplateTree tree;
  private final List<Place> places = new ArrayList<>();

  /** The number of each route's first place. */
  private final int[] firstPlace;

  /** Roles that inherit a permission share it: to compare its parts would be the larger work. */
  private final IdentityHashMap<Permission, List<Hit>> hits = new IdentityHashMap<>();

  private final List<Said> nothing;

  public RouteGrants(Api api, Collection<Route> routes) {
    this.api = api;
    this.routes = List.copyOf(routes);
    tree = new TemplateTree(this.routes);
    firstPlace = new int[this.routes.size()];
    for (int i = 0; i < firstPlace.length; i++) {
      Route route = this.routes.get(i);
      firstPlace[i] = places.size();
      new TreeSet<>(route.actions()).forEach(action -> places.add(new Place(route, action)));
    }
    nothing = places.stream().map(place -> new Said(null, null)).toList();
  }

  /** The places in their order: route by route, method by method. */
  List<Place> places() {
    return places;
  }

  /**
   * The grants of a role in a stage, one for each route and action, in their order.
   *
   * @param permissions the role's, directly or by inheritance; of any API and stage
   */
  public List<Grant> of(String stage, RoleName role, Collection<Permission> permissions) {
    List<GrantOutcome> outcomes = outcomes(stage, permissions);
    var grants = new ArrayList<Grant>(places.size());
    for (int i = 0; i < places.size(); i++) {
      grants.add(outcomes.get(i).grant(role, places.get(i)));
    }
    return grants;
  }

  /** What the permissions make of each place; the same ones, asked for again, the same object. */
  List<GrantOutcome> outcomes(String stage, Collection<Permission> permissions) {
    Said[] said = nothing.toArray(Said[]::new);
    for (Permission permission : permissions) {
      if (permission.api().equals(api.id()) && permission.stage().includes(stage)) {
        for (Hit hit : hits.computeIfAbsent(permission, this::hits)) {
          said[hit.place()] = said[hit.place()].and(hit);
        }
      }
    }
    var outcomes = new ArrayList<GrantOutcome>(said.length);
    for (Said each : said) {
      outcomes.add(each.outcome());
    }
    return outcomes;
  }

  private List<Hit> hits(Permission permission) {
    boolean always = permission.condition().isNone() && permission.validity().isAlways();
    var found = new ArrayList<Hit>();
    BitSet near = tree.near(permission.resource());
    for (int i = near.nextSetBit(0); i >= 0; i = near.nextSetBit(i + 1)) {
      Route route = routes.get(i);
      int end = firstPlace[i] + route.actions().size();
      Reach reach =
          Collections.disjoint(permission.actions(), route.actions())
              ? Reach.NONE
              : Reach.of(permission.resource(), route.template());
      for (int place = firstPlace[i]; place < end && reach != Reach.NONE; place++) {
        Action action = places.get(place).action();
        if (permission.actions().contains(action)
            && Touch.touches(reach, permission.resource(), route, action, api.routes())) {
          found.add(new Hit(place, permission, always && reach == Reach.WHOLE));
        }
      }
    }
    return found;
  }

  /**
   * All that was said about a place, in the order of saying. Roles that inherit the same go the
   * same way through these, and find at its end what another has worked out.
   */
  private static final class Said {
    private final @Nullable Said before;
    private final @Nullable Hit last;
    private @Nullable IdentityHashMap<Permission, Said> further;
    private @Nullable GrantOutcome outcome;

    Said(@Nullable Said before, @Nullable Hit last) {
      this.before = before;
      this.last = last;
    }

    Said and(Hit hit) {
      IdentityHashMap<Permission, Said> known = further;
      if (known == null) {
        known = new IdentityHashMap<>(2);
        further = known;
      }
      return known.computeIfAbsent(hit.permission(), it -> new Said(this, hit));
    }

    GrantOutcome outcome() {
      GrantOutcome known = outcome;
      if (known == null) {
        known = settled(hits());
        outcome = known;
      }
      return known;
    }

    private List<Hit> hits() {
      var hits = new ArrayList<Hit>();
      for (Said it = this; it != null && it.last != null; it = it.before) {
        hits.add(it.last);
      }
      return hits.reversed();
    }
  }

  private static GrantOutcome settled(List<Hit> touching) {
    List<Hit> allows = touching.stream().filter(hit -> hit.isOf(Effect.ALLOW)).toList();
    List<Hit> denies = touching.stream().filter(hit -> hit.isOf(Effect.DENY)).toList();
    boolean deniedWhole = denies.stream().anyMatch(Hit::whole);
    if (deniedWhole || allows.isEmpty()) {
      Grant.Access access = denies.isEmpty() ? Grant.Access.NONE : Grant.Access.DENIED;
      boolean conditional = !denies.isEmpty() && !deniedWhole;
      return new GrantOutcome(access, conditional, permissions(denies), permissions(denies));
    }
    // An allow of the whole route leaves nothing for those of a part to determine.
    List<Hit> whole = allows.stream().filter(Hit::whole).toList();
    List<Hit> determining = whole.isEmpty() ? allows : whole;
    var by = new ArrayList<>(determining);
    by.addAll(denies);
    return new GrantOutcome(
        Grant.Access.ALLOWED,
        whole.isEmpty() || !denies.isEmpty(),
        permissions(determining),
        permissions(by));
  }

  private static List<Permission> permissions(List<Hit> hits) {
    return hits.stream().map(Hit::permission).toList();
  }
}
