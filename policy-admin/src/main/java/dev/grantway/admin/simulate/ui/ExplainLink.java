package dev.grantway.admin.simulate.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.shell.MainLayout;
import dev.grantway.admin.simulate.ExplainNavigation;
import dev.grantway.admin.simulate.ExplainService;
import jakarta.annotation.security.PermitAll;

/** Where a refusal's link arrives; it names the API by the id that ARNs carry. */
@Route(value = ExplainNavigation.VIEW, layout = MainLayout.class)
@PermitAll
class ExplainLink extends Div implements BeforeEnterObserver, HasDynamicTitle {
  private final ExplainService explain;

  ExplainLink(ExplainService explain) {
    this.explain = explain;
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    QueryParameters parameters = event.getLocation().getQueryParameters();
    String id = parameters.getSingleParameter("api").orElse("");
    String stage = parameters.getSingleParameter("stage").orElse("");
    String name =
        explain.apiName(id).orElseThrow(() -> new NotFoundException("no API of id " + id));
    event.forwardTo(
        ExplainNavigation.path(new Place(name, stage)), parameters.excluding("api", "stage"));
  }

  @Override
  public String getPageTitle() {
    return Words.word("title", Words.word("explain.title"));
  }
}
