package dev.grantway.admin.roles.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.grantway.admin.common.DraftChanged;
import dev.grantway.admin.common.FilterField;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.roles.RoleLine;
import dev.grantway.admin.roles.RoleService;
import dev.grantway.admin.roles.RolesNavigation;
import dev.grantway.admin.routes.ApiService;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.admin.shell.MainLayout;
import dev.grantway.admin.shell.PlacedView;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.stream.Collectors;

/** The list of roles. */
@Route(value = Place.PREFIX + RolesNavigation.VIEW, layout = MainLayout.class)
@PermitAll
class RolesView extends PlacedView {
  private static final int PAGE = 100;

  private final RoleService roles;
  private final boolean drafts;
  private final FilterField filter;
  private final Div list = Html.div("panel flush");

  RolesView(RoleService roles, ApiService apis, Operators operators) {
    super(apis);
    this.roles = roles;
    this.drafts = operators.current().may(Task.DRAFT);
    filter =
        new FilterField(
            "role-filter", Words.word("roles.filter"), Words.word("roles.filter"), this::filtered);
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    filter.setValue(parameter(event, "filter"));
    removeAll();
    add(head(), filter, list);
    show("");
  }

  @Override
  protected void draftChanged() {
    show("");
  }

  private void filtered(String text) {
    show("");
    rememberFilter(RolesNavigation.path(place()), text);
  }

  private Div head() {
    Place at = place();
    var create = Html.named(new Button(Words.word("roles.new")), "new-role");
    create.addThemeVariants(ButtonVariant.PRIMARY);
    create.setVisible(drafts);
    create.addClickListener(
        click ->
            new RoleDialog(
                    roles,
                    null,
                    name -> {
                      getUI().ifPresent(ui -> ui.navigate(RolesNavigation.role(at, name)));
                      DraftChanged.tell();
                    })
                .open());
    var routes = api().routes().routes();
    int methods = routes.stream().mapToInt(it -> it.actions().size()).sum();
    String key = methods == routes.size() ? "roles.sub" : "roles.sub.any";
    Span sub = Html.span("sub", Words.word(key, at.api(), at.stage(), routes.size(), methods));
    return Html.head(new H1(Words.word("roles.title")), sub, create);
  }

  private void show(String after) {
    List<RoleLine> lines = roles.roles(api(), place().stage(), filter.getValue(), after, PAGE);
    if (after.isEmpty()) {
      list.removeAll();
      if (lines.isEmpty()) {
        list.add(Html.div("empty", new Span(empty())));
        return;
      }
    }
    list.add(table(lines, place()));
    if (lines.size() == PAGE) {
      var more = new Button(Words.word("more"));
      more.addThemeVariants(ButtonVariant.TERTIARY);
      Div foot = Html.div("more", more);
      more.addClickListener(
          click -> {
            list.remove(foot);
            show(lines.getLast().name().value());
          });
      list.add(foot);
    }
  }

  private String empty() {
    return filter.isEmpty()
        ? Words.word("roles.empty")
        : Words.word("roles.filtered", filter.getValue());
  }

  private static NativeTable table(List<RoleLine> lines, Place at) {
    NativeTable table =
        Html.table(
            Words.word("roles.title"),
            List.of(
                Words.word("field.role"),
                Words.word("field.description"),
                Words.word("field.inherits"),
                Words.word("roles.own"),
                Words.word("roles.allowed")));
    lines.forEach(line -> row(table.getBody().addRow(), line, at));
    return table;
  }

  private static void row(NativeTableRow row, RoleLine line, Place at) {
    String name = line.name().value();
    Html.named(row, "role-row " + name);
    row.setClassName("staged", line.staged());
    row.setClassName("removed", line.removed());
    var link = Html.link(RolesNavigation.role(at, name), "rolelink", name);
    var cell = Html.cell(row, "nowrap", Html.named(link, "role " + name));
    if (line.staged()) {
      String word = line.removed() ? "staging.removed" : "staging.staged";
      cell.add(new Span(" "), Html.span("chip staged", Words.word(word)));
    }
    Html.cell(row, "wide", new Span(line.role().description()));
    Html.cell(
        row,
        "",
        Html.mono(
            line.inherits().stream().map(Object::toString).collect(Collectors.joining(", "))));
    Html.cell(row, "nowrap", new Span(Words.word("roles.own.count", line.own())));
    Html.cell(
        row, "nowrap", new Span(Words.word("roles.allowed.count", line.allowed(), line.routes())));
  }

  @Override
  protected String title() {
    return Words.word("roles.title");
  }
}
