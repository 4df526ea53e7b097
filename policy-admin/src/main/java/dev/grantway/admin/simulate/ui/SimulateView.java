package dev.grantway.admin.simulate.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.grantway.admin.changes.Objection;
import dev.grantway.admin.changes.Staged;
import dev.grantway.admin.common.DraftChanged;
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
import dev.grantway.admin.simulate.Explanation;
import dev.grantway.admin.simulate.Pasted;
import dev.grantway.admin.simulate.SimulateNavigation;
import dev.grantway.admin.simulate.SimulateService;
import dev.grantway.admin.simulate.Simulated;
import dev.grantway.admin.simulate.SimulationInput;
import dev.grantway.admin.simulate.SimulationInput.Field;
import dev.grantway.admin.simulate.Suggestion;
import dev.grantway.analysis.Emitted;
import dev.grantway.decision.Decision;
import dev.grantway.decision.PolicyTest;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.ApiType;
import jakarta.annotation.security.PermitAll;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request that nobody made: typed in, decided, and explained step by step. The URL holds method,
 * path, roles and what is asked; what else is known of a caller may be personal and stays out.
 */
@Route(value = Place.PREFIX + SimulateNavigation.VIEW, layout = MainLayout.class)
@PermitAll
class SimulateView extends PlacedView {
  private static final List<Field> IN_URL =
      List.of(Field.METHOD, Field.PATH, Field.ROLES, Field.AGAINST);

  private final SimulateService simulate;
  private final Operators operators;
  private final Div answer = Html.div("simulate-answer");
  private @Nullable SimulateForm form;
  private @Nullable SimulationInput asked;
  private Optional<Pasted.Known> pasted = Optional.empty();

  SimulateView(SimulateService simulate, ApiService apis, Operators operators) {
    super(apis);
    this.simulate = simulate;
    this.operators = operators;
    answer.getElement().setAttribute("aria-live", "polite");
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    operators.require(Task.DRAFT);
    removeAll();
    answer.removeAll();
    asked = null;
    pasted = Optional.empty();
    var fresh =
        new SimulateForm(
            api().type() == ApiType.WEBSOCKET,
            new TokenPanel(simulate::read, this::callerIs),
            this::ask);
    form = fresh;
    Map<Field, String> named = new EnumMap<>(Field.class);
    IN_URL.forEach(field -> named.put(field, parameter(event, word(field))));
    HandOver.take(SimulationInput.class).ifPresent(handed -> named.putAll(handed.texts()));
    fresh.fill(field -> named.getOrDefault(field, ""));
    add(
        Html.head(
            new H1(Words.word("simulate.title")), Html.span("sub", Words.word("simulate.sub"))),
        new SimulateTabs(place(), false),
        fresh,
        answer);
    if (named.getOrDefault(Field.PATH, "").isEmpty()) {
      answer.add(Html.div("panel empty", new Span(Words.word("simulate.empty"))));
    } else {
      ask(fresh.input());
    }
  }

  private void callerIs(Optional<Pasted.Known> caller) {
    pasted = caller;
    answer.removeAll();
    if (form != null) {
      form.callerIsTyped(caller.isEmpty());
      if (caller.isPresent() && !form.input().texts().getOrDefault(Field.PATH, "").isBlank()) {
        ask(form.input());
      }
    }
  }

  private static String word(Field field) {
    return field.name().toLowerCase(Locale.ROOT);
  }

  private void ask(SimulationInput input) {
    asked = input;
    remember(SimulateNavigation.path(place()) + query(input));
    answer.removeAll();
    Simulated simulated = simulate.simulate(api(), place().stage(), input, pasted);
    if (form != null) {
      form.refuse(simulated instanceof Simulated.Unreadable(var problems) ? problems : Map.of());
    }
    switch (simulated) {
      case Simulated.Unreadable _ -> {}
      case Simulated.NotThere(var why) ->
          answer.add(
              Html.named(
                  Html.div("notice bad", new Span(Words.all(List.of(why)))), "simulate-verdict"));
      case Simulated.Decided decided -> show(decided);
    }
  }

  private static String query(SimulationInput input) {
    return IN_URL.stream()
        .filter(field -> !input.texts().getOrDefault(field, "").isBlank())
        .map(
            field ->
                word(field)
                    + "="
                    + URLEncoder.encode(
                        input.texts().getOrDefault(field, ""), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&", "?", ""));
  }

  private void show(Simulated.Decided it) {
    Explanation.Decided decided = it.decided();
    boolean allowed = decided.decision().isAllowed();
    String against =
        Words.word(
            it.draft() ? "simulate.against.draft" : "simulate.against.revision",
            Long.toString(it.asked()));
    answer.add(
        Html.named(
            DecisionParts.verdict(
                decided,
                Words.word(allowed ? "simulate.allowed" : "simulate.denied", against),
                Html.span("mute", Words.word("explain.at", Times.dayAndClock(decided.at())))),
            "simulate-verdict"),
        Html.section(Words.word("simulate.trace"), trace(it)));
    answer.add(DecisionParts.unknown(decided, "simulate.unknown", "simulate-unknown"));
    answer.add(DecisionParts.permissions(place(), decided));
    if (decided.decision().reason() == Decision.Reason.DEFAULT_DENY) {
      suggest();
    }
    it.document().ifPresent(document -> answer.add(document(document, it.documentLines())));
    answer.add(after(it, decided.decision()));
  }

  private void suggest() {
    SimulationInput input = asked;
    List<Suggestion> suggestions =
        input == null ? List.of() : simulate.suggestions(api(), place().stage(), input, pasted);
    if (!suggestions.isEmpty()) {
      answer.add(Html.named(SuggestionList.of(suggestions, this::stage), "suggestions"));
    }
  }

  /** Then the same is asked of the draft, which says whether it helped. */
  private void stage(Suggestion suggestion) {
    switch (simulate.stage(suggestion)) {
      case Staged.Done _ -> {
        DraftChanged.tell();
        if (form != null) {
          form.fill(field -> field == Field.AGAINST ? "draft" : "");
          ask(form.input());
        }
      }
      case Staged.Refused(List<Objection> why) ->
          answer.add(
              Html.div(
                  "notice bad", new Span(Words.all(why.stream().map(Objection::says).toList()))));
    }
  }

  /** From the caller to the winner, in the order in which it is decided. */
  private Component trace(Simulated.Decided it) {
    var steps = new OrderedList();
    steps.addClassName("trace");
    Html.named(steps, "trace");
    pasted.ifPresent(known -> steps.add(step("simulate.step.token", known.principal())));
    steps.add(step("simulate.step.roles", names(it.named().stream().sorted())));
    if (!it.unknown().isEmpty()) {
      steps.add(step("simulate.step.unknown", names(it.unknown().stream().sorted())));
    }
    steps.add(
        step("simulate.step.inherited", roles(it.decided().inherited())),
        step(
            "simulate.step.route",
            it.route().map(Object::toString).orElseGet(() -> Words.word("simulate.step.noroute"))),
        step("simulate.step.considered", Integer.toString(it.considered())),
        step(
            "simulate.step.winner",
            it.decided().by().isEmpty()
                ? Words.word("simulate.step.nobody")
                : names(it.decided().by().stream().map(by -> by.id().value()))));
    return Html.div("panel", steps);
  }

  private static ListItem step(String key, String value) {
    return new ListItem(Html.span("mute", Words.word(key)), new Span(" "), Html.mono(value));
  }

  private static String roles(Collection<RoleName> roles) {
    return names(roles.stream().map(RoleName::value));
  }

  private static String names(Stream<String> names) {
    String joined = names.collect(Collectors.joining(", "));
    return joined.isEmpty() ? Words.word("simulate.step.none") : joined;
  }

  private static Div document(Emitted document, List<String> lines) {
    var text = new Pre(String.join("\n", lines));
    text.addClassNames("mono", "document");
    var json = new Pre(document.json());
    json.addClassNames("mono", "document");
    Div panel =
        Html.div(
            "panel",
            Html.span(
                "mute", Words.word("simulate.document.size", Integer.toString(document.bytes()))),
            text,
            new Details(Words.word("simulate.document.json"), json));
    if (document.fit() != Emitted.Fit.EXACT) {
      panel.add(Html.span("bad-word", Words.word("documents.fit." + document.fit().name())));
    }
    return Html.named(Html.section(Words.word("simulate.document"), panel), "simulate-document");
  }

  /** The same outside the app, and for ever. */
  private Div after(Simulated.Decided it, Decision shown) {
    Div acts = Html.div("panel blocks");
    if (!it.curl().isEmpty()) {
      var line = new Pre(it.curl());
      line.addClassNames("mono", "document");
      acts.add(Html.span("mute", Words.word("simulate.curl")), Html.named(line, "simulate-curl"));
    }
    if (pasted.isPresent()) {
      acts.add(Html.span("mute", Words.word("simulate.test.pasted")));
      return Html.section(Words.word("simulate.after"), acts);
    }
    var name = Html.named(new TextField(Words.word("simulate.test.name")), "test-name");
    name.setMaxLength(PolicyTest.MAX_NAME);
    name.setHelperText(Words.word("simulate.test.help"));
    name.setWidthFull();
    var save =
        Html.named(
            new Button(Words.word("simulate.test.save"), click -> saveAsTest(shown, name)),
            "save-test");
    save.addThemeVariants(ButtonVariant.TERTIARY);
    acts.add(name, Html.div("acts", save));
    return Html.section(Words.word("simulate.after"), acts);
  }

  private void saveAsTest(Decision shown, TextField name) {
    SimulationInput input = asked;
    name.setInvalid(name.getValue().isBlank());
    name.setErrorMessage(name.isInvalid() ? Words.word("simulate.test.nameless") : "");
    if (input == null || name.isInvalid()) {
      return;
    }
    switch (simulate.saveAsTest(api(), place().stage(), input, shown, name.getValue())) {
      case Staged.Done _ -> {
        DraftChanged.tell();
        answer.add(Html.div("notice good", new Span(Words.word("simulate.test.saved"))));
      }
      case Staged.Refused(List<Objection> why) -> {
        name.setInvalid(true);
        name.setErrorMessage(Words.all(why.stream().map(Objection::says).toList()));
      }
    }
  }

  /** Where the draft was asked, its answer may be another one now. */
  @Override
  protected void draftChanged() {
    SimulationInput input = asked;
    if (input != null && input.texts().getOrDefault(Field.AGAINST, "").strip().equals("draft")) {
      ask(input);
    }
  }

  @Override
  protected String title() {
    return Words.word("simulate.title");
  }
}
