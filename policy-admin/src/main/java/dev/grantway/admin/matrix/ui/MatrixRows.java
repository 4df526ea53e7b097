package dev.grantway.admin.matrix.ui;

import com.vaadin.flow.data.provider.hierarchy.AbstractHierarchicalDataProvider;
import com.vaadin.flow.data.provider.hierarchy.HierarchicalQuery;
import dev.grantway.admin.matrix.MatrixRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Hands the tree of rows to the grid, as it is, without a copy. */
final class MatrixRows extends AbstractHierarchicalDataProvider<MatrixRow, Void> {
  private List<MatrixRow> top = List.of();
  private final Map<String, MatrixRow.Group> groups = new HashMap<>();
  private final Map<String, MatrixRow> parents = new HashMap<>();

  void show(List<MatrixRow> rows) {
    top = rows;
    groups.clear();
    parents.clear();
    note(rows, null);
    refreshAll();
  }

  private void note(List<MatrixRow> rows, MatrixRow.@Nullable Group parent) {
    for (MatrixRow row : rows) {
      if (parent != null) {
        parents.put(row.id(), parent);
      }
      if (row instanceof MatrixRow.Group group) {
        groups.put(group.id(), group);
        note(group.rows(), group);
      }
    }
  }

  List<MatrixRow> groups() {
    return new ArrayList<>(groups.values());
  }

  List<MatrixRow> groups(List<String> ids) {
    return ids.stream().filter(groups::containsKey).<MatrixRow>map(groups::get).toList();
  }

  /** The routes in the order in which they are shown when everything is open. */
  List<MatrixRow.OfRoute> routes() {
    var routes = new ArrayList<MatrixRow.OfRoute>();
    collect(top, routes);
    return routes;
  }

  static void collect(List<MatrixRow> rows, List<MatrixRow.OfRoute> into) {
    for (MatrixRow row : rows) {
      switch (row) {
        case MatrixRow.OfRoute route -> into.add(route);
        case MatrixRow.Group group -> collect(group.rows(), into);
      }
    }
  }

  /** What stands below a group now, whatever a filter had left of it when it was shown first. */
  private List<MatrixRow> below(HierarchicalQuery<MatrixRow, Void> query) {
    Optional<MatrixRow> parent = query.getParentOptional();
    if (parent.isEmpty()) {
      return top;
    }
    MatrixRow.Group group = groups.get(parent.get().id());
    return group == null ? List.of() : group.rows();
  }

  @Override
  public Stream<MatrixRow> fetchChildren(HierarchicalQuery<MatrixRow, Void> query) {
    return below(query).stream().skip(query.getOffset()).limit(query.getLimit());
  }

  @Override
  public int getChildCount(HierarchicalQuery<MatrixRow, Void> query) {
    return below(query).size();
  }

  @Override
  public boolean hasChildren(MatrixRow row) {
    return row instanceof MatrixRow.Group;
  }

  @Override
  public @Nullable MatrixRow getParent(MatrixRow row) {
    return parents.get(row.id());
  }

  @Override
  public Object getId(MatrixRow row) {
    return row.id();
  }

  @Override
  public boolean isInMemory() {
    return true;
  }
}
