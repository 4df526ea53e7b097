package dev.grantway.admin.audit.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.grantway.admin.audit.AuditNavigation;
import dev.grantway.admin.audit.AuditService;
import dev.grantway.admin.changes.ChangesNavigation;
import dev.grantway.admin.changes.ChangesService;
import dev.grantway.admin.changes.DraftState;
import dev.grantway.admin.changes.Staged;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.routes.ApiService;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.admin.shell.MainLayout;
import dev.grantway.admin.shell.PlacedView;
import dev.grantway.revision.Draft;
import dev.grantway.revision.Revision;
import jakarta.annotation.security.PermitAll;
import java.util.Optional;

/** Revisions, newest first: who, when, why, what. */
@Route(value = Place.PREFIX + AuditNavigation.VIEW, layout = MainLayout.class)
@PermitAll
class AuditView extends PlacedView {
  private static final int PAGE = 50;

  private final AuditService audit;
  private final Div list = Html.named(Html.div("panel flush"), "revisions");

  private final ChangesService changes;
  private final boolean owner;
  private final boolean evidence;
  private final Div said = Html.div("said");

  AuditView(AuditService audit, ChangesService changes, ApiService apis, Operators operators) {
    super(apis);
    this.audit = audit;
    this.changes = changes;
    this.owner = operators.current().may(Task.CHANGE_RULES);
    this.evidence = operators.current().may(Task.EVIDENCE);
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    removeAll();
    list.removeAll();
    said.removeAll();
    add(Html.head(new H1(Words.word("audit.title")), Html.span("sub", Words.word("audit.sub"))));
    if (evidence) {
      add(new AuditTabs(place(), false));
    }
    add(new InstanceList(audit.instances(place().api(), place().stage())), said, list);
    show("", parameter(event, "revision"));
  }

  /** What was published does not depend on the draft. */
  @Override
  protected void draftChanged() {}

  private void show(String after, String open) {
    AuditService.Revisions page = audit.revisions(after, PAGE);
    if (after.isEmpty() && page.items().isEmpty()) {
      list.add(Html.div("empty", new Span(Words.word("audit.empty"))));
    }
    for (Revision revision : page.items()) {
      boolean live = after.isEmpty() && revision.equals(page.items().getFirst());
      list.add(
          new RevisionEntry(
              audit,
              revision,
              Long.toString(revision.number()).equals(open),
              this::remember,
              owner && !live ? Optional.of(this::rollBack) : Optional.empty()));
    }
    if (!page.next().isEmpty()) {
      var more = new Button(Words.word("more"));
      more.addThemeVariants(ButtonVariant.TERTIARY);
      Div foot = Html.div("more", more);
      more.addClickListener(
          click -> {
            list.remove(foot);
            show(page.next(), "");
          });
      list.add(foot);
    }
  }

  /** A draft like any other, which is shown. */
  private void rollBack(Revision revision) {
    said.removeAll();
    switch (changes.rollBack(revision.number())) {
      case Staged.Done(DraftState draft) ->
          getUI()
              .ifPresent(
                  ui ->
                      ui.navigate(
                          ChangesNavigation.path(place()),
                          QueryParameters.of("draft", draft.draft().map(Draft::id).orElse(""))));
      case Staged.Refused refused -> {
        Div notice = Html.div("notice bad", new Span(Words.all(refused.says())));
        notice.getElement().setAttribute("role", "alert");
        said.add(Html.named(notice, "refused"));
      }
    }
  }

  private void remember(long revision) {
    remember(AuditNavigation.path(place()) + "?revision=" + revision);
  }

  @Override
  protected String title() {
    return Words.word("audit.title");
  }
}
