package dev.grantway.admin.roles.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.grantway.admin.common.DraftChanged;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Places;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.roles.RoleLine;
import dev.grantway.admin.roles.RoleService;
import dev.grantway.admin.roles.RolesNavigation;
import dev.grantway.admin.routes.ApiService;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.admin.shell.MainLayout;
import dev.grantway.policy.Api;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The list of roles. */
@Route(value = Place.PREFIX + RolesNavigation.VIEW, layout = MainLayout.class)
@PermitAll
class RolesView extends Div implements BeforeEnterObserver, HasDynamicTitle {
  private static final int PAGE = 100;

  private final RoleService roles;
  private final ApiService apis;
  private final Operators operators;
  private final TextField filter = new TextField();
  private final Div list = Html.div("panel flush");
  private @Nullable Place place;

  RolesView(RoleService roles, ApiService apis, Operators operators) {
    this.roles = roles;
    this.apis = apis;
    this.operators = operators;
    addClassName("page");
    filter.setPlaceholder(Words.word("roles.filter"));
    Html.labelled(filter, Words.word("roles.filter"));
    filter.setAriaLabel(Words.word("roles.filter"));
    filter.setClearButtonVisible(true);
    filter.setValueChangeMode(ValueChangeMode.LAZY);
    Html.named(filter, "role-filter");
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    Api api = Places.api(event, apis);
    Place at = Place.of(event.getRouteParameters());
    place = at;
    filter.setValue(
        event.getLocation().getQueryParameters().getSingleParameter("filter").orElse(""));
    filter.addValueChangeListener(
        change -> {
          show(api, at, "");
          remember(at, change.getValue());
        });
    removeAll();
    add(head(api, at), filter, list);
    show(api, at, "");
  }

  private void remember(Place at, String text) {
    QueryParameters parameters =
        text.isEmpty() ? QueryParameters.empty() : QueryParameters.simple(Map.of("filter", text));
    getUI()
        .ifPresent(
            ui ->
                ui.getPage()
                    .getHistory()
                    .replaceState(
                        null,
                        RolesNavigation.path(at)
                            + (text.isEmpty() ? "" : "?" + parameters.getQueryString())));
  }

  private Div head(Api api, Place at) {
    var create = Html.named(new Button(Words.word("roles.new")), "new-role");
    create.addThemeVariants(ButtonVariant.PRIMARY);
    create.setVisible(operators.current().may(Task.DRAFT));
    create.addClickListener(
        click ->
            new RoleDialog(
                    roles,
                    null,
                    name -> {
                      DraftChanged.tell();
                      getUI().ifPresent(ui -> ui.navigate(RolesNavigation.role(at, name)));
                    })
                .open());
    Span sub = Html.span("sub", Words.word("roles.sub", api.name(), at.stage(), routes(api)));
    return Html.head(new H1(Words.word("roles.title")), sub, create);
  }

  private static int routes(Api api) {
    return api.routes().routes().size();
  }

  private void show(Api api, Place at, String after) {
    List<RoleLine> lines = roles.roles(api, at.stage(), filter.getValue(), after, PAGE);
    if (after.isEmpty()) {
      list.removeAll();
      if (lines.isEmpty()) {
        list.add(Html.div("empty", new Span(empty())));
        return;
      }
    }
    list.add(table(lines, at));
    if (lines.size() == PAGE) {
      var more = new Button(Words.word("more"));
      more.addThemeVariants(ButtonVariant.TERTIARY);
      Div foot = Html.div("more", more);
      more.addClickListener(
          click -> {
            list.remove(foot);
            show(api, at, lines.getLast().name().value());
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
  public String getPageTitle() {
    Place at = place;
    return Words.word(
        "title.place", Words.word("roles.title"), at == null ? "" : at.api() + " " + at.stage());
  }
}
