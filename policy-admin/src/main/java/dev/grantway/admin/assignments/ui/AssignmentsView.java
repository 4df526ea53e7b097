package dev.grantway.admin.assignments.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.grantway.admin.assignments.AssignmentFilter;
import dev.grantway.admin.assignments.AssignmentLine;
import dev.grantway.admin.assignments.AssignmentPage;
import dev.grantway.admin.assignments.AssignmentService;
import dev.grantway.admin.assignments.AssignmentsNavigation;
import dev.grantway.admin.changes.Staging;
import dev.grantway.admin.common.DraftChanged;
import dev.grantway.admin.common.FilterField;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Times;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.roles.RoleService;
import dev.grantway.admin.roles.RolesNavigation;
import dev.grantway.admin.routes.ApiService;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.admin.shell.HandOver;
import dev.grantway.admin.shell.MainLayout;
import dev.grantway.admin.shell.PlacedView;
import dev.grantway.admin.shell.StagedNotice;
import dev.grantway.admin.simulate.SimulateNavigation;
import dev.grantway.admin.simulate.SimulationInput;
import dev.grantway.policy.Assignment;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who is given which role, for every API; the URL holds the filter. */
@Route(value = Place.PREFIX + AssignmentsNavigation.VIEW, layout = MainLayout.class)
@PermitAll
class AssignmentsView extends PlacedView {
  private static final int PAGE = 100;

  private final AssignmentService assignments;
  private final RoleService roles;
  private final boolean drafts;
  private final FilterField filter;
  private final StagedNotice problem = new StagedNotice();
  private final Div list = Html.div("panel flush");
  private final SortedSet<String> issuers = new TreeSet<>();

  AssignmentsView(
      AssignmentService assignments, RoleService roles, ApiService apis, Operators operators) {
    super(apis);
    this.assignments = assignments;
    this.roles = roles;
    this.drafts = operators.current().may(Task.DRAFT);
    filter =
        new FilterField(
            "assignment-filter",
            Words.word("assignments.filter"),
            Words.word("assignments.filter.help"),
            this::filtered);
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    filter.setValue(parameter(event, "filter"));
    removeAll();
    add(head(), filter, problem, list);
    show();
  }

  @Override
  protected void draftChanged() {
    show();
  }

  private void filtered(String text) {
    show();
    rememberFilter(AssignmentsNavigation.path(place()), text);
  }

  private Div head() {
    var add = Html.named(new Button(Words.word("assignments.new")), "new-assignment");
    add.addThemeVariants(ButtonVariant.PRIMARY);
    add.setVisible(drafts);
    add.addClickListener(click -> edit(null));
    return Html.head(
        new H1(Words.word("assignments.title")),
        Html.span("sub", Words.word("assignments.sub")),
        add);
  }

  private void show() {
    problem.clear();
    list.removeAll();
    more("");
    if (list.getComponentCount() == 0) {
      list.add(
          Html.div(
              "empty",
              new Span(
                  filter.isEmpty()
                      ? Words.word("assignments.empty")
                      : Words.word("assignments.filtered", filter.getValue()))));
    }
  }

  private void more(String after) {
    AssignmentPage page = assignments.page(AssignmentFilter.parse(filter.getValue()), after, PAGE);
    if (!page.lines().isEmpty()) {
      list.add(table(page.lines()));
    }
    page.lines().forEach(line -> issuers.add(line.assignment().issuer()));
    if (!page.next().isEmpty()) {
      var more = Html.named(new Button(Words.word("more")), "more");
      more.addThemeVariants(ButtonVariant.TERTIARY);
      Div foot =
          Html.div(
              "more acts",
              more,
              Html.span("mute", Words.word("assignments.looked", page.looked())));
      more.addClickListener(
          click -> {
            list.remove(foot);
            more(page.next());
          });
      list.add(foot);
    }
  }

  private NativeTable table(List<AssignmentLine> lines) {
    NativeTable table =
        Html.table(
            Words.word("assignments.title"),
            List.of(
                Words.word("assignments.given"),
                Words.word("field.issuer"),
                Words.word("field.role"),
                Words.word("field.until"),
                ""));
    lines.forEach(line -> row(table.getBody().addRow(), line));
    return table;
  }

  private void row(NativeTableRow row, AssignmentLine line) {
    Assignment it = line.assignment();
    Html.named(row, "assignment " + it.value() + " " + it.role());
    row.setClassName("staged", line.isStaged());
    row.setClassName("removed", line.staged() == Staging.REMOVED);
    var holder =
        Html.cell(
            row,
            "wide",
            Html.span("mute", Words.word("effects.holder." + it.kind().name())),
            new Span(" "),
            Html.mono(it.value()));
    if (line.isStaged()) {
      holder.add(new Span(" "), Html.span("chip staged", Words.word(line.staged().key())));
    }
    Html.cell(row, "nowrap", Html.mono(it.issuer()));
    Html.cell(
        row,
        "nowrap",
        Html.link(RolesNavigation.role(place(), it.role().value()), "rolelink", it.role().value()));
    Html.cell(row, "nowrap", until(line));
    Html.cell(row, "end", drafts ? actions(line) : new Span());
  }

  private static Component until(AssignmentLine line) {
    String end =
        line.assignment()
            .until()
            .map(Times::dayAndClock)
            .orElseGet(() -> Words.word("assignments.always"));
    return switch (line.life()) {
      case LIVE -> line.assignment().until().isEmpty() ? Html.span("mute", end) : new Span(end);
      case ENDING -> Html.span("chip soon", Words.word("assignments.ending", end));
      case ENDED -> Html.span("mute", Words.word("assignments.ended", end));
    };
  }

  private Component actions(AssignmentLine line) {
    Div acts = Html.div("acts");
    asked(line)
        .ifPresent(
            input ->
                acts.add(
                    action(
                        "simulate",
                        line,
                        () ->
                            HandOver.to(
                                SimulateNavigation.path(place()), SimulationInput.class, input))));
    if (line.staged() != Staging.REMOVED) {
      acts.add(action("edit", line, () -> edit(line.assignment())));
      if (line.staged() != Staging.ADDED && line.life() != AssignmentLine.Life.ENDED) {
        acts.add(action("end", line, () -> problem.heard(assignments.end(line.assignment()))));
      }
      acts.add(action("remove", line, () -> problem.heard(assignments.remove(line.assignment()))));
    }
    if (line.staged() == Staging.CHANGED || line.staged() == Staging.REMOVED) {
      acts.add(
          action("restore", line, () -> problem.heard(assignments.restore(line.assignment()))));
    }
    return acts;
  }

  /** Whom the role is given to, as a caller; a group with a comma would be read as two. */
  private static Optional<SimulationInput> asked(AssignmentLine line) {
    Assignment it = line.assignment();
    SimulationInput.Field who =
        switch (it.kind()) {
          case SUBJECT -> SimulationInput.Field.SUBJECT;
          case CLIENT -> SimulationInput.Field.CLIENT;
          case GROUP -> SimulationInput.Field.GROUPS;
        };
    return it.kind() == Assignment.Kind.GROUP && it.value().contains(",")
        ? Optional.empty()
        : Optional.of(
            new SimulationInput(
                Map.of(
                    SimulationInput.Field.ISSUER,
                    it.issuer(),
                    who,
                    it.value(),
                    SimulationInput.Field.AGAINST,
                    line.isStaged() ? "draft" : "live")));
  }

  private static Button action(String what, AssignmentLine line, Runnable done) {
    Assignment it = line.assignment();
    var button = new Button(Words.word("assignment." + what), click -> done.run());
    button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
    button.setAriaLabel(Words.word("assignment." + what + ".label", it.role().value(), it.value()));
    return Html.named(button, what + " " + it.value() + " " + it.role());
  }

  private void edit(@Nullable Assignment edited) {
    new AssignmentDialog(
            assignments, roles.names(), List.copyOf(issuers), edited, DraftChanged::tell)
        .open();
  }

  @Override
  protected String title() {
    return Words.word("assignments.title");
  }
}
