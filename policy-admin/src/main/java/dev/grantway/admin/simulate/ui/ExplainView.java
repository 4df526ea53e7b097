package dev.grantway.admin.simulate.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Times;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.roles.RolesNavigation;
import dev.grantway.admin.routes.ApiService;
import dev.grantway.admin.shell.MainLayout;
import dev.grantway.admin.shell.PlacedView;
import dev.grantway.admin.simulate.ExplainNavigation;
import dev.grantway.admin.simulate.ExplainService;
import dev.grantway.admin.simulate.Explanation;
import dev.grantway.admin.simulate.Question;
import dev.grantway.policy.RoleName;
import jakarta.annotation.security.PermitAll;
import java.util.List;

/** Why a request was denied or allowed: decided anew at the revision that its link names. */
@Route(value = Place.PREFIX + ExplainNavigation.VIEW, layout = MainLayout.class)
@PermitAll
class ExplainView extends PlacedView {
  private final ExplainService explain;

  ExplainView(ExplainService explain, ApiService apis) {
    super(apis);
    this.explain = explain;
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    removeAll();
    Question.read(name -> parameter(event, name)).ifPresentOrElse(this::show, this::nothing);
  }

  private void nothing() {
    add(
        Html.head(new H1(Words.word("explain.title")), new Span()),
        Html.div("panel empty", new Span(Words.word("explain.empty"))));
  }

  private void show(Question question) {
    add(
        Html.head(
            new H1(Words.word("explain.title")),
            Html.span("sub mono", question.method() + " " + question.path())));
    switch (explain.explain(api().id(), place().stage(), question)) {
      case Explanation.NotThere(var why) ->
          add(
              Html.named(
                  Html.div("notice bad", new Span(Words.all(List.of(why)))), "explain-verdict"));
      case Explanation.Decided decided -> show(question, decided);
    }
  }

  private void show(Question question, Explanation.Decided it) {
    add(verdict(question, it), roles(question, it));
    add(DecisionParts.unknown(it, "explain.unknown", "explain-unknown"));
    add(DecisionParts.permissions(place(), it));
  }

  private Div verdict(Question question, Explanation.Decided it) {
    boolean allowed = it.decision().isAllowed();
    String word =
        Words.word(
            allowed ? "explain.allowed" : "explain.denied", Long.toString(question.revision()));
    Div facts =
        Html.div(
            "facts mute",
            new Span(Words.word("explain.at", Times.dayAndClock(it.at()))),
            new Span(Words.word("explain.stage", place().api(), place().stage())));
    if (!question.document().isEmpty()) {
      facts.add(new Span(Words.word("explain.document", question.document())));
    }
    Div verdict =
        DecisionParts.verdict(it, word, facts, Html.span("note", Words.word("explain.without")));
    if (it.head() != question.revision()) {
      verdict.add(
          Html.link(
              ExplainNavigation.path(place()) + "?" + question.query(it.head()),
              "link",
              Words.word("explain.head", Long.toString(it.head()))));
    }
    return Html.named(verdict, "explain-verdict");
  }

  private Div roles(Question question, Explanation.Decided it) {
    Div roles = Html.div("facts");
    roles.add(
        Html.span(
            "mute", Words.word(question.roles().isEmpty() ? "explain.noroles" : "explain.roles")));
    question.roles().forEach(role -> roles.add(chip(role)));
    if (!it.inherited().isEmpty()) {
      roles.add(Html.span("mute", Words.word("explain.inherited")));
      it.inherited().forEach(role -> roles.add(chip(role)));
    }
    return roles;
  }

  private Span chip(RoleName role) {
    return new Span(
        Html.link(RolesNavigation.role(place(), role.value()), "chip mono", role.value()));
  }

  /** What was decided does not depend on the draft. */
  @Override
  protected void draftChanged() {}

  @Override
  protected String title() {
    return Words.word("explain.title");
  }
}
