package dev.grantway.admin.matrix.ui;

import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.grid.CellFocusEvent;
import com.vaadin.flow.component.grid.ColumnRendering;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.treegrid.TreeGrid;
import com.vaadin.flow.data.renderer.LitRenderer;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.matrix.CellRef;
import dev.grantway.admin.matrix.Matrix;
import dev.grantway.admin.matrix.MatrixRow;
import dev.grantway.admin.roles.RolesNavigation;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tree of routes with a column of buttons for each role. */
final class MatrixGrid extends TreeGrid<MatrixRow> {
  private static final int OPEN_AT_ONCE = 300;
  private static final int REFRESHED_ONE_BY_ONE = 60;
  private static final int PAUSE_MILLIS = 150;
  private static final String WRAPPING = "wrap-cell-content";

  private static final String ROUTE =
      "<vaadin-grid-tree-toggle @click=${toggle} .leaf=${!model.hasChildren}"
          + " .expanded=${live(model.expanded)} .level=${model.level}>"
          + "<span class=\"${item.w}\">${item.m}</span><span class=\"${item.c}\" title=\"${item.p}\">${item.p}</span>"
          + "<span class=\"cnt\">${item.n}</span></vaadin-grid-tree-toggle>";

  /** One stop for the keyboard is the grid's cell; Space there clicks the button in it. */
  private static final String CELL =
      "<button type=\"button\" tabindex=\"-1\" class=\"cell ${item.k}\" aria-label=\"${item.l}\""
          + " title=\"${item.l}\" @click=\"${(e) => press(e.shiftKey)}\""
          + " @grantway-clear=\"${clear}\">${item.t}</button>";

  /** What is done with cells. */
  interface Hands {
    void pressed(MatrixRow row, RoleName role, boolean range);

    void cleared(MatrixRow row, RoleName role);

    void focused(MatrixRow row, RoleName role);
  }

  private final Hands hands;
  private final MatrixRows rows = new MatrixRows();
  private final Map<Grid.Column<MatrixRow>, RoleName> roleOf = new HashMap<>();
  private List<RoleName> roles = List.of();
  private @Nullable Matrix matrix;
  private @Nullable CellRef selected;

  MatrixGrid(Hands hands) {
    this.hands = hands;
    addClassName("matrix-grid");
    Html.named(this, "matrix");
    getElement().setProperty("accessibleName", Words.word("matrix.title"));
    setSelectionMode(SelectionMode.NONE);
    setColumnRendering(ColumnRendering.LAZY);
    setSizeFull();
    setDataProvider(rows);
    listenToFocus();
  }

  /** Whoever runs over the cells with the arrow keys asks for the last one alone. */
  @SuppressWarnings("unchecked") // a class literal has no type arguments
  private void listenToFocus() {
    var type = (Class<CellFocusEvent<MatrixRow>>) (Class<?>) CellFocusEvent.class;
    ComponentUtil.addListener(
        this, type, this::focused, registration -> registration.debounce(PAUSE_MILLIS));
  }

  private void focused(CellFocusEvent<MatrixRow> event) {
    Optional<RoleName> role = event.getColumn().map(roleOf::get);
    if (event.isBodyCell() && role.isPresent()) {
      event.getItem().ifPresent(row -> hands.focused(row, role.get()));
    }
  }

  private Matrix matrix() {
    return Objects.requireNonNull(matrix);
  }

  List<RoleName> roles() {
    return roles;
  }

  /**
   * Shows rows of a matrix under these roles; all open where they are few.
   *
   * @param narrow the one role is named elsewhere, and paths may take several lines
   */
  void show(
      Matrix shown, List<MatrixRow> tree, List<RoleName> columns, Place place, boolean narrow) {
    matrix = shown;
    if (!columns.equals(roles) || narrow != hasThemeName(WRAPPING) || getColumns().isEmpty()) {
      setThemeName(WRAPPING, narrow);
      build(columns, place, narrow);
    }
    rows.show(tree);
    if (rows.routes().size() <= OPEN_AT_ONCE) {
      expand(rows.groups());
    }
  }

  /** Shows other values in the rows that are there. */
  void update(Matrix shown, Set<String> ids) {
    Matrix before = matrix();
    matrix = shown;
    if (ids.size() > REFRESHED_ONE_BY_ONE) {
      rows.refreshAll();
      return;
    }
    for (MatrixRow row : rows.groups()) {
      if (ids.contains(row.id())) {
        rows.refreshItem(row);
      }
    }
    ids.forEach(id -> before.row(id).ifPresent(rows::refreshItem));
  }

  /** Marks a cell; the one before is marked no more. */
  void select(@Nullable CellRef cell) {
    CellRef before = selected;
    selected = cell;
    if (!Objects.equals(before, cell)) {
      refresh(before);
      refresh(cell);
    }
  }

  private void refresh(@Nullable CellRef cell) {
    if (cell != null) {
      matrix().row(cell.route()).ifPresent(rows::refreshItem);
    }
  }

  /** Opens what a row stands in, and brings it into view. */
  void reveal(CellRef cell) {
    expand(rows.groups(matrix().path(cell.route())));
    Optional<MatrixRow.OfRoute> row = matrix().row(cell.route());
    row.filter(rows.routes()::contains).ifPresent(this::scrollToItem);
  }

  /** The cells between two, both with them, in the rows and columns that are shown. */
  List<CellRef> between(CellRef one, CellRef other) {
    List<String> ids =
        rows.routes().stream().map(MatrixRow.OfRoute::id).filter(this::isOpen).toList();
    int row = ids.indexOf(one.route());
    int toRow = ids.indexOf(other.route());
    int column = roles.indexOf(one.role());
    int toColumn = roles.indexOf(other.role());
    var cells = new ArrayList<CellRef>();
    if (Math.min(Math.min(row, toRow), Math.min(column, toColumn)) < 0) {
      return cells;
    }
    for (String id : ids.subList(Math.min(row, toRow), Math.max(row, toRow) + 1)) {
      roles
          .subList(Math.min(column, toColumn), Math.max(column, toColumn) + 1)
          .forEach(role -> cells.add(new CellRef(role, id)));
    }
    return cells;
  }

  private boolean isOpen(String route) {
    return rows.groups(matrix().path(route)).stream().allMatch(this::isExpanded);
  }

  private void build(List<RoleName> columns, Place place, boolean narrow) {
    removeAllColumns();
    roleOf.clear();
    roles = List.copyOf(columns);
    addColumn(route())
        .setHeader(Words.word("matrix.route"))
        .setKey("route")
        .setRowHeader(true)
        .setWidth(narrow ? "200px" : "300px")
        .setFlexGrow(1)
        .setFrozen(!narrow);
    for (RoleName role : roles) {
      Grid.Column<MatrixRow> column =
          addColumn(cell(role))
              .setHeader(narrow ? Html.span("sr", role.value()) : head(role, place))
              .setKey(role.value())
              .setWidth("44px")
              .setFlexGrow(0);
      roleOf.put(column, role);
    }
  }

  private static Anchor head(RoleName role, Place place) {
    var head = Html.link(RolesNavigation.role(place, role.value()), "role-head", role.value());
    head.getElement().setAttribute("title", role.value());
    return head;
  }

  private LitRenderer<MatrixRow> route() {
    return LitRenderer.<MatrixRow>of(ROUTE)
        .withProperty("m", MatrixGrid::method)
        .withProperty(
            "w", row -> writes(row) ? "m write" : row instanceof MatrixRow.Group ? "" : "m")
        .withProperty("c", row -> row instanceof MatrixRow.Group ? "mono group" : "mono")
        .withProperty("p", MatrixGrid::path)
        .withProperty("n", MatrixGrid::note)
        .withFunction("toggle", this::toggle);
  }

  private void toggle(MatrixRow row) {
    if (row instanceof MatrixRow.Group) {
      if (isExpanded(row)) {
        collapse(List.of(row));
      } else {
        expand(List.of(row));
      }
    }
  }

  private static String method(MatrixRow row) {
    return row instanceof MatrixRow.OfRoute route && !isKey(route)
        ? route.place().action().name()
        : "";
  }

  private static boolean isKey(MatrixRow.OfRoute route) {
    return route.id().equals(route.place().route().template().toString());
  }

  private static boolean writes(MatrixRow row) {
    return row instanceof MatrixRow.OfRoute
        && !Set.of("GET", "HEAD", "OPTIONS").contains(method(row));
  }

  private static String path(MatrixRow row) {
    return switch (row) {
      case MatrixRow.OfRoute route -> route.place().route().template().toString();
      case MatrixRow.Group group -> group.path();
    };
  }

  private static String note(MatrixRow row) {
    return switch (row) {
      case MatrixRow.Group group -> Words.word("matrix.group.count", group.size());
      case MatrixRow.OfRoute it -> {
        Route route = it.place().route();
        String access =
            route.access() == Route.Access.GRANTED
                ? ""
                : Words.word("matrix.access." + route.access().name());
        String state =
            route.state() == Route.State.CURRENT
                ? ""
                : Words.word("matrix.route." + route.state().name());
        yield String.join(" ", access, String.join(" ", route.tags()), state).strip();
      }
    };
  }

  private LitRenderer<MatrixRow> cell(RoleName role) {
    return LitRenderer.<MatrixRow>of(CELL)
        .withProperty("k", row -> classes(role, row))
        .withProperty("t", row -> text(role, row))
        .withProperty("l", row -> label(role, row))
        .withFunction(
            "press",
            (row, arguments) -> hands.pressed(row, role, arguments.path(0).asBoolean(false)))
        .withFunction("clear", row -> hands.cleared(row, role));
  }

  private String classes(RoleName role, MatrixRow row) {
    return switch (row) {
      case MatrixRow.OfRoute route ->
          Cells.classes(matrix().cell(role, route)) + (isSelected(role, row) ? " at" : "");
      case MatrixRow.Group group -> Cells.classes(matrix().tally(role, group));
    };
  }

  private boolean isSelected(RoleName role, MatrixRow row) {
    CellRef cell = selected;
    return cell != null && cell.role().equals(role) && cell.route().equals(row.id());
  }

  private String text(RoleName role, MatrixRow row) {
    return switch (row) {
      case MatrixRow.OfRoute route -> Cells.sign(matrix().cell(role, route)).text();
      case MatrixRow.Group group -> Cells.text(matrix().tally(role, group));
    };
  }

  private String label(RoleName role, MatrixRow row) {
    return switch (row) {
      case MatrixRow.OfRoute route -> Cells.label(role, row.id(), matrix().cell(role, route));
      case MatrixRow.Group group -> Cells.label(role, group.path(), matrix().tally(role, group));
    };
  }
}
