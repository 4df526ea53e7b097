package dev.grantway.admin.matrix;

import dev.grantway.admin.changes.WorkingCopy;
import dev.grantway.admin.roles.PermissionIds;
import dev.grantway.analysis.Grant;
import dev.grantway.analysis.RouteGrants;
import dev.grantway.policy.Api;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.StageScope;
import dev.grantway.policy.Validity;
import dev.grantway.resource.Action;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import dev.grantway.resource.Template;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Edits of cells. A cell is edited by the role's own permissions that say just that cell: its
 * template, its method, the stage shown, without condition or validity. Whatever else determines it
 * stays as it is. What the draft's base had is put back rather than made anew, so that edits that
 * cancel each other leave nothing.
 */
final class CellEdits {
  private final WorkingCopy copy;
  private final WorkingCopy without;
  private final RoleGraph graph;
  private final Api api;
  private final String stage;
  private final Map<RoleName, Map<RoutePlace, Grant>> grants = new HashMap<>();

  CellEdits(WorkingCopy copy, RoleGraph graph, Api api, String stage) {
    this.copy = copy;
    this.without = copy.withoutChanges();
    this.graph = graph;
    this.api = api;
    this.stage = stage;
  }

  /** A cell that is to be edited. */
  record Cell(RoleName role, RoutePlace place) {}

  /** What an edit comes to. */
  static final class Plan {
    private final List<Change> changes = new ArrayList<>();
    private final List<PermissionId> added = new ArrayList<>();
    private final List<PermissionId> removed = new ArrayList<>();
    private final Set<PermissionId> made = new HashSet<>();
    private int cells;
    private int same;
    private int blocked;

    List<Change> changes() {
      return List.copyOf(changes);
    }

    int cells() {
      return cells;
    }

    Edited.Done done(Wish wish) {
      return new Edited.Done(wish, cells, same, blocked, added, removed);
    }

    private void put(Change change, PermissionId id) {
      changes.add(change);
      (change.afterOrNull() == null ? removed : added).add(id);
    }
  }

  /** The role's own permissions that say just one cell, at the base and now. */
  private record Own(List<Permission> was, List<Permission> is) {
    boolean has(Effect effect) {
      return is.stream().anyMatch(it -> it.effect() == effect);
    }

    boolean holds(Collection<PermissionId> ids) {
      return is.stream().map(Permission::id).toList().containsAll(ids);
    }
  }

  /** Works out the grants of these cells together; each is then asked for often. */
  void look(Collection<Cell> cells) {
    var routes = new LinkedHashMap<RoleName, Set<Route>>();
    for (Cell cell : cells) {
      routes.computeIfAbsent(cell.role(), role -> new LinkedHashSet<>()).add(cell.place().route());
    }
    routes.forEach(this::look);
  }

  private void look(RoleName role, Set<Route> routes) {
    List<Permission> permissions = copy.permissions(graph.closure(List.of(role)), api.id());
    Map<RoutePlace, Grant> found = grants.computeIfAbsent(role, it -> new HashMap<>());
    new RouteGrants(api, routes)
        .of(stage, role, permissions)
        .forEach(grant -> found.put(new RoutePlace(grant.route(), grant.action()), grant));
  }

  Grant grant(Cell cell) {
    Grant grant = grants.getOrDefault(cell.role(), Map.of()).get(cell.place());
    if (grant == null) {
      throw new IllegalStateException("cell " + cell + " was not looked at");
    }
    return grant;
  }

  /** What an edit would do to a cell. */
  private enum Effort {
    CHANGES,
    /** It is so already. */
    SAME,
    /** No permission of its own makes it so. */
    BLOCKED
  }

  /** What has to change so that the cells that can be as wished are so. */
  Plan plan(Collection<Cell> cells, Wish wish) {
    var plan = new Plan();
    for (Cell cell : new LinkedHashSet<>(cells)) {
      switch (effort(cell, wish)) {
        case CHANGES -> toward(cell, own(cell), effect(wish), plan);
        case SAME -> plan.same++;
        case BLOCKED -> plan.blocked++;
      }
    }
    return plan;
  }

  /** How many of the cells a plan would change. */
  int count(Collection<Cell> cells, Wish wish) {
    return Math.toIntExact(
        cells.stream().distinct().filter(it -> effort(it, wish) == Effort.CHANGES).count());
  }

  private static @Nullable Effect effect(Wish wish) {
    return switch (wish) {
      case ALLOW -> Effect.ALLOW;
      case DENY -> Effect.DENY;
      case CLEAR -> null;
    };
  }

  private Effort effort(Cell cell, Wish wish) {
    if (!isEditable(cell.place())) {
      return Effort.BLOCKED;
    }
    Grant grant = grant(cell);
    boolean denied = grant.access() == Grant.Access.DENIED && !grant.conditional();
    return switch (wish) {
      case ALLOW ->
          grant.isAllowed() && !grant.conditional()
              ? Effort.SAME
              : denied && !own(cell).holds(grant.by()) ? Effort.BLOCKED : Effort.CHANGES;
      case DENY -> denied ? Effort.SAME : Effort.CHANGES;
      case CLEAR -> own(cell).is().isEmpty() ? Effort.SAME : Effort.CHANGES;
    };
  }

  /**
   * What comes next in none → allow → deny → none. None where another permission than the cell's
   * own decides against it, or a role that is inherited gives it: that takes a decision, and the
   * cell says which.
   */
  Optional<Wish> next(Cell cell) {
    Own own = own(cell);
    Grant grant = grant(cell);
    if (!isEditable(cell.place())) {
      return Optional.empty();
    }
    if (own.has(Effect.DENY)) {
      return Optional.of(Wish.CLEAR);
    }
    if (own.has(Effect.ALLOW)) {
      // Where others deny all of it already, a deny of its own would be nothing new.
      return Optional.of(effort(cell, Wish.DENY) == Effort.CHANGES ? Wish.DENY : Wish.CLEAR);
    }
    return switch (grant.access()) {
      case NONE -> Optional.of(Wish.ALLOW);
      case ALLOWED -> grant.inherited() ? Optional.empty() : Optional.of(Wish.DENY);
      case DENIED -> Optional.empty();
    };
  }

  /** Whether a permission of its own allows it that says more than just this cell. */
  boolean isWide(Cell cell) {
    Grant grant = grant(cell);
    return isEditable(cell.place())
        && grant.isAllowed()
        && copy.permissions(cell.role(), api.id()).stream()
            .filter(it -> it.effect() == Effect.ALLOW && grant.by().contains(it.id()))
            .anyMatch(it -> !isExact(it, cell.place()));
  }

  /** What takes one cell out of the permissions of its own that say more than that. */
  CellSplit.Outcome split(Cell cell) {
    return new CellSplit(copy, graph, api, stage, cell).outcome();
  }

  /** False for what no permission of its own could say, or needs none. */
  boolean isEditable(RoutePlace place) {
    return place.needsGrant() && place.route().template().kind() != Template.Kind.DEFAULT;
  }

  private Own own(Cell cell) {
    List<Permission> all = copy.permissions(cell.role(), api.id());
    List<Permission> is = all.stream().filter(it -> isExact(it, cell.place())).toList();
    // A row that the draft made say something else is the operator's, and not put back.
    Set<PermissionId> others = new HashSet<>();
    all.stream().filter(it -> !is.contains(it)).forEach(it -> others.add(it.id()));
    List<Permission> was =
        without.permissions(cell.role(), api.id()).stream()
            .filter(it -> isExact(it, cell.place()) && !others.contains(it.id()))
            .toList();
    return new Own(was, is);
  }

  private boolean isExact(Permission it, RoutePlace place) {
    Template template = place.route().template();
    return it.stage().text().equals(stage)
        && it.actions().equals(Set.of(place.action()))
        && it.condition().isNone()
        && it.validity().isAlways()
        && it.resource().routeKey() == (template.kind() == Template.Kind.ROUTE_KEY)
        && it.resource().shape().equals(template.shape());
  }

  /**
   * @param wanted null: no permission of its own
   */
  private void toward(Cell cell, Own own, @Nullable Effect wanted, Plan plan) {
    Optional<Permission> kept = Optional.ofNullable(wanted).flatMap(effect -> kept(own, effect));
    var now = new TreeMap<PermissionId, Permission>();
    own.is().forEach(it -> now.put(it.id(), it));
    var ids = new TreeSet<>(now.keySet());
    own.was().forEach(it -> ids.add(it.id()));
    for (PermissionId id : ids) {
      Permission after = kept.filter(it -> it.id().equals(id)).orElse(null);
      Permission before = now.get(id);
      if (before != null && !Objects.equals(before, after)) {
        plan.put(change(before, before, after), id);
      } else if (before == null && after != null) {
        plan.put(change(after, null, after), id);
      }
    }
    if (wanted != null && kept.isEmpty()) {
      Permission fresh = fresh(cell, wanted, plan);
      plan.put(change(fresh, null, fresh), fresh.id());
    }
    plan.cells++;
  }

  private static Optional<Permission> kept(Own own, Effect effect) {
    return own.was().stream()
        .filter(it -> it.effect() == effect)
        .findFirst()
        .or(() -> own.is().stream().filter(it -> it.effect() == effect).findFirst());
  }

  private static Change change(
      Permission any, @Nullable Permission before, @Nullable Permission after) {
    return new Change(
        new PolicyRow.OfPermission(any).key(),
        before == null ? null : new PolicyRow.OfPermission(before),
        after == null ? null : new PolicyRow.OfPermission(after));
  }

  private Permission fresh(Cell cell, Effect effect, Plan plan) {
    String resource = cell.place().route().template().toString();
    Action action = cell.place().action();
    PermissionId id =
        PermissionIds.make(
            cell.role(),
            effect,
            Set.of(action),
            resource,
            it -> plan.made.contains(it) || copy.isTaken(it));
    plan.made.add(id);
    return new Permission(
        id,
        cell.role(),
        effect,
        api.id(),
        new StageScope(stage),
        Set.of(action),
        action == Action.CONNECT
            ? ResourcePattern.parseRouteKey(resource)
            : ResourcePattern.parse(resource),
        Condition.NONE,
        Validity.ALWAYS,
        "");
  }
}
