package dev.grantway.admin.overview.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteAlias;
import dev.grantway.admin.changes.ChangesService;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.overview.Overview;
import dev.grantway.admin.overview.OverviewNavigation;
import dev.grantway.admin.overview.OverviewService;
import dev.grantway.admin.reviews.ReviewService;
import dev.grantway.admin.routes.ApiService;
import dev.grantway.admin.shell.MainLayout;
import dev.grantway.admin.shell.PlacedView;
import dev.grantway.admin.usage.UsageService;
import dev.grantway.admin.wiring.WiringService;
import jakarta.annotation.security.PermitAll;

/** Is access healthy, and what waits for me: where operators start. */
@Route(value = Place.PREFIX + OverviewNavigation.VIEW, layout = MainLayout.class)
@RouteAlias(value = "a/:api/:stage", layout = MainLayout.class)
@PermitAll
class OverviewView extends PlacedView {
  private static final int REFUSED_DAYS = 7;

  private final OverviewService overviews;
  private final ChangesService changes;
  private final UsageService usage;
  private final WiringService wiring;
  private final ReviewService reviews;

  OverviewView(
      OverviewService overviews,
      ChangesService changes,
      UsageService usage,
      WiringService wiring,
      ReviewService reviews,
      ApiService apis) {
    super(apis);
    this.reviews = reviews;
    this.overviews = overviews;
    this.changes = changes;
    this.usage = usage;
    this.wiring = wiring;
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    show();
  }

  private void show() {
    removeAll();
    Overview it = overviews.overview(api(), place().stage());
    Div setup = new SetupList(place(), it);
    Div cards =
        Html.div(
            "cards",
            Cards.live(place(), it, changes),
            Cards.waiting(place(), it, reviews.waiting()),
            Cards.refused(place(), usage.page(api(), place().stage(), REFUSED_DAYS)),
            WiringCard.of(place(), wiring.page(api(), place().stage())),
            Cards.card(
                "overview.findings",
                new FindingsPart(
                    overviews.findings(api().id()), () -> overviews.knownFindings(api().id()))));
    add(
        Html.head(
            new H1(Words.word("overview.title")),
            Html.span(
                "sub",
                Words.word(
                    "overview.sub",
                    place().api(),
                    place().stage(),
                    api().routes().routes().size()))));
    if (it.isSetUp()) {
      add(cards, setup);
    } else {
      add(setup, cards);
    }
  }

  @Override
  protected void draftChanged() {
    show();
  }

  @Override
  protected String title() {
    return Words.word("overview.title");
  }
}
