package dev.grantway.admin.routes.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.grantway.admin.changes.Staging;
import dev.grantway.admin.common.DraftChanged;
import dev.grantway.admin.common.FilterField;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.matrix.MatrixFilter;
import dev.grantway.admin.routes.ApiService;
import dev.grantway.admin.routes.RouteCoverage;
import dev.grantway.admin.routes.RouteRow;
import dev.grantway.admin.routes.RouteService;
import dev.grantway.admin.routes.RoutesNavigation;
import dev.grantway.admin.routes.RoutesPage;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.admin.shell.MainLayout;
import dev.grantway.admin.shell.PlacedView;
import dev.grantway.admin.shell.StagedNotice;
import dev.grantway.admin.transfer.ImportNavigation;
import dev.grantway.admin.wiring.WiringNavigation;
import dev.grantway.admin.wiring.WiringService;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The route table of an API, and who gets through to each route; the URL holds the filter. */
@Route(value = Place.PREFIX + RoutesNavigation.VIEW, layout = MainLayout.class)
@PermitAll
class RoutesView extends PlacedView {
  private static final int PAGE = 100;

  private final RouteService routes;
  private final WiringService wiring;
  private final Div open = new Div();
  private final boolean drafts;
  private final FilterField filter;
  private final Div chips = Html.div("chips");
  private final Span sub = Html.span("sub", "");
  private final StagedNotice problem = new StagedNotice();
  private final Div list = Html.div("panel flush");
  private int shown;

  RoutesView(RouteService routes, WiringService wiring, ApiService apis, Operators operators) {
    super(apis);
    this.routes = routes;
    this.wiring = wiring;
    this.drafts = operators.current().may(Task.DRAFT);
    chips.getElement().setAttribute("role", "group");
    Html.labelled(chips, Words.word("matrix.chips"));
    filter =
        new FilterField(
            "route-filter",
            Words.word("routes.filter"),
            Words.word("routes.filter.help"),
            this::filtered);
    filter.addClassName("q");
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    filter.setValue(parameter(event, "filter"));
    removeAll();
    add(head(), Html.div("matrix-tools", filter, chips), problem, open, list);
    showOpen();
    show(PAGE);
  }

  /** What is deployed and asks nobody is no part of the policy, and everybody may call it. */
  private void showOpen() {
    open.removeAll();
    List<String> texts = wiring.page(api(), place().stage()).openRoutes();
    if (!texts.isEmpty()) {
      Div notice =
          Html.div(
              "notice bad",
              new Span(Words.word("routes.open", texts.size(), String.join(", ", texts))),
              Html.link(WiringNavigation.path(place()), "link", Words.word("routes.open.link")));
      open.add(Html.named(notice, "routes-open"));
    }
  }

  @Override
  protected void draftChanged() {
    show(Math.max(PAGE, shown));
  }

  private Div head() {
    var add = Html.named(new Button(Words.word("routes.new")), "new-route");
    add.addThemeVariants(ButtonVariant.PRIMARY);
    add.setVisible(drafts);
    add.addClickListener(click -> edit(null));
    return Html.head(new H1(Words.word("routes.title")), sub, add);
  }

  private void filtered(String text) {
    show(PAGE);
    rememberFilter(RoutesNavigation.path(place()), text);
  }

  private MatrixFilter asked() {
    return MatrixFilter.parse(filter.getValue());
  }

  private void show(int atLeast) {
    problem.clear();
    list.removeAll();
    shown = 0;
    RoutesPage page = more(atLeast);
    sub.setText(
        Words.word(
            asked().isEmpty() ? "routes.sub" : "routes.sub.filtered",
            place().api(),
            place().stage(),
            page.all(),
            page.matching()));
    chips.removeAll();
    for (RouteCoverage coverage : RouteCoverage.values()) {
      int count = page.coverage().getOrDefault(coverage, 0);
      if (count > 0) {
        chips.add(chip(coverage, count));
      }
    }
    if (page.rows().isEmpty()) {
      Div nothing = Html.div("empty", new Span(empty(page)));
      if (page.all() == 0 && drafts) {
        nothing.add(
            new Span(" "),
            Html.named(
                Html.link(ImportNavigation.path(place()), "link", Words.word("routes.none.import")),
                "import-routes"));
      }
      list.add(nothing);
    }
  }

  private String empty(RoutesPage page) {
    return page.all() == 0
        ? Words.word("routes.none")
        : Words.word("matrix.excluded", filter.getValue(), page.all());
  }

  private NativeButton chip(RouteCoverage coverage, int count) {
    String name = coverage.name().toLowerCase(Locale.ROOT);
    var token = new MatrixFilter.Token(MatrixFilter.Key.STATE, name);
    var chip =
        new NativeButton(
            Words.word("routes.chip", Words.word("route.coverage." + coverage), count));
    chip.addClassName("chip");
    chip.getElement().setAttribute("aria-pressed", Boolean.toString(asked().has(token)));
    chip.addClickListener(
        click -> {
          filter.setValue(asked().toggled(token).text());
          filtered(filter.getValue());
        });
    return Html.named(chip, "chip-" + name);
  }

  private RoutesPage more(int limit) {
    RoutesPage page = routes.page(api(), place().stage(), asked(), shown, limit);
    shown += page.rows().size();
    if (!page.rows().isEmpty()) {
      list.add(new RouteRows(place(), api().type(), page.rows(), this::actions));
    }
    if (shown < page.matching()) {
      var more = Html.named(new Button(Words.word("more")), "more");
      more.addThemeVariants(ButtonVariant.TERTIARY);
      Div foot =
          Html.div(
              "more acts",
              more,
              Html.span("mute", Words.word("routes.shown", shown, page.matching())));
      more.addClickListener(
          click -> {
            list.remove(foot);
            more(PAGE);
          });
      list.add(foot);
    }
    return page;
  }

  private Component actions(RouteRow row) {
    Div acts = Html.div("acts");
    if (!drafts) {
      return acts;
    }
    if (row.staged() != Staging.REMOVED) {
      acts.add(
          action("edit", row, () -> edit(row.route())), action("remove", row, () -> remove(row)));
    }
    if (row.staged() != Staging.NONE) {
      acts.add(
          action(
              "restore", row, () -> problem.heard(routes.restore(api(), row.route().toString()))));
    }
    return acts;
  }

  private static Button action(String what, RouteRow row, Runnable done) {
    var button = new Button(Words.word("route." + what), click -> done.run());
    button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
    button.setAriaLabel(Words.word("route." + what + ".label", row.route().toString()));
    return Html.named(button, what + " " + row.route());
  }

  /** What is deployed and not in the table is fenced by nothing: that is asked first. */
  private void remove(RouteRow row) {
    String text = row.route().toString();
    if (row.staged() == Staging.ADDED) {
      problem.heard(routes.remove(api(), text));
      return;
    }
    var ask =
        new ConfirmDialog(
            Words.word("route.remove.title", text),
            Words.word("route.remove.text"),
            Words.word("route.remove.yes"),
            yes -> problem.heard(routes.remove(api(), text)));
    ask.setCancelable(true);
    ask.setCancelText(Words.word("cancel"));
    Html.named(ask, "remove-confirm").open();
  }

  private void edit(dev.grantway.resource.@Nullable Route edited) {
    new RouteDialog(routes, api(), edited, DraftChanged::tell).open();
  }

  @Override
  protected String title() {
    return Words.word("routes.title");
  }
}
