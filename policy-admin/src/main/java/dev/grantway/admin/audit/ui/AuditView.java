package dev.grantway.admin.audit.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import dev.grantway.admin.audit.AuditNavigation;
import dev.grantway.admin.audit.AuditService;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Places;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.routes.ApiService;
import dev.grantway.admin.shell.MainLayout;
import dev.grantway.revision.Revision;
import jakarta.annotation.security.PermitAll;
import org.jspecify.annotations.Nullable;

/** Revisions, newest first: who, when, why, what. */
@Route(value = Place.PREFIX + AuditNavigation.VIEW, layout = MainLayout.class)
@PermitAll
class AuditView extends Div implements BeforeEnterObserver, HasDynamicTitle {
  private static final int PAGE = 50;

  private final AuditService audit;
  private final ApiService apis;
  private final Div list = Html.named(Html.div("panel flush"), "revisions");
  private @Nullable Place place;

  AuditView(AuditService audit, ApiService apis) {
    this.audit = audit;
    this.apis = apis;
    addClassName("page");
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    Places.api(event, apis);
    place = Place.of(event.getRouteParameters());
    String open =
        event.getLocation().getQueryParameters().getSingleParameter("revision").orElse("");
    removeAll();
    list.removeAll();
    add(
        Html.head(new H1(Words.word("audit.title")), Html.span("sub", Words.word("audit.sub"))),
        list);
    show("", open);
  }

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
    Place at = place;
    if (at != null) {
      String path = AuditNavigation.path(at) + "?revision=" + revision;
      getUI().ifPresent(ui -> ui.getPage().getHistory().replaceState(null, path));
    }
  }

  @Override
  public String getPageTitle() {
    Place at = place;
    return Words.word(
        "title.place", Words.word("audit.title"), at == null ? "" : at.api() + " " + at.stage());
  }
}
