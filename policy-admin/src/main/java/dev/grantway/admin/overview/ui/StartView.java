package dev.grantway.admin.overview.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
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
import dev.grantway.admin.overview.OverviewNavigation;
import dev.grantway.admin.overview.OverviewService;
import dev.grantway.admin.routes.ApiService;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.admin.shell.MainLayout;
import dev.grantway.policy.Api;
import jakarta.annotation.security.PermitAll;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Leads to the overview of the API with the most routes, where most of the work is, or says that
 * there is none and how to begin.
 */
@Route(value = "", layout = MainLayout.class)
@PermitAll
class StartView extends Div implements BeforeEnterObserver, HasDynamicTitle {
  private final ApiService apis;
  private final OverviewService overviews;
  private final Div said = Html.div("said");

  StartView(ApiService apis, OverviewService overviews, Operators operators) {
    this.apis = apis;
    this.overviews = overviews;
    addClassName("page");
    Div begin =
        Html.div(
            "panel empty",
            new Div(Words.word("start.empty.what")),
            new Div(Words.word("start.empty.next")));
    if (operators.current().may(Task.CHANGE_RULES)) {
      var load = Html.named(new Button(Words.word("start.sample"), click -> load()), "load-sample");
      load.addThemeVariants(ButtonVariant.PRIMARY);
      begin.add(Html.div("acts centered", load));
    } else {
      begin.add(new Div(Words.word("start.sample.owner")));
    }
    add(Html.head(new H1(Words.word("start.empty")), new Span()), said, begin);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    place().ifPresent(place -> event.forwardTo(OverviewNavigation.path(place)));
  }

  private Optional<Place> place() {
    Comparator<Api> bySize = Comparator.comparingInt(api -> api.routes().routes().size());
    return apis.apis().stream()
        .min(bySize.reversed().thenComparing(Api::name))
        .map(api -> new Place(api.name(), api.stages().getFirst()));
  }

  private void load() {
    said.removeAll();
    overviews
        .loadSample()
        .ifPresentOrElse(
            why -> {
              Div notice = Html.div("notice bad", new Span(Words.all(List.of(why))));
              notice.getElement().setAttribute("role", "alert");
              said.add(Html.named(notice, "refused"));
            },
            () ->
                place()
                    .ifPresent(
                        place ->
                            getUI().ifPresent(ui -> ui.navigate(OverviewNavigation.path(place)))));
  }

  @Override
  public String getPageTitle() {
    return Words.word("title", Words.word("start.empty"));
  }
}
