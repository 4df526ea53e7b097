package dev.grantway.admin.overview.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteAlias;
import com.vaadin.flow.shared.Registration;
import dev.grantway.admin.changes.ChangesService;
import dev.grantway.admin.common.Found;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Polling;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.overview.FoundFindings;
import dev.grantway.admin.overview.Overview;
import dev.grantway.admin.overview.OverviewNavigation;
import dev.grantway.admin.overview.OverviewService;
import dev.grantway.admin.routes.ApiService;
import dev.grantway.admin.shell.MainLayout;
import dev.grantway.admin.shell.PlacedView;
import dev.grantway.admin.usage.UsageService;
import jakarta.annotation.security.PermitAll;
import org.jspecify.annotations.Nullable;

/** Is access healthy, and what waits for me: where operators start. */
@Route(value = Place.PREFIX + OverviewNavigation.VIEW, layout = MainLayout.class)
@RouteAlias(value = "a/:api/:stage", layout = MainLayout.class)
@PermitAll
class OverviewView extends PlacedView {
  private static final int REFUSED_DAYS = 7;

  private final OverviewService overviews;
  private final ChangesService changes;
  private final UsageService usage;
  private final Div findings = Html.named(Html.div("card-body"), "overview-findings");
  private @Nullable Registration polling;

  OverviewView(
      OverviewService overviews, ChangesService changes, UsageService usage, ApiService apis) {
    super(apis);
    this.overviews = overviews;
    this.changes = changes;
    this.usage = usage;
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
            Cards.waiting(place(), it),
            Cards.refused(place(), usage.page(api(), place().stage(), REFUSED_DAYS)),
            Cards.card("overview.findings", findings));
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
    look();
  }

  /** Looks whether the findings are there; asks again by and by while they are not. */
  private void look() {
    show(overviews.findings(api().id()));
  }

  private void show(Found<FoundFindings> found) {
    findings.removeAll();
    findings.add(Cards.findings(found));
    getUI().ifPresent(ui -> Polling.of(ui, this, found instanceof Found.Looking));
  }

  @Override
  protected void onAttach(AttachEvent event) {
    super.onAttach(event);
    polling = event.getUI().addPollListener(poll -> lookAgain());
    if (isLooking()) {
      look();
    }
  }

  private boolean isLooking() {
    return findings.getChildren().anyMatch(Cards::isLooking);
  }

  private void lookAgain() {
    if (isLooking()) {
      show(overviews.knownFindings(api().id()));
    }
  }

  @Override
  protected void onDetach(DetachEvent event) {
    super.onDetach(event);
    if (polling != null) {
      polling.remove();
    }
    Polling.of(event.getUI(), this, false);
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
