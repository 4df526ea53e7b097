package dev.grantway.admin.roles.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.component.tabs.Tabs;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import dev.grantway.admin.common.DraftChanged;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.roles.Dependants;
import dev.grantway.admin.roles.RolePage;
import dev.grantway.admin.roles.RoleService;
import dev.grantway.admin.roles.RolesNavigation;
import dev.grantway.admin.roles.RouteLine;
import dev.grantway.admin.routes.ApiService;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.admin.shell.MainLayout;
import dev.grantway.admin.shell.PlacedView;
import dev.grantway.admin.shell.StagedNotice;
import dev.grantway.policy.Permission;
import dev.grantway.policy.RoleName;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One role: its permissions, and what they amount to on every route. */
@Route(value = Place.PREFIX + RolesNavigation.VIEW + "/:role*", layout = MainLayout.class)
@PermitAll
class RoleView extends PlacedView {
  private static final String UNFOCUSABLE_SCROLLER =
      "customElements.whenDefined('vaadin-tabs').then(() => this.updateComplete)"
          + ".then(() => this.shadowRoot.getElementById('scroll').removeAttribute('tabindex'))";

  private final RoleService roles;
  private final boolean drafts;
  private final StagedNotice problem = new StagedNotice();
  private @Nullable RoleName name;
  private boolean routesOpen;
  private RouteTable.Shown shownRoutes = new RouteTable.Shown();
  private PermissionTable.Shown shownPermissions = new PermissionTable.Shown();

  RoleView(RoleService roles, ApiService apis, Operators operators) {
    super(apis);
    this.roles = roles;
    this.drafts = operators.current().may(Task.DRAFT);
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    String typed = event.getRouteParameters().get("role").orElse("");
    try {
      name = new RoleName(typed);
    } catch (IllegalArgumentException noName) {
      throw new NotFoundException("no role " + typed);
    }
    routesOpen = parameter(event, "tab").equals("routes");
    shownRoutes = new RouteTable.Shown();
    shownPermissions = new PermissionTable.Shown();
    show(page().orElseThrow(() -> new NotFoundException("no role " + typed)));
  }

  /** A role that the draft added is gone once that is undone. */
  @Override
  protected void draftChanged() {
    page()
        .ifPresentOrElse(
            this::show, () -> getUI().ifPresent(ui -> ui.navigate(RolesNavigation.path(place()))));
  }

  private Optional<RolePage> page() {
    return roles.role(api(), place().stage(), name());
  }

  private RoleName name() {
    return Optional.ofNullable(name).orElseThrow();
  }

  private void show(RolePage page) {
    removeAll();
    problem.clear();
    add(head(page), facts(page), problem, tabs(page));
  }

  private Div head(RolePage page) {
    var title = new H1(page.role().name().value());
    title.addClassName("mono");
    Html.named(title, "role-title");
    Div head = Html.head(title, Html.span("sub", page.role().description()));
    if (drafts && !page.removed()) {
      head.add(Html.div("acts", remove(page), edit(page), add(page)));
    }
    return head;
  }

  private Button add(RolePage page) {
    var add = Html.named(new Button(Words.word("permission.add")), "add-permission");
    add.addThemeVariants(ButtonVariant.PRIMARY);
    add.addClickListener(click -> open(page, null));
    return add;
  }

  private Button edit(RolePage page) {
    var edit = Html.named(new Button(Words.word("role.edit.short")), "edit-role");
    edit.addClickListener(
        click -> new RoleDialog(roles, page.role(), now -> renamed(page, now)).open());
    return edit;
  }

  private void renamed(RolePage page, String now) {
    if (!page.role().name().value().equals(now)) {
      getUI().ifPresent(ui -> ui.navigate(RolesNavigation.role(place(), now)));
    }
    DraftChanged.tell();
  }

  private Button remove(RolePage page) {
    var remove = Html.named(new Button(Words.word("role.delete")), "delete-role");
    remove.addThemeVariants(ButtonVariant.TERTIARY);
    remove.addClickListener(click -> delete(page.role().name()));
    return remove;
  }

  /** What concerns others is said before. */
  private void delete(RoleName role) {
    Dependants concerned = roles.dependants(role);
    if (concerned.isNone()) {
      problem.heard(roles.deleteRole(role));
      return;
    }
    var ask = new ConfirmDialog();
    ask.setHeader(Words.word("role.delete.title", role.value()));
    ask.add(new DependantList(concerned));
    ask.setConfirmText(Words.word("role.delete.yes"));
    ask.addConfirmListener(yes -> problem.heard(roles.deleteRole(role)));
    ask.setCancelable(true);
    ask.setCancelText(Words.word("cancel"));
    Html.named(ask, "delete-confirm").open();
  }

  private void open(RolePage page, @Nullable Permission edited) {
    new PermissionDialog(roles, page, edited, saved -> DraftChanged.tell()).open();
  }

  private Div facts(RolePage page) {
    Div facts = Html.div("facts");
    if (page.removed()) {
      facts.add(Html.span("chip staged", Words.word("staging.removed")));
    }
    facts.add(
        names("role.inherits", page.role().inherits().stream().map(RoleName::value).toList()));
    facts.add(names("role.heirs", page.heirs()));
    if (!page.role().owner().isEmpty()) {
      facts.add(new Span(Words.word("role.owner", page.role().owner())));
    }
    return facts;
  }

  private Span names(String key, List<String> names) {
    var line = new Span(Words.word(names.isEmpty() ? key + ".none" : key));
    line.addClassName("mute");
    for (String other : names) {
      line.add(new Span(" "), Html.link(RolesNavigation.role(place(), other), "chip mono", other));
    }
    return line;
  }

  private Component tabs(RolePage page) {
    long own = page.permissions().stream().filter(line -> !line.inherited()).count();
    long allowed =
        page.routes().stream().filter(it -> it.now() == RouteLine.Access.ALLOWED).count();
    Tab permissions =
        Html.named(new Tab(Words.word("role.tab.permissions", own)), "tab-permissions");
    Tab routes =
        Html.named(
            new Tab(Words.word("role.tab.routes", allowed, page.routes().size())), "tab-routes");
    var tabs = new Tabs(permissions, routes);
    tabs.setSelectedTab(routesOpen ? routes : permissions);
    // ARIA wants nothing focusable between a tab list and its tabs; the component has a scroller.
    tabs.getElement().executeJs(UNFOCUSABLE_SCROLLER);
    Div panel = Html.div("panel flush");
    panel.add(content(page));
    tabs.addSelectedChangeListener(
        change -> {
          routesOpen = routes.equals(change.getSelectedTab());
          panel.removeAll();
          panel.add(content(page));
          remember();
        });
    return Html.div("section", tabs, panel);
  }

  private Component content(RolePage page) {
    return routesOpen
        ? new RouteTable(roles, page, drafts, shownRoutes, this::savedOnRoute)
        : new PermissionTable(
            page,
            drafts,
            shownPermissions,
            permission -> open(page, permission),
            permission -> problem.heard(roles.deletePermission(permission)),
            permission -> problem.heard(roles.restorePermission(permission)));
  }

  private void savedOnRoute(List<Sentence> why) {
    if (why.isEmpty()) {
      DraftChanged.tell();
    } else {
      problem.refused(why);
    }
  }

  private void remember() {
    remember(RolesNavigation.role(place(), name().value()) + (routesOpen ? "?tab=routes" : ""));
  }

  @Override
  protected String title() {
    return Words.word("role.title", name());
  }
}
