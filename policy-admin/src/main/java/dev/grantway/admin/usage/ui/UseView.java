package dev.grantway.admin.usage.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.LogGaps;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Portions;
import dev.grantway.admin.common.Times;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.routes.ApiService;
import dev.grantway.admin.shell.MainLayout;
import dev.grantway.admin.shell.PlacedView;
import dev.grantway.admin.usage.UsageNavigation;
import dev.grantway.admin.usage.UsageService;
import dev.grantway.admin.usage.UsePage;
import dev.grantway.admin.whocan.WhoCanNavigation;
import dev.grantway.policy.RoleName;
import dev.grantway.usage.RoleUse;
import dev.grantway.usage.RouteCalls;
import dev.grantway.usage.Told;
import jakarta.annotation.security.PermitAll;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * Which grants are used, which never, and what was refused; the URL holds the role and the days.
 */
@Route(value = Place.PREFIX + UsageNavigation.VIEW, layout = MainLayout.class)
@PermitAll
class UseView extends PlacedView {
  private static final List<Integer> DAYS = List.of(7, 30, 90, 365);
  private static final int USUAL_DAYS = 90;

  private final UsageService usage;
  private final Select<Integer> days = new Select<>();
  private final TextField caller = new TextField(Words.word("use.caller"));
  private final Div body = Html.div("section blocks");
  private final Div calls = Html.div("section");
  private String role = "";

  UseView(UsageService usage, ApiService apis) {
    super(apis);
    this.usage = usage;
    days.setLabel(Words.word("use.days"));
    days.setItems(DAYS);
    days.setItemLabelGenerator(it -> Words.word("use.days.last", it));
    days.addValueChangeListener(
        change -> {
          if (change.isFromClient()) {
            changed();
          }
        });
    caller.setHelperText(Words.word("use.caller.help"));
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    role = parameter(event, "role");
    days.setValue(asked(parameter(event, "days")));
    removeAll();
    var find = Html.named(new Button(Words.word("use.find"), click -> find()), "find-caller");
    add(
        Html.head(new H1(Words.word("use.title")), Html.span("sub", Words.word("use.sub"))),
        Html.div(
            "panel form-line",
            Html.named(days, "use-days"),
            Html.named(caller, "use-caller"),
            find),
        calls,
        body);
    calls.removeAll();
    show();
  }

  private static int asked(String text) {
    return DAYS.stream()
        .filter(it -> Integer.toString(it).equals(text))
        .findFirst()
        .orElse(USUAL_DAYS);
  }

  private void changed() {
    var parameters = new LinkedHashMap<String, String>();
    if (!role.isEmpty()) {
      parameters.put("role", role);
    }
    parameters.put("days", days.getValue().toString());
    remember(
        UsageNavigation.path(place()) + "?" + QueryParameters.simple(parameters).getQueryString());
    calls.removeAll();
    show();
  }

  private void show() {
    body.removeAll();
    UsePage page = usage.page(api(), place().stage(), days.getValue());
    body.add(told(page.told()));
    if (page.told().told() == 0) {
      body.add(
          Html.named(Html.div("panel empty", new Span(Words.word("use.nologs"))), "use-empty"));
      return;
    }
    chosen(page).ifPresent(body::add);
    body.add(Html.section(Words.word("use.refused"), refused(page.refused())));
    body.add(Html.section(Words.word("use.roles"), roles(page.roles())));
  }

  private static Div told(Told it) {
    Div facts =
        Html.div(
            "facts",
            it.isOfEveryDay()
                ? new Span(Words.word("use.complete", it.days()))
                : Html.span("bad-word", Words.word("use.incomplete", it.told(), it.days())));
    if (it.told() > 0) {
      LogGaps.of(it).forEach(why -> facts.add(Html.span("mute", why)));
    }
    return Html.named(facts, "use-told");
  }

  private Optional<Component> chosen(UsePage page) {
    if (role.isEmpty()) {
      return Optional.empty();
    }
    Optional<RoleUse> found = Optional.empty();
    try {
      found = usage.role(api(), place().stage(), days.getValue(), new RoleName(role));
    } catch (IllegalArgumentException noName) {
      // The URL may hold anything.
    }
    return Optional.of(
        found
            .<Component>map(it -> role(it, page))
            .orElseGet(() -> Html.div("panel empty", new Span(Words.word("use.norole", role)))));
  }

  private Component role(RoleUse it, UsePage page) {
    String title = Words.word("use.role", it.role().value(), it.lines().size(), it.unused());
    return Html.named(
        Html.section(
            title,
            table(
                title,
                List.of("routes.route", "use.calls", "use.last"),
                it.lines(),
                (row, line) -> line(row, line, page))),
        "use-role");
  }

  /** How complete the logs are that tell of no call stands beside it. */
  private static String never(Told it) {
    String key =
        switch (it.gap()) {
          case NONE -> "complete";
          case DAYS -> "incomplete";
          case DECISIONS -> "decisions";
          case UNREADABLE -> "unreadable";
        };
    return Words.word("use.never." + key, it.days(), it.told(), it.unreadable());
  }

  private void line(NativeTableRow row, RoleUse.Line it, UsePage page) {
    Html.named(row, "use-line " + it.route());
    Html.cell(row, "wide", route(it.route()));
    Html.cell(
        row,
        "",
        it.calls() == 0
            ? Html.span("chip lost", never(page.told()))
            : new Span(Long.toString(it.calls())));
    Html.cell(row, "nowrap", new Span(it.last().map(Times::dayAndClock).orElse("")));
  }

  private Component route(String text) {
    return Html.link(WhoCanNavigation.route(place(), text), "rolelink", text);
  }

  private Component refused(List<RouteCalls> rows) {
    if (rows.isEmpty()) {
      return Html.div("panel empty", new Span(Words.word("use.refused.none")));
    }
    return table(
        Words.word("use.refused"),
        List.of("routes.route", "use.held", "use.calls", "use.callers", "use.last"),
        rows,
        (row, it) -> {
          Html.named(row, "use-refused " + it.route());
          Html.cell(row, "wide", route(it.route()));
          Html.cell(row, "", held(it));
          Html.cell(row, "", new Span(Long.toString(it.refused())));
          Html.cell(row, "", new Span(callers(it)));
          Html.cell(row, "nowrap", new Span(Times.dayAndClock(it.last())));
        });
  }

  private static Span held(RouteCalls it) {
    String roles = it.roles().stream().map(RoleName::value).collect(Collectors.joining(", "));
    return roles.isEmpty() ? Html.span("mute", Words.word("simulate.step.none")) : Html.mono(roles);
  }

  private static String callers(RouteCalls it) {
    return Words.word(
        it.moreCallers() ? "replay.callers.more" : "replay.callers", it.callers().size());
  }

  private Component roles(List<UsePage.Caller> callers) {
    return table(
        Words.word("use.roles"),
        List.of("matrix.role", "use.calls", "use.denied", "use.last"),
        callers,
        (row, it) -> {
          Html.cell(
              row,
              "wide",
              Html.link(
                  UsageNavigation.role(place(), it.role().value()), "rolelink", it.role().value()));
          Html.cell(row, "", new Span(Long.toString(it.calls())));
          Html.cell(row, "", new Span(Long.toString(it.refused())));
          Html.cell(row, "nowrap", new Span(Times.dayAndClock(it.last())));
        });
  }

  private static <T> Div table(
      String label, List<String> headers, List<T> items, BiConsumer<NativeTableRow, T> each) {
    NativeTable table = Html.table(label, headers.stream().map(Words::word).toList());
    return Html.div(
        "panel flush",
        table,
        new Portions<>(items, item -> each.accept(table.getBody().addRow(), item)));
  }

  private void find() {
    calls.removeAll();
    String name = caller.getValue().strip();
    caller.setInvalid(name.indexOf('|') < 1);
    caller.setErrorMessage(Words.word("use.caller.bad"));
    if (caller.isInvalid()) {
      return;
    }
    List<RouteCalls> rows = usage.of(api(), place().stage(), days.getValue(), name);
    String title = Words.word("use.of", name, rows.size());
    calls.add(
        Html.named(
            Html.section(
                title,
                table(
                    title,
                    List.of("routes.route", "use.held", "use.last"),
                    rows,
                    (row, it) -> {
                      Html.cell(row, "wide", route(it.route()));
                      Html.cell(row, "", held(it));
                      Html.cell(row, "nowrap", new Span(Times.dayAndClock(it.last())));
                    })),
            "use-of"));
  }

  /** Use is that of live grants. */
  @Override
  protected void draftChanged() {}

  @Override
  protected String title() {
    return Words.word("use.title");
  }
}
