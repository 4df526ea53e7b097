package dev.grantway.admin.shell;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.roles.RolesNavigation;
import dev.grantway.admin.routes.ApiService;
import dev.grantway.policy.Api;
import jakarta.annotation.security.PermitAll;
import java.util.List;

/** Leads to the first API, or says that there is none yet. */
@Route(value = "", layout = MainLayout.class)
@PermitAll
class StartView extends Div implements BeforeEnterObserver, HasDynamicTitle {
  private final ApiService apis;

  StartView(ApiService apis) {
    this.apis = apis;
    addClassName("page");
    add(Html.head(new H1(Words.word("start.empty")), new Span(Words.word("start.empty.next"))));
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    List<Api> known = apis.apis();
    if (!known.isEmpty()) {
      Api first = known.getFirst();
      event.forwardTo(RolesNavigation.path(new Place(first.name(), first.stages().getFirst())));
    }
  }

  @Override
  public String getPageTitle() {
    return Words.word("title", Words.word("start.empty"));
  }
}
