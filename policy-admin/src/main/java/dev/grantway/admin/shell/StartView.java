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
import java.util.Comparator;

/** Leads to the API with the most routes, where most of the work is, or says that there is none. */
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
    Comparator<Api> bySize = Comparator.comparingInt(api -> api.routes().routes().size());
    apis.apis().stream()
        .min(bySize.reversed().thenComparing(Api::name))
        .map(api -> new Place(api.name(), api.stages().getFirst()))
        .ifPresent(place -> event.forwardTo(RolesNavigation.path(place)));
  }

  @Override
  public String getPageTitle() {
    return Words.word("title", Words.word("start.empty"));
  }
}
