package dev.grantway.admin.settings.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.grantway.admin.changes.Staging;
import dev.grantway.admin.common.DraftChanged;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Times;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.roles.RoleService;
import dev.grantway.admin.routes.ApiService;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.admin.settings.ApprovalLine;
import dev.grantway.admin.settings.Reported;
import dev.grantway.admin.settings.RuleLine;
import dev.grantway.admin.settings.SettingsNavigation;
import dev.grantway.admin.settings.SettingsPage;
import dev.grantway.admin.settings.SettingsService;
import dev.grantway.admin.shell.MainLayout;
import dev.grantway.admin.shell.PlacedView;
import dev.grantway.admin.shell.StagedNotice;
import dev.grantway.admin.simulate.SimulateNavigation;
import dev.grantway.policy.Rules;
import dev.grantway.resource.Action;
import dev.grantway.revision.RowKey;
import jakarta.annotation.security.PermitAll;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rules that govern changes, and what is known of how the authorizers are set up. */
@Route(value = Place.PREFIX + SettingsNavigation.VIEW, layout = MainLayout.class)
@PermitAll
class SettingsView extends PlacedView {
  private final SettingsService settings;
  private final RoleService roles;
  private final ApiService apis;
  private final String operator;
  private final boolean drafts;
  private final boolean rules;
  private final StagedNotice problem = new StagedNotice();

  SettingsView(SettingsService settings, RoleService roles, ApiService apis, Operators operators) {
    super(apis);
    this.settings = settings;
    this.roles = roles;
    this.apis = apis;
    this.operator = operators.current().name();
    this.drafts = operators.current().may(Task.DRAFT);
    this.rules = operators.current().may(Task.CHANGE_RULES);
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    show();
  }

  @Override
  protected void draftChanged() {
    show();
  }

  private void show() {
    SettingsPage page = settings.page(api(), place().stage());
    problem.clear();
    removeAll();
    add(
        Html.head(
            new H1(Words.word("settings.title")),
            Html.span("sub", Words.word(rules ? "settings.sub" : "settings.sub.owner"))),
        problem,
        section(
            "approval",
            rules,
            () -> forms(null).approval(null),
            page.approvals().isEmpty() ? null : approvals(page.approvals())),
        section(
            "invariant",
            drafts,
            () -> forms(null).invariant(null),
            page.invariants().isEmpty() ? null : invariants(page)),
        tests(),
        section(
            "waiver",
            rules,
            () -> forms(null).waiver(null, operator),
            page.waivers().isEmpty() ? null : waivers(page.waivers())),
        section(
            "limit",
            rules,
            () -> forms(null).limit(null),
            page.limits().isEmpty() ? null : limits(page)),
        section(
            "retention",
            rules && page.retention().isEmpty(),
            () -> forms(null).retention(null),
            page.retention().isEmpty() ? null : retention(page.retention())),
        authorizers(page));
  }

  /** Tests hold drafts up as invariants do, and are kept where they are asked. */
  private Div tests() {
    var link =
        Html.link(SimulateNavigation.testsPath(place()), "link", Words.word("settings.tests.open"));
    return Html.section(
        Words.word("tests.title"),
        Html.span("sub", Words.word("settings.tests.sub")),
        Html.named(link, "open-tests"));
  }

  private RuleForms forms(RowKey.@Nullable OfRule edited) {
    return new RuleForms(
        apis.apis(),
        roles.names(),
        input -> settings.save(Optional.ofNullable(edited), input),
        DraftChanged::tell);
  }

  private static Div section(String kind, boolean may, Runnable add, @Nullable Component table) {
    var title = new H2(Words.word("settings." + kind));
    var head = Html.div("head", Html.div("titles", title, note(kind)));
    if (may) {
      var button = new Button(Words.word("settings." + kind + ".new"), click -> add.run());
      button.addThemeVariants(ButtonVariant.TERTIARY);
      head.add(Html.div("acts", Html.named(button, "new-" + kind)));
    }
    Component body =
        table == null
            ? Html.div("empty", new Span(Words.word("settings." + kind + ".none")))
            : table;
    return Html.named(Html.div("section", head, Html.div("panel flush", body)), "section-" + kind);
  }

  private static Span note(String kind) {
    return Html.span("sub", Words.word("settings." + kind + ".sub"));
  }

  private NativeTable approvals(List<ApprovalLine> lines) {
    NativeTable table =
        table("approval", "what.api", "field.stage", "field.required", "settings.approvers");
    for (ApprovalLine it : lines) {
      Rules.ApprovalRule rule = it.line().rule();
      NativeTableRow row = row(table, it.line(), Html.mono(it.apiName()));
      Html.cell(
          row,
          "nowrap",
          rule.stage().isEvery()
              ? Html.span("mute", Words.word("stage.every"))
              : Html.mono(rule.stage().text()));
      Html.cell(row, "nowrap", new Span(Integer.toString(rule.required())));
      Html.cell(row, "wide", approvers(it));
      Html.cell(row, "end", actions(it.line(), rules, () -> forms(it.line().key()).approval(rule)));
    }
    return table;
  }

  /** Its author never counts, so a rule that asks as many as there are stops some drafts. */
  private static Component approvers(ApprovalLine it) {
    String names =
        it.approvers().isEmpty()
            ? Words.word("settings.approvers.none")
            : String.join(", ", it.approvers());
    int required = it.line().rule().required();
    if (required > it.approvers().size()) {
      return Html.span("bad-word", Words.word("settings.approvers.few", names));
    }
    return required > 0 && required == it.approvers().size()
        ? Html.span("chip soon", Words.word("settings.approvers.tight", names))
        : new Span(names);
  }

  private NativeTable invariants(SettingsPage page) {
    NativeTable table = table("invariant", "field.name", "what.api", "settings.claim");
    for (RuleLine<Rules.Invariant> it : page.invariants()) {
      NativeTableRow row = row(table, it, Html.mono(it.rule().name()));
      Html.cell(row, "nowrap", Html.mono(page.apiName(it.rule().api())));
      Html.cell(row, "wide", new Span(says(it.rule())));
      Html.cell(row, "end", actions(it, drafts, () -> forms(it.key()).invariant(it.rule())));
    }
    return table;
  }

  private static String says(Rules.Invariant it) {
    String claim =
        switch (it.claim()) {
          case Rules.Invariant.Claim.NeverBoth(var one, var other) ->
              Words.word("settings.says.both", one, other);
          case Rules.Invariant.Claim.NeverRole(var role, var actions, var resource) ->
              Words.word(
                  "settings.says.never", role.value(), methods(actions), resource.toString());
          case Rules.Invariant.Claim.Always(var role, var request) ->
              Words.word("settings.says.always", role.value(), request);
        };
    return it.except().isEmpty()
        ? claim
        : claim + " " + Words.word("settings.says.except", String.join(", ", it.except()));
  }

  private static String methods(Set<Action> actions) {
    return actions.containsAll(Action.VERBS)
        ? "ANY"
        : new TreeSet<>(actions).stream().map(Action::name).collect(Collectors.joining(" "));
  }

  private NativeTable waivers(List<RuleLine<Rules.Waiver>> lines) {
    NativeTable table =
        table("waiver", "settings.finding", "field.owner", "field.until", "revocation.reason");
    for (RuleLine<Rules.Waiver> it : lines) {
      NativeTableRow row = row(table, it, Html.mono(it.rule().finding()));
      Html.cell(row, "nowrap", new Span(it.rule().owner()));
      Html.cell(row, "nowrap", new Span(Times.dayAndClock(it.rule().until())));
      Html.cell(row, "wide note", new Span(it.rule().reason()));
      Html.cell(row, "end", actions(it, rules, () -> forms(it.key()).waiver(it.rule(), operator)));
    }
    return table;
  }

  private NativeTable limits(SettingsPage page) {
    NativeTable table = table("limit", "settings.operator", "settings.apis");
    for (RuleLine<Rules.OperatorLimit> it : page.limits()) {
      NativeTableRow row = row(table, it, Html.mono(it.rule().operator()));
      String names =
          it.rule().apis().stream().map(page::apiName).sorted().collect(Collectors.joining(", "));
      Html.cell(
          row,
          "wide",
          names.isEmpty() ? Html.span("mute", Words.word("settings.apis.none")) : Html.mono(names));
      Html.cell(row, "end", actions(it, rules, () -> forms(it.key()).limit(it.rule())));
    }
    return table;
  }

  private NativeTable retention(List<RuleLine<Rules.Retention>> lines) {
    NativeTable table = table("retention", "settings.days");
    for (RuleLine<Rules.Retention> it : lines) {
      String text =
          it.rule()
              .days()
              .map(days -> Words.word("settings.days.kept", days))
              .orElseGet(() -> Words.word("settings.days.ever"));
      NativeTableRow row = row(table, it, new Span(text));
      Html.cell(row, "end", actions(it, rules, () -> forms(it.key()).retention(it.rule())));
    }
    return table;
  }

  private static NativeTable table(String kind, String... headers) {
    var texts = new ArrayList<String>();
    for (String header : headers) {
      texts.add(Words.word(header));
    }
    texts.add("");
    return Html.table(Words.word("settings." + kind), texts);
  }

  private static NativeTableRow row(NativeTable table, RuleLine<?> line, Component first) {
    NativeTableRow row = table.getBody().addRow();
    Html.named(row, "rule " + line.key().name());
    row.setClassName("staged", line.staged() != Staging.NONE);
    row.setClassName("removed", line.staged() == Staging.REMOVED);
    var cell = Html.cell(row, "", first);
    if (line.staged() != Staging.NONE) {
      cell.add(new Span(" "), Html.span("chip staged", Words.word(line.staged().key())));
    }
    return row;
  }

  private Component actions(RuleLine<?> line, boolean may, Runnable edit) {
    Div acts = Html.div("acts");
    if (!may) {
      return acts;
    }
    if (line.staged() != Staging.REMOVED) {
      acts.add(
          action("edit", line, edit),
          action("remove", line, () -> problem.heard(settings.remove(line.key()))));
    }
    if (line.staged() == Staging.CHANGED || line.staged() == Staging.REMOVED) {
      acts.add(action("restore", line, () -> problem.heard(settings.restore(line.key()))));
    }
    return acts;
  }

  private static Button action(String what, RuleLine<?> line, Runnable done) {
    var button = new Button(Words.word("rule." + what), click -> done.run());
    button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
    button.setAriaLabel(Words.word("rule." + what + ".label", line.key().name()));
    return Html.named(button, what + " " + line.key().name());
  }

  private Div authorizers(SettingsPage page) {
    Div panel = Html.div("panel flush");
    if (page.reported().isEmpty()) {
      panel.add(Html.div("empty", new Span(Words.word("settings.authorizers.none"))));
    } else {
      panel.add(reported(page.reported()));
    }
    var app = page.app();
    Div facts =
        Html.div(
            "facts note",
            new Span(
                Words.word(
                    "settings.app",
                    seconds(app.policyMaxAge()),
                    seconds(app.authorizerTimeout()),
                    seconds(app.staleLimit()),
                    seconds(app.cacheTtl()))),
            new Span(Words.word("settings.app.flush", flush(app.flushUrl()))),
            new Span(Words.word("settings.app.operators", app.operatorClaim())),
            new Span(Words.word("settings.issuers")));
    return Html.named(
        Html.section(
            Words.word("settings.authorizers"),
            Html.span(
                "sub", Words.word("settings.authorizers.sub", place().api(), place().stage())),
            panel,
            facts),
        "section-authorizers");
  }

  private static String flush(String url) {
    return url.isEmpty() ? Words.word("settings.app.noflush") : url;
  }

  private static NativeTable reported(List<Reported> lines) {
    NativeTable table =
        Html.table(
            Words.word("settings.authorizers"),
            List.of(
                Words.word("settings.instances"),
                Words.word("instances.kept"),
                Words.word("instances.limits")));
    for (Reported it : lines) {
      NativeTableRow row = Html.named(table.getBody().addRow(), "reported");
      Html.cell(row, "nowrap", new Span(Words.word("settings.instances.count", it.instances())));
      Html.cell(
          row,
          "",
          new Span(
              it.cacheTtl().isZero()
                  ? Words.word("instances.kept.none")
                  : Words.word("instances.kept.under", seconds(it.cacheTtl()), it.cacheKey())));
      var limits =
          Html.cell(
              row,
              "wide",
              new Span(
                  Words.word(
                      "instances.limits.of",
                      seconds(it.maxAge()),
                      it.timeout().isZero()
                          ? Words.word("instances.timeout.unknown")
                          : Words.word("instances.timeout", seconds(it.timeout())),
                      Integer.toString(it.policyBytes()))));
      if (it.beyond()) {
        limits.add(new Span(" "), Html.span("chip soon", Words.word("settings.beyond")));
      }
    }
    return table;
  }

  private static String seconds(Duration time) {
    return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString();
  }

  @Override
  protected String title() {
    return Words.word("settings.title");
  }
}
