package dev.grantway.admin.simulate.ui;

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
import dev.grantway.admin.changes.Staging;
import dev.grantway.admin.common.DraftChanged;
import dev.grantway.admin.common.FilterField;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Times;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.routes.ApiService;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.admin.shell.HandOver;
import dev.grantway.admin.shell.MainLayout;
import dev.grantway.admin.shell.PlacedView;
import dev.grantway.admin.shell.StagedNotice;
import dev.grantway.admin.simulate.SimulateNavigation;
import dev.grantway.admin.simulate.SimulationInput;
import dev.grantway.admin.simulate.TestLine;
import dev.grantway.admin.simulate.TestLine.Ran;
import dev.grantway.admin.simulate.TestService;
import dev.grantway.admin.simulate.TestsPage;
import dev.grantway.decision.PolicyTest;
import dev.grantway.policy.Effect;
import dev.grantway.policy.PermissionId;
import dev.grantway.resource.Action;
import jakarta.annotation.security.PermitAll;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The policy's tests, what each comes to now and with the draft; the URL holds the filter. */
@Route(value = Place.PREFIX + SimulateNavigation.TESTS, layout = MainLayout.class)
@PermitAll
class TestsView extends PlacedView {
  private static final int PAGE = 100;

  private final TestService tests;
  private final boolean drafts;
  private final FilterField filter;
  private final Span sub = Html.named(Html.span("sub", ""), "tests-sub");
  private final StagedNotice problem = new StagedNotice();
  private final Div list = Html.div("panel flush");
  private int shown;
  private Instant at = Instant.EPOCH;

  TestsView(TestService tests, ApiService apis, Operators operators) {
    super(apis);
    this.tests = tests;
    this.drafts = operators.current().may(Task.DRAFT);
    filter =
        new FilterField(
            "test-filter",
            Words.word("tests.filter"),
            Words.word("tests.filter.help"),
            this::filtered);
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    filter.setValue(parameter(event, "filter"));
    removeAll();
    var run = Html.named(new Button(Words.word("tests.run"), click -> run()), "run-tests");
    add(Html.head(new H1(Words.word("tests.title")), sub, run));
    if (drafts) {
      add(new SimulateTabs(place(), true));
    }
    add(filter, problem, list);
    run();
  }

  private void filtered(String text) {
    show(tests.page(text, 0, PAGE, at));
    rememberFilter(SimulateNavigation.testsPath(place()), text);
  }

  @Override
  protected void draftChanged() {
    run();
  }

  private void run() {
    show(tests.page(filter.getValue(), 0, PAGE));
  }

  private void show(TestsPage page) {
    problem.clear();
    list.removeAll();
    shown = 0;
    at = page.at();
    add(page);
    sub.setText(
        Words.word(
            "tests.sub",
            page.all(),
            page.failingLive(),
            page.failingDraft(),
            Times.clock(page.at())));
    if (page.lines().isEmpty()) {
      String text =
          page.all() == 0
              ? Words.word("tests.empty")
              : Words.word("tests.filtered", filter.getValue(), page.all());
      list.add(Html.div("empty", new Span(text)));
    }
  }

  private void more() {
    add(tests.page(filter.getValue(), shown, PAGE, at));
  }

  private void add(TestsPage page) {
    shown += page.lines().size();
    if (!page.lines().isEmpty()) {
      list.add(table(page.lines()));
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
            more();
          });
      list.add(foot);
    }
  }

  private NativeTable table(List<TestLine> lines) {
    NativeTable table =
        Html.table(
            Words.word("tests.title"),
            List.of(
                Words.word("field.name"),
                Words.word("tests.asks"),
                Words.word("tests.expect"),
                Words.word("tests.live"),
                Words.word("tests.draft"),
                ""));
    lines.forEach(line -> row(table.getBody().addRow(), line));
    return table;
  }

  private void row(NativeTableRow row, TestLine line) {
    PolicyTest test = line.test();
    Html.named(row, "test-row " + test.name());
    row.setClassName("staged", line.staged() != Staging.NONE);
    row.setClassName("removed", line.staged() == Staging.REMOVED);
    var name = Html.cell(row, "wide", new Span(test.name()));
    if (line.staged() != Staging.NONE) {
      name.add(new Span(" "), Html.span("chip staged", Words.word(line.staged().key())));
    }
    boolean webSocket = test.method().equals(Action.CONNECT.name());
    Html.cell(
        row,
        "wide",
        Html.mono(webSocket ? test.path() : test.method() + " " + test.path()),
        Html.div(
            "note",
            new Span(Words.word("tests.by.caller", line.apiName(), test.stage(), who(test)))));
    Html.cell(row, "ids", expects(test));
    Html.cell(row, "", ran(line.live(), "test-live " + test.name()));
    Html.cell(row, "", ran(line.draft(), "test-draft " + test.name()));
    Html.cell(row, "end", actions(line));
  }

  private static String who(PolicyTest test) {
    PolicyTest.Caller caller = test.caller();
    return caller.roles().isEmpty()
        ? Words.word("simulate.step.none")
        : String.join(", ", caller.roles());
  }

  private static Component expects(PolicyTest test) {
    var expects =
        new Div(new Span(Words.word("effect." + test.expect().name().toLowerCase(Locale.ROOT))));
    String by =
        test.by().stream()
            .flatMap(ids -> ids.stream().map(PermissionId::value))
            .collect(Collectors.joining(", "));
    if (!by.isEmpty()) {
      expects.add(Html.div("note mono", new Span(by)));
    }
    expects.setClassName("bad-word", test.expect() == Effect.DENY);
    return expects;
  }

  private static Component ran(Ran ran, String testId) {
    Div said =
        switch (ran) {
          case Ran.Passed() -> new Div(Html.span("chip gained", Words.word("tests.passes")));
          case Ran.Failed(var why) ->
              new Div(
                  Html.span("chip lost", Words.word("tests.fails")),
                  Html.div("note", new Span(why)));
          case Ran.NotThere() -> new Div(Html.span("mute", Words.word("tests.notthere")));
        };
    return Html.named(said, testId);
  }

  private Component actions(TestLine line) {
    Div acts = Html.div("acts");
    if (!drafts) {
      return acts;
    }
    String name = line.test().name();
    line.input()
        .ifPresent(input -> acts.add(action("simulate", name, () -> simulate(line, input))));
    if (line.staged() != Staging.REMOVED) {
      acts.add(
          action("edit", name, () -> new TestDialog(tests, line.test(), DraftChanged::tell).open()),
          action("remove", name, () -> problem.heard(tests.remove(name))));
    }
    if (line.staged() == Staging.CHANGED || line.staged() == Staging.REMOVED) {
      acts.add(action("restore", name, () -> problem.heard(tests.restore(name))));
    }
    return acts;
  }

  /** Where the draft fails it, the draft is asked. */
  private static void simulate(TestLine line, SimulationInput input) {
    boolean draft = line.draft() instanceof Ran.Failed;
    HandOver.to(
        SimulateNavigation.path(new Place(line.apiName(), line.test().stage())),
        SimulationInput.class,
        draft ? input.with(SimulationInput.Field.AGAINST, "draft") : input);
  }

  private static Button action(String what, String name, Runnable done) {
    var button = new Button(Words.word("tests." + what), click -> done.run());
    button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
    button.setAriaLabel(Words.word("tests." + what + ".label", name));
    return Html.named(button, what + "-test " + name);
  }

  @Override
  protected String title() {
    return Words.word("tests.title");
  }
}
