package dev.grantway.admin.whocan;

import dev.grantway.admin.common.Latest;
import dev.grantway.analysis.Grant;
import dev.grantway.analysis.Grants;
import dev.grantway.analysis.RouteGrants;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Action;
import dev.grantway.resource.Route;
import dev.grantway.store.AsOf;
import dev.grantway.store.Page;
import dev.grantway.store.RoleEntry;
import dev.grantway.store.StampedPermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What roles say about some routes of a stage, as of a revision and an instant. Where every role is
 * asked, permissions are read some roles at a time and kept only if they say something about these
 * routes.
 */
final class Reading {
  private static final int TOGETHER = 100;

  private final AsOf then;
  private final Api api;
  private final String stage;
  private final Instant at;
  private final List<Route> routes;
  private final SortedMap<RoleName, Role> roles = new TreeMap<>();
  private final Set<RoleName> here = new HashSet<>();
  private final RoleGraph graph;
  private final Map<RoleName, List<Permission>> said = new HashMap<>();
  private final Map<RoleName, List<Permission>> saidNow = new HashMap<>();
  private final Map<PermissionId, Permission> byId = new HashMap<>();
  private final RouteGrants grants;

  /** A place by what counts now, and by what counts at any time. */
  record Pair(Grant now, Grant ever) {
    Standing standing() {
      return Standing.of(now, ever);
    }

    /** Names the place, such as {@code POST /orders/{id}/refunds}. */
    String text() {
      return now.route().text(now.action());
    }

    /**
     * How it comes out: two of the same meaning are alike for every request. On conditions they are
     * only if the same permissions determine both.
     */
    String meaning() {
      Standing it = standing();
      boolean plain = !it.conditional() && it.kind() != Standing.Kind.NOT_NOW;
      return plain ? it.kind().name() : it + " " + now.by() + " " + ever.by();
    }
  }

  Reading(AsOf then, Api api, String stage, Instant at, Collection<Route> routes) {
    this.then = then;
    this.api = api;
    this.stage = stage;
    this.at = at;
    this.routes = List.copyOf(routes);
    this.grants = new RouteGrants(api, this.routes);
    String after = "";
    do {
      Page<RoleEntry> page = then.roles(after, TOGETHER);
      for (RoleEntry entry : page.items()) {
        roles.put(entry.role().name(), entry.role());
        if (entry.own().contains(api.id())) {
          here.add(entry.role().name());
        }
      }
      after = page.next().orElse("");
    } while (!after.isEmpty());
    graph = new RoleGraph(roles.values());
  }

  /** What is kept of {@link #everyRole}: a revision never says anything else. */
  record About(String hash, ApiId api, List<Route> routes) {}

  /**
   * Takes what every role says.
   *
   * @param known what was read before
   */
  Reading everyRole(Latest<About, Map<RoleName, List<Permission>>> known) {
    known.get(new About(then.hash(), api.id(), routes), this::touching).forEach(this::keep);
    return this;
  }

  private Map<RoleName, List<Permission>> touching() {
    var touching = new HashMap<RoleName, List<Permission>>();
    List<RoleName> all = roles.keySet().stream().filter(here::contains).toList();
    for (int from = 0; from < all.size(); from += TOGETHER) {
      then.permissions(all.subList(from, Math.min(all.size(), from + TOGETHER)), api.id())
          .forEach(
              (role, rows) -> {
                List<Permission> some = Grants.touching(api, routes, plain(rows));
                if (!some.isEmpty()) {
                  touching.put(role, some);
                }
              });
    }
    return touching;
  }

  /** Reads what the roles say, those that they inherit, and what everybody has. */
  Reading rolesOf(Collection<RoleName> direct) {
    then.permissions(held(direct).stream().filter(here::contains).toList(), api.id())
        .forEach((role, rows) -> keep(role, plain(rows)));
    return this;
  }

  private static List<Permission> plain(List<StampedPermission> rows) {
    return rows.stream().map(StampedPermission::permission).toList();
  }

  private void keep(RoleName role, List<Permission> touching) {
    List<Permission> ofStage =
        touching.stream().filter(permission -> permission.stage().includes(stage)).toList();
    if (!ofStage.isEmpty()) {
      said.put(role, ofStage);
      saidNow.put(role, Grants.at(at, ofStage));
      ofStage.forEach(permission -> byId.put(permission.id(), permission));
    }
  }

  /** Every role that there is, by name. */
  SortedMap<RoleName, Role> roles() {
    return roles;
  }

  /** The roles, those that they inherit, and the one that everybody holds. */
  private SortedSet<RoleName> held(Collection<RoleName> direct) {
    var all = new ArrayList<>(direct);
    all.add(RoleName.AUTHENTICATED);
    return graph.closure(all);
  }

  /** Whether the role itself or one that it inherits says anything. */
  boolean says(RoleName role) {
    return graph.closure(List.of(role)).stream().anyMatch(said::containsKey);
  }

  /** What somebody may do who holds these roles and no others, at each place in its order. */
  List<Pair> pairs(Collection<RoleName> direct) {
    SortedSet<RoleName> held = held(direct);
    List<Grant> now = grants(held, saidNow);
    List<Grant> ever = grants(held, said);
    var pairs = new ArrayList<Pair>(now.size());
    for (int i = 0; i < now.size(); i++) {
      pairs.add(new Pair(now.get(i), ever.get(i)));
    }
    return pairs;
  }

  private List<Grant> grants(
      SortedSet<RoleName> held, Map<RoleName, List<Permission>> permissions) {
    return grants.of(
        stage,
        RoleName.AUTHENTICATED,
        held.stream().flatMap(role -> permissions.getOrDefault(role, List.of()).stream()).toList());
  }

  /** The numbers of the places whose action reaches their route, in their order. */
  List<Integer> reached(List<Pair> pairs) {
    var reached = new ArrayList<Integer>();
    @Nullable Route last = null;
    Set<Action> actions = Set.of();
    for (int i = 0; i < pairs.size(); i++) {
      Route route = pairs.get(i).now().route();
      if (!route.equals(last)) {
        actions = route.isAny() ? api.routes().actionsOf(route) : route.actions();
        last = route;
      }
      if (actions.contains(pairs.get(i).now().action())) {
        reached.add(i);
      }
    }
    return reached;
  }

  /** Why a place is as it is for who holds these roles. */
  List<Because> because(Collection<RoleName> direct, Pair pair) {
    Grant grant = pair.standing().kind() == Standing.Kind.NOT_NOW ? pair.ever() : pair.now();
    return grant.by().stream()
        .map(id -> Objects.requireNonNull(byId.get(id)))
        .map(permission -> Because.of(permission, via(direct, permission), grant.route()))
        .toList();
  }

  private List<RoleName> via(Collection<RoleName> direct, Permission permission) {
    return direct.stream()
        .map(role -> graph.path(role, permission.role()))
        .filter(path -> !path.isEmpty())
        .min(Comparator.comparingInt(List::size))
        .orElse(List.of(permission.role()));
  }
}
