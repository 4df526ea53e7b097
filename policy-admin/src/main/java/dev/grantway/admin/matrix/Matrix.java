package dev.grantway.admin.matrix;

import dev.grantway.policy.RoleName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What some roles may do on every route of an API's stage, with the operator's draft over it. */
public final class Matrix {
  private final RouteRows table;
  private final List<RoleName> roles;
  private final List<RoleName> known;
  private final Map<RoleName, Pair> columns;

  /** A role's column without the draft and with it; equal if both are the very same. */
  record Pair(Column before, Column now) {
    boolean isEmpty() {
      return before.isEmpty() && now.isEmpty();
    }
  }

  /**
   * @param known every role that there is, by name
   */
  Matrix(RouteRows table, List<RoleName> roles, List<RoleName> known, Map<RoleName, Pair> columns) {
    this.table = table;
    this.roles = List.copyOf(roles);
    this.known = List.copyOf(known);
    this.columns = Map.copyOf(columns);
  }

  /** The columns, in the order in which they were asked for. */
  public List<RoleName> roles() {
    return roles;
  }

  /** Every role that there is, by name. */
  public List<RoleName> known() {
    return known;
  }

  List<MatrixRow> rows() {
    return table.top();
  }

  int places() {
    return table.places().size();
  }

  RoutePlace place(int number) {
    return table.places().get(number);
  }

  /** How many routes and actions there are. */
  public int routes() {
    return table.size();
  }

  public Optional<MatrixRow.OfRoute> row(String id) {
    return table.row(id);
  }

  public MatrixCell cell(RoleName role, MatrixRow.OfRoute row) {
    return cell(role, row.number());
  }

  MatrixCell cell(RoleName role, int place) {
    Pair column = column(role);
    return new MatrixCell(column.before().state(place), column.now().state(place));
  }

  private Pair column(RoleName role) {
    return Objects.requireNonNull(columns.get(role));
  }

  public Tally tally(RoleName role, MatrixRow.Group group) {
    Pair column = column(role);
    // Allowed, denied, staged: this is asked for every group and role that is shown.
    int[] counts = new int[3];
    group.forEach(
        place -> {
          CellState now = column.now().state(place);
          counts[0] += now.isAllowed() ? 1 : 0;
          counts[1] += now.isDenied() ? 1 : 0;
          counts[2] += isStaged(column, place) ? 1 : 0;
        });
    return new Tally(counts[0], counts[1], group.size(), counts[2] > 0);
  }

  private static boolean isStaged(Pair column, int place) {
    return column.before() != column.now()
        && !column.before().state(place).equals(column.now().state(place));
  }

  /** How many cells the draft changes. */
  public int staged() {
    return count(Matrix::isStaged);
  }

  /** How many cells are allowed. */
  public int allowed() {
    return count((column, place) -> column.now().isAllowed(place));
  }

  /** Tells something of a cell. */
  @FunctionalInterface
  private interface OfCell {
    boolean test(Pair column, int place);
  }

  private int count(OfCell counted) {
    int[] count = new int[1];
    for (RoleName role : roles) {
      Pair column = column(role);
      table
          .top()
          .forEach(row -> row.forEach(place -> count[0] += counted.test(column, place) ? 1 : 0));
    }
    return count[0];
  }

  /** What a filter leaves of it. */
  public MatrixPage page(MatrixFilter filter) {
    return MatrixPage.of(this, filter);
  }

  /** The ids of the rows, groups too, that show something else than in the other matrix. */
  public Set<String> differing(Matrix other) {
    var places = new HashSet<Integer>();
    for (RoleName role : roles) {
      Pair mine = column(role);
      Pair theirs = other.columns.get(role);
      if (Objects.equals(mine, theirs)) {
        continue;
      }
      for (int i = 0; i < places() && theirs != null && i < other.places(); i++) {
        if (!mine.now().state(i).equals(theirs.now().state(i))
            || !mine.before().state(i).equals(theirs.before().state(i))) {
          places.add(i);
        }
      }
    }
    var ids = new HashSet<String>();
    collect(table.top(), places, ids);
    return ids;
  }

  private static boolean collect(List<MatrixRow> rows, Set<Integer> places, Set<String> ids) {
    boolean any = false;
    for (MatrixRow row : rows) {
      boolean hit =
          switch (row) {
            case MatrixRow.OfRoute route -> places.contains(route.number());
            case MatrixRow.Group group -> collect(group.rows(), places, ids);
          };
      if (hit) {
        ids.add(row.id());
      }
      any |= hit;
    }
    return any;
  }

  /** The ids of the groups that a row stands in, from the top. */
  public List<String> path(String id) {
    var path = new ArrayList<String>();
    find(table.top(), id, path);
    return path;
  }

  private static boolean find(List<MatrixRow> rows, String id, List<String> path) {
    for (MatrixRow row : rows) {
      if (row.id().equals(id)) {
        return true;
      }
      if (row instanceof MatrixRow.Group group) {
        path.add(group.id());
        if (find(group.rows(), id, path)) {
          return true;
        }
        path.removeLast();
      }
    }
    return false;
  }

  /** Of the same routes and roles, so that rows stay what they are. */
  public boolean hasShapeOf(Matrix other) {
    return table == other.table && roles.equals(other.roles);
  }
}
