package dev.grantway.admin.audit.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.grantway.admin.audit.AuditNavigation;
import dev.grantway.admin.audit.AuditService;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.routes.ApiService;
import dev.grantway.admin.shell.MainLayout;
import dev.grantway.admin.shell.PlacedView;
import dev.grantway.revision.Revision;
import jakarta.annotation.security.PermitAll;

/** Revisions, newest first: who, when, why, what. */
@Route(value = Place.PREFIX + AuditNavigation.VIEW, layout = MainLayout.class)
@PermitAll
class AuditView extends PlacedView {
  private static final int PAGE = 50;

  private final AuditService audit;
  private final Div list = Html.named(Html.div("panel flush"), "revisions");

  AuditView(AuditService audit, ApiService apis) {
    super(apis);
    this.audit = audit;
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    removeAll();
    list.removeAll();
    add(
        Html.head(new H1(Words.word("audit.title")), Html.span("sub", Words.word("audit.sub"))),
        new InstanceList(audit.instances(place().api(), place().stage())),
        list);
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
      list.add(
          new RevisionEntry(
              audit, revision, Long.toString(revision.number()).equals(open), this::remember));
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

  private void remember(long revision) {
    remember(AuditNavigation.path(place()) + "?revision=" + revision);
  }

  @Override
  protected String title() {
    return Words.word("audit.title");
  }
}
