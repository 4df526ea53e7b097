package dev.grantway.admin.roles.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import dev.grantway.admin.common.FilterField;
import dev.grantway.admin.common.FilterText;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Portions;
import dev.grantway.admin.common.Saved;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.common.Tile;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.roles.PermissionInput;
import dev.grantway.admin.roles.RolePage;
import dev.grantway.admin.roles.RoleService;
import dev.grantway.admin.roles.RouteLine;
import dev.grantway.policy.Permission;
import dev.grantway.resource.Route;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a role may do on every route of the API, and one click to allow one more. */
final class RouteTable extends Div {
  private final RoleService roles;
  private final RolePage page;
  private final boolean drafts;
  private final Shown shown;
  private final Consumer<List<Sentence>> saved;
  private final Div list = new Div();
  private @Nullable Portions<RouteLine> portions;

  /** What of the routes is shown, to be shown again when the draft changed. */
  static final class Shown {
    private String filter = "";
    private int most;
  }

  /**
   * @param saved hears that the draft changed (nothing), or why it did not
   */
  RouteTable(
      RoleService roles,
      RolePage page,
      boolean drafts,
      Shown shown,
      Consumer<List<Sentence>> saved) {
    this.roles = roles;
    this.page = page;
    this.drafts = drafts && !page.removed();
    this.shown = shown;
    this.saved = saved;
    if (page.routes().isEmpty()) {
      add(Html.div("empty", new Span(Words.word("routes.empty"))));
    } else {
      var filter =
          new FilterField(
              "role-route-filter",
              Words.word("routes.filter"),
              Words.word("role.routes.filter"),
              this::filtered);
      filter.setValue(shown.filter);
      add(Html.div("form-line", filter), list);
      show();
    }
  }

  private void filtered(String text) {
    shown.filter = text.strip();
    shown.most = 0;
    show();
  }

  private void show() {
    List<RouteLine> lines =
        page.routes().stream().filter(line -> FilterText.holds(route(line), shown.filter)).toList();
    list.removeAll();
    if (lines.isEmpty()) {
      list.add(Html.div("empty", new Span(Words.word("role.routes.filtered", shown.filter))));
      return;
    }
    NativeTable table =
        Html.table(
            Words.word("routes.title"),
            List.of(
                Words.word("routes.access"),
                Words.word("routes.route"),
                Words.word("routes.because"),
                ""));
    portions = new Portions<>(lines, shown.most, line -> row(table.getBody().addRow(), line));
    list.add(table, portions);
  }

  private static String route(RouteLine line) {
    return line.action() + " " + line.route().template();
  }

  private void row(NativeTableRow row, RouteLine line) {
    String route = route(line);
    Html.named(row, "route-row " + route);
    row.setClassName("staged", line.isStaged());
    Html.cell(row, "nowrap", tiles(line, route));
    boolean writes = !Set.of("GET", "HEAD", "OPTIONS").contains(line.action().name());
    Html.cell(
        row,
        "wide",
        Html.span(writes ? "m write" : "m", line.action().name()),
        Html.mono(line.route().template().toString()));
    Html.cell(row, "note", because(line));
    Html.cell(row, "end", action(line, route));
  }

  private Component tiles(RouteLine line, String route) {
    Div tiles = Html.div("tiles");
    Tile.Sign sign =
        switch (line.now()) {
          case ALLOWED -> Tile.Sign.ALLOW;
          case DENIED -> Tile.Sign.DENY;
          case NONE -> Tile.Sign.NONE;
        };
    String label =
        Words.word(
            "routes.tile",
            page.role().name(),
            route,
            Words.word("access." + line.now().name()),
            line.inherited() ? Words.word("routes.inherited") : "");
    if (line.isStaged()) {
      boolean more = line.now() == RouteLine.Access.ALLOWED;
      tiles.add(
          Tile.of(
              more ? Tile.Sign.STAGED_MORE : Tile.Sign.STAGED_LESS,
              false,
              Words.word("routes.staged", label)));
    } else {
      tiles.add(Tile.of(sign, line.inherited(), label));
    }
    if (line.conditional()) {
      Span clock = Html.span("clock", "◷");
      clock.getElement().setAttribute("role", "img");
      Html.labelled(clock, Words.word("routes.conditional"));
      clock.getElement().setAttribute("title", Words.word("routes.conditional"));
      tiles.add(clock);
    }
    return tiles;
  }

  private static Span because(RouteLine line) {
    if (line.route().access() == Route.Access.PUBLIC) {
      return new Span(Words.word("routes.public"));
    }
    if (line.by().isEmpty()) {
      return new Span(Words.word("routes.default"));
    }
    return Html.mono(
        line.by().stream()
            .map(Permission::id)
            .map(Object::toString)
            .collect(Collectors.joining(", ")));
  }

  private Component action(RouteLine line, String route) {
    boolean offered =
        drafts
            && line.now() == RouteLine.Access.NONE
            && line.route().access() == Route.Access.GRANTED;
    if (!offered) {
      return new Span();
    }
    var allow = new Button(Words.word("routes.allow"), click -> allow(line));
    allow.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
    allow.setAriaLabel(Words.word("routes.allow.label", page.role().name(), route));
    return Html.named(allow, "allow " + route);
  }

  private void allow(RouteLine line) {
    shown.most = portions == null ? 0 : portions.shown();
    var input =
        new PermissionInput(
            "",
            "ALLOW",
            page.stage(),
            Set.of(line.action()),
            line.route().template().toString(),
            "",
            "",
            "",
            "");
    switch (roles.savePermission(page.api(), page.role().name(), Optional.empty(), input)) {
      case Saved.Staged<PermissionInput.Field> staged -> saved.accept(List.of());
      case Saved.Refused<PermissionInput.Field>(var why) ->
          saved.accept(why.values().stream().flatMap(List::stream).toList());
    }
  }
}
