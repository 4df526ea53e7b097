package dev.grantway.admin.matrix.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.page.ExtendedClientDetails;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import dev.grantway.admin.common.DraftChanged;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Saved;
import dev.grantway.admin.common.Tile;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.matrix.CellRef;
import dev.grantway.admin.matrix.CellState;
import dev.grantway.admin.matrix.Edited;
import dev.grantway.admin.matrix.Matrix;
import dev.grantway.admin.matrix.MatrixFilter;
import dev.grantway.admin.matrix.MatrixNavigation;
import dev.grantway.admin.matrix.MatrixPage;
import dev.grantway.admin.matrix.MatrixRow;
import dev.grantway.admin.matrix.MatrixService;
import dev.grantway.admin.matrix.PinnedSetService;
import dev.grantway.admin.matrix.Wish;
import dev.grantway.admin.roles.PermissionInput;
import dev.grantway.admin.roles.RoleService;
import dev.grantway.admin.routes.ApiService;
import dev.grantway.admin.routes.RoutesNavigation;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.admin.shell.MainLayout;
import dev.grantway.admin.shell.PlacedView;
import dev.grantway.admin.transfer.ImportNavigation;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Action;
import jakarta.annotation.security.PermitAll;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Routes by roles: what each role may do, and edits of single cells, ranges and subtrees. */
@Route(value = Place.PREFIX + MatrixNavigation.VIEW, layout = MainLayout.class)
@PermitAll
class MatrixView extends PlacedView implements MatrixGrid.Hands {
  /** Up to this many pixels one role is shown. */
  private static final int NARROW = 800;

  private final MatrixService matrices;
  private final RoleService roles;
  private final boolean drafts;
  private final MatrixGrid grid = new MatrixGrid(this);
  private final MatrixTools tools = new MatrixTools(this::filtered, this::pinned, this::chosen);
  private final PinnedSetPicker sets;
  private final WhyPanel why = new WhyPanel();
  private final Span sub = Html.named(Html.span("sub", ""), "matrix-sub");
  private final Div empty = Html.named(Html.div("empty"), "matrix-empty");
  private Runnable explaining = this::explain;
  private MatrixAddress address = MatrixAddress.EMPTY;
  private @Nullable Matrix matrix;
  private @Nullable CellRef anchor;
  private @Nullable RoleName only;
  private @Nullable Registration resizes;
  private MatrixPage page = MatrixPage.NOTHING;
  private boolean narrow;

  MatrixView(
      MatrixService matrices,
      PinnedSetService pinnedSets,
      RoleService roles,
      ApiService apis,
      Operators operators) {
    super(apis);
    this.sets = new PinnedSetPicker(pinnedSets, this::picked);
    tools.add(sets);
    this.matrices = matrices;
    this.roles = roles;
    this.drafts = operators.current().may(Task.DRAFT);
    addClassName("matrix");
    add(
        Html.head(new H1(Words.word("matrix.title")), sub),
        tools,
        Html.div("matrix-body", Html.div("grid-frame", grid, empty), why),
        legend());
  }

  private static Div legend() {
    Div legend = Html.div("legend");
    legend.add(
        key(Tile.Sign.ALLOW, false, "matrix.key.allow"),
        key(Tile.Sign.ALLOW, true, "matrix.key.allow.inherited"),
        key(Tile.Sign.DENY, false, "matrix.key.deny"),
        key(Tile.Sign.DENY, true, "matrix.key.deny.inherited"),
        key(Tile.Sign.NONE, false, "matrix.key.none"),
        key(Tile.Sign.STAGED_MORE, false, "matrix.key.more"),
        key(Tile.Sign.STAGED_LESS, false, "matrix.key.less"),
        new Div(Html.span("clock", "◷"), new Span(Words.word("matrix.key.when"))));
    return legend;
  }

  private static Div key(Tile.Sign sign, boolean inherited, String key) {
    String text = Words.word(key);
    Span tile = Tile.of(sign, inherited, text);
    tile.getElement().setAttribute("aria-hidden", "true");
    return new Div(tile, new Span(text));
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    address = MatrixAddress.read(name -> parameter(event, name));
    anchor = address.cellOrNull();
    narrow = isNarrow(UI.getCurrent());
    only = address.cell().map(CellRef::role).orElse(only);
    load();
    sets.read();
    show();
    why.forget();
    explaining = this::explain;
    explain();
    address.cell().ifPresent(grid::reveal);
  }

  private static boolean isNarrow(UI ui) {
    ExtendedClientDetails details = ui.getPage().getExtendedClientDetails();
    return details != null
        && details.getWindowInnerWidth() > 0
        && details.getWindowInnerWidth() <= NARROW;
  }

  @Override
  protected void onAttach(AttachEvent event) {
    super.onAttach(event);
    UI ui = event.getUI();
    ui.getPage().addJsModule("context://grantway/matrix.js");
    resizes =
        ui.getPage()
            .addBrowserWindowResizeListener(
                resize -> {
                  boolean now = resize.getWidth() <= NARROW;
                  if (now != narrow) {
                    narrow = now;
                    load();
                    show();
                  }
                });
  }

  @Override
  protected void onDetach(DetachEvent event) {
    super.onDetach(event);
    if (resizes != null) {
      resizes.remove();
    }
  }

  private Matrix matrix() {
    return Objects.requireNonNull(matrix);
  }

  private void load() {
    RoleName one = only;
    List<RoleName> asked = new ArrayList<>(address.roles());
    if (narrow && one != null && !asked.contains(one)) {
      asked = List.of(one);
    }
    matrix = matrices.matrix(api(), place().stage(), asked);
  }

  private void show() {
    explaining = this::explain;
    page = matrix().page(address.filter());
    List<RoleName> columns =
        narrow ? page.roles().stream().filter(this::isChosen).toList() : page.roles();
    if (narrow && columns.isEmpty()) {
      columns = page.roles().stream().limit(1).toList();
    }
    tools.show(matrix(), address.filter(), columns, narrow);
    sets.setVisible(!narrow);
    sets.show(matrix().roles());
    grid.show(matrix(), page.rows(), columns, place(), narrow);
    grid.select(address.cellOrNull());
    boolean nothing = page.rows().isEmpty();
    grid.setVisible(!nothing);
    empty.setVisible(nothing);
    empty.removeAll();
    if (nothing) {
      empty.add(new Span(nothing(page)));
      if (page.excluding().isEmpty()) {
        if (drafts) {
          empty.add(
              Html.named(
                  Html.link(
                      ImportNavigation.path(place()), "link", Words.word("matrix.noroutes.import")),
                  "import-routes"),
              new Span(" "));
        }
        empty.add(
            Html.link(RoutesNavigation.path(place()), "link", Words.word("matrix.noroutes.link")));
      }
    }
    told();
  }

  private boolean isChosen(RoleName role) {
    return Objects.equals(role, only);
  }

  private String nothing(MatrixPage page) {
    return page.excluding().isEmpty()
        ? Words.word("matrix.noroutes")
        : Words.word("matrix.excluded", String.join("”, “", page.excluding()), matrix().routes());
  }

  private void told() {
    sub.setText(
        Words.word(
            "matrix.sub",
            page.roles().size(),
            matrix().known().size(),
            page.routes(),
            matrix().routes(),
            matrix().allowed()));
  }

  private void filtered(MatrixFilter filter) {
    address = address.with(filter);
    show();
    remember(address.path(place()));
  }

  private void pinned(List<RoleName> pins) {
    address = address.with(pins);
    load();
    show();
    remember(address.path(place()));
  }

  /** What is not there any more is not pinned; where nothing is left, the usual roles are shown. */
  private void picked(List<RoleName> roles) {
    pinned(roles.stream().filter(matrix().known()::contains).toList());
  }

  private void chosen(RoleName role) {
    only = role;
    load();
    show();
  }

  /** Rows and columns stay where they are, whatever the filter says of them now. */
  @Override
  protected void draftChanged() {
    Matrix before = matrix();
    matrix = matrices.matrix(api(), place().stage(), before.roles());
    if (matrix().hasShapeOf(before)) {
      grid.update(matrix(), matrix().differing(before));
      tools.staged(matrix());
      told();
    } else {
      show();
    }
    explaining.run();
  }

  @Override
  public void focused(MatrixRow row, RoleName role) {
    switch (row) {
      case MatrixRow.OfRoute route -> select(new CellRef(role, route.id()));
      case MatrixRow.Group group -> {
        explaining = () -> explain(group, role);
        explaining.run();
      }
    }
  }

  private void explain(MatrixRow.Group group, RoleName role) {
    why.show(
        role,
        Cells.label(role, group.path(), matrix().tally(role, group)),
        place(),
        drafts ? List.of(() -> ask(group, role)) : List.of());
  }

  private void select(CellRef cell) {
    explaining = this::explain;
    if (!Objects.equals(cell, address.cellOrNull())) {
      address = address.at(cell);
      grid.select(cell);
      remember(address.path(place()));
    }
    explain();
  }

  private void explain() {
    Optional<CellRef> cell = address.cell();
    cell.flatMap(it -> matrices.cell(api(), place().stage(), it))
        .ifPresentOrElse(
            found ->
                why.show(
                    found,
                    place(),
                    wish -> edit(List.of(cell.orElseThrow()), wish),
                    () -> told(matrices.split(api(), place().stage(), cell.orElseThrow()))),
            why::nothing);
  }

  @Override
  public void pressed(MatrixRow row, RoleName role, boolean range) {
    switch (row) {
      case MatrixRow.Group group -> ask(group, role);
      case MatrixRow.OfRoute route -> pressed(new CellRef(role, route.id()), range);
    }
  }

  private void pressed(CellRef cell, boolean range) {
    CellRef from = anchor;
    select(cell);
    if (!drafts) {
      return;
    }
    List<CellRef> between = range && from != null ? grid.between(from, cell) : List.of();
    if (from != null && !between.isEmpty()) {
      CellState first = state(from);
      if (first.isAllowed() && first.conditional()) {
        why.say(Words.word("matrix.range.conditional"));
      } else {
        edit(between, like(first));
      }
      return;
    }
    anchor = cell;
    told(matrices.press(api(), place().stage(), cell));
  }

  private CellState state(CellRef cell) {
    return matrix()
        .row(cell.route())
        .filter(row -> matrix().roles().contains(cell.role()))
        .map(row -> matrix().cell(cell.role(), row).now())
        .orElseThrow();
  }

  /** A range becomes what its first cell is; one under a condition has no like without it. */
  private static Wish like(CellState first) {
    return first.isAllowed() ? Wish.ALLOW : first.isDenied() ? Wish.DENY : Wish.CLEAR;
  }

  @Override
  public void cleared(MatrixRow row, RoleName role) {
    if (drafts && row instanceof MatrixRow.OfRoute route) {
      var cell = new CellRef(role, route.id());
      select(cell);
      edit(List.of(cell), Wish.CLEAR);
    }
  }

  private void edit(List<CellRef> cells, Wish wish) {
    if (!cells.isEmpty()) {
      told(matrices.edit(api(), place().stage(), cells, wish));
    }
  }

  private void told(Edited edited) {
    why.say(edited, place().stage());
    boolean staged =
        switch (edited) {
          case Edited.Done done -> done.cells() > 0;
          case Edited.Split _ -> true;
          case Edited.Nothing _, Edited.Refused _ -> false;
        };
    if (staged) {
      DraftChanged.tell();
    }
  }

  private void ask(MatrixRow.Group group, RoleName role) {
    if (!drafts) {
      return;
    }
    var below = new ArrayList<MatrixRow.OfRoute>();
    MatrixRows.collect(group.rows(), below);
    List<CellRef> cells = below.stream().map(row -> new CellRef(role, row.id())).toList();
    Map<Wish, Integer> counts =
        cells.size() > MatrixService.MOST_CELLS
            ? Map.of()
            : matrices.counts(api(), place().stage(), cells);
    new GroupDialog(
            role,
            group,
            place().stage(),
            counts,
            wish -> edit(cells, wish),
            () -> allowEverything(group, role))
        .open();
  }

  private void allowEverything(MatrixRow.Group group, RoleName role) {
    var input =
        new PermissionInput(
            "", "ALLOW", place().stage(), Action.VERBS, group.path() + "/**", "", "", "", "");
    switch (roles.savePermission(api(), role, Optional.empty(), input)) {
      case Saved.Staged<PermissionInput.Field>(String id) -> {
        why.say(Words.word("matrix.said.wide", id, group.path(), place().stage()));
        DraftChanged.tell();
      }
      case Saved.Refused<PermissionInput.Field>(var problems) ->
          why.say(
              new Edited.Refused(problems.values().stream().flatMap(List::stream).toList()),
              place().stage());
    }
  }

  @Override
  protected String title() {
    return Words.word("matrix.title");
  }
}
