package dev.grantway.admin.matrix;

import dev.grantway.admin.changes.WorkingCopy;
import dev.grantway.analysis.Grant;
import dev.grantway.analysis.Grants;
import dev.grantway.analysis.RouteGrants;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Route;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.RowKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Works out what roles may do in one stage, without a draft and with it, from no more permissions
 * than these roles have. What revisions say is kept; a draft costs what it touches.
 */
final class MatrixReading {
  private static final int LOOKED_THROUGH = 3;

  private final WorkingCopy copy;
  private final WorkingCopy without;
  private final ApiId id;
  private final String stage;
  private final KeptReadings kept;
  private final KeptReadings.At at;
  private final KeptReadings.OfRevision base;
  private final RouteRows rows;
  private final SortedMap<RoleName, Role> roles;
  private final RoleGraph graph;
  private final Map<RoleName, List<Permission>> changed = new HashMap<>();
  private @Nullable RouteGrants everyRoute;

  /**
   * @param live what the API is where the draft's base does not hold it yet
   */
  MatrixReading(WorkingCopy copy, Api live, String stage, KeptReadings kept) {
    this.copy = copy;
    this.without = copy.withoutChanges();
    this.id = live.id();
    this.stage = stage;
    this.kept = kept;
    this.at = new KeptReadings.At(copy.base().hash(), id);
    this.base = kept.revision(at, () -> read(live));
    boolean otherRoutes = copy.change(new RowKey.OfApi(id)).isPresent();
    this.rows = otherRoutes ? new RouteRows(copy.api(id).orElse(live)) : base.rows();
    boolean otherRoles =
        copy.changes().stream().anyMatch(change -> change.key() instanceof RowKey.OfRole);
    this.roles = otherRoles ? copy.roles() : base.roles();
    this.graph = otherRoles ? new RoleGraph(roles.values()) : base.graph();
    copy.changes().forEach(this::note);
  }

  private KeptReadings.OfRevision read(Api live) {
    SortedMap<RoleName, Role> all = Collections.unmodifiableSortedMap(without.roles());
    return new KeptReadings.OfRevision(
        new RouteRows(without.api(id).orElse(live)), all, new RoleGraph(all.values()));
  }

  private void note(Change change) {
    if (change.key() instanceof RowKey.OfPermission key && key.api().equals(id)) {
      List<Permission> both = changed.computeIfAbsent(key.role(), role -> new ArrayList<>());
      Stream.of(change.before(), change.after())
          .flatMap(Optional::stream)
          .forEach(row -> both.add(((PolicyRow.OfPermission) row).permission()));
    }
  }

  RouteRows rows() {
    return rows;
  }

  RoleGraph graph() {
    return graph;
  }

  Matrix of(List<RoleName> shown) {
    return new Matrix(rows, shown, names(), columns(shown));
  }

  /** Every role by name, the built-in one too: whoever is signed in has it. */
  private List<RoleName> names() {
    var names = new TreeSet<>(roles.keySet());
    names.add(RoleName.AUTHENTICATED);
    return List.copyOf(names);
  }

  /** The first roles that may do, or are denied, anything at all here; none: the first ones. */
  Matrix usual(int most) {
    List<RoleName> names = names();
    var columns = new HashMap<RoleName, Matrix.Pair>();
    var shown = new ArrayList<RoleName>();
    for (int i = 0; i < LOOKED_THROUGH && i * most < names.size() && shown.size() < most; i++) {
      List<RoleName> some = names.subList(i * most, Math.min(names.size(), (i + 1) * most));
      columns.putAll(columns(some));
      some.stream().filter(role -> !isEmpty(columns, role)).forEach(shown::add);
    }
    List<RoleName> first = names.subList(0, Math.min(names.size(), most));
    return new Matrix(
        rows, shown.isEmpty() ? first : shown.stream().limit(most).toList(), names, columns);
  }

  private static boolean isEmpty(Map<RoleName, Matrix.Pair> columns, RoleName role) {
    Matrix.Pair column = columns.get(role);
    return column == null || column.isEmpty();
  }

  private Map<RoleName, Matrix.Pair> columns(Collection<RoleName> shown) {
    Map<RoleName, Column> before = before(shown);
    var now = new HashMap<RoleName, Matrix.Pair>();
    before.forEach((role, column) -> now.put(role, pair(role, column)));
    return now;
  }

  private Map<RoleName, Column> before(Collection<RoleName> shown) {
    var columns = new HashMap<RoleName, Column>();
    var missing = new ArrayList<RoleName>();
    for (RoleName role : shown) {
      kept.column(at, stage, role)
          .ifPresentOrElse(column -> columns.put(role, column), () -> missing.add(role));
    }
    if (!missing.isEmpty()) {
      // One round of reads for all of them.
      without.permissions(base.graph().closure(missing), id);
      var grants = new RouteGrants(base.rows().api(), base.rows().routes());
      for (RoleName role : missing) {
        Column column = whole(grants, base.rows(), role, without, base.graph());
        kept.keep(at, stage, role, column);
        columns.put(role, column);
      }
    }
    return columns;
  }

  private Column whole(
      RouteGrants grants, RouteRows table, RoleName role, WorkingCopy from, RoleGraph inherits) {
    List<Permission> permissions = from.permissions(inherits.closure(List.of(role)), id);
    return permissions.isEmpty()
        ? Column.nothing(table.places().size())
        : Column.of(grants.of(stage, role, permissions), permissions);
  }

  private Matrix.Pair pair(RoleName role, Column before) {
    SortedSet<RoleName> closure = graph.closure(List.of(role));
    if (rows != base.rows()) {
      return new Matrix.Pair(before.moved(origins()), whole(everyRoute(), rows, role, copy, graph));
    }
    if (!closure.equals(base.graph().closure(List.of(role)))) {
      return new Matrix.Pair(before, whole(everyRoute(), rows, role, copy, graph));
    }
    List<Permission> differing =
        closure.stream().flatMap(it -> changed.getOrDefault(it, List.of()).stream()).toList();
    return new Matrix.Pair(
        before, differing.isEmpty() ? before : patched(role, closure, before, differing));
  }

  /** Only the grants that the changed permissions may determine. */
  private Column patched(
      RoleName role, SortedSet<RoleName> closure, Column before, List<Permission> differing) {
    List<Route> touched = Grants.touched(rows.api(), differing);
    int[] places = touched.stream().flatMapToInt(rows::placesOf).toArray();
    List<Permission> permissions = copy.permissions(closure, id);
    List<Grant> grants = new RouteGrants(rows.api(), touched).of(stage, role, permissions);
    return before.with(places, grants, permissions);
  }

  private RouteGrants everyRoute() {
    RouteGrants known = everyRoute;
    if (known == null) {
      known = new RouteGrants(rows.api(), rows.routes());
      everyRoute = known;
    }
    return known;
  }

  /** Where each place was in the table before; -1 where it is new. */
  private int[] origins() {
    return rows.places().stream()
        .mapToInt(place -> base.rows().row(place.text()).map(it -> it.number()).orElse(-1))
        .toArray();
  }

  /** Why a cell is as it is; none where there is no such row. */
  Optional<CellPage> cell(CellRef cell, Set<Wish> offers, boolean wide) {
    return rows.row(cell.route())
        .map(
            row ->
                new CellPage(
                    cell.role(),
                    row.place(),
                    standing(base.rows(), without, base.graph(), cell),
                    standing(rows, copy, graph, cell),
                    offers,
                    wide));
  }

  private CellPage.Standing standing(
      RouteRows table, WorkingCopy from, RoleGraph inherits, CellRef cell) {
    Optional<MatrixRow.OfRoute> row = table.row(cell.route());
    if (row.isEmpty()) {
      return CellPage.Standing.NOTHING;
    }
    RoutePlace place = row.get().place();
    List<Permission> permissions = from.permissions(inherits.closure(List.of(cell.role())), id);
    List<Grant> grants =
        new RouteGrants(table.api(), List.of(place.route())).of(stage, cell.role(), permissions);
    int number = List.copyOf(new TreeSet<>(place.route().actions())).indexOf(place.action());
    Grant grant = grants.get(number);
    return new CellPage.Standing(
        Column.of(List.of(grant), permissions).state(0),
        permissions.stream()
            .filter(it -> grant.by().contains(it.id()))
            .map(it -> new CellPage.By(it, inherits.path(cell.role(), it.role())))
            .toList());
  }
}
