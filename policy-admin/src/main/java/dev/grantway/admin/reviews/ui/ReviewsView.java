package dev.grantway.admin.reviews.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Times;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.reviews.CampaignState;
import dev.grantway.admin.reviews.ReviewService;
import dev.grantway.admin.reviews.ReviewsNavigation;
import dev.grantway.admin.roles.RoleService;
import dev.grantway.admin.routes.ApiService;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.admin.shell.MainLayout;
import dev.grantway.admin.shell.PlacedView;
import dev.grantway.policy.Api;
import dev.grantway.review.Campaign;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.util.List;

/** The access reviews of all APIs, the latest first. */
@Route(value = Place.PREFIX + ReviewsNavigation.VIEW, layout = MainLayout.class)
@PermitAll
class ReviewsView extends PlacedView {
  private static final int PAGE = 50;

  private final ReviewService reviews;
  private final RoleService roles;
  private final ApiService apis;
  private final Clock clock;
  private final boolean creates;
  private final Div list = Html.div("panel flush");

  ReviewsView(
      ReviewService reviews, RoleService roles, ApiService apis, Operators operators, Clock clock) {
    super(apis);
    this.reviews = reviews;
    this.roles = roles;
    this.apis = apis;
    this.clock = clock;
    this.creates = operators.current().may(Task.PUBLISH_APPROVED);
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    removeAll();
    add(head(), list);
    show();
  }

  /** No draft changes what is reviewed. */
  @Override
  protected void draftChanged() {}

  private Div head() {
    Button add = newReview();
    add.setVisible(creates);
    return Html.head(
        new H1(Words.word("reviews.title")), Html.span("sub", Words.word("reviews.sub")), add);
  }

  private Button newReview() {
    var add = Html.named(new Button(Words.word("reviews.new"), click -> create()), "new-review");
    add.addThemeVariants(ButtonVariant.PRIMARY);
    return add;
  }

  private void create() {
    new CampaignDialog(
            reviews,
            roles.names(),
            apis.apis().stream().map(Api::name).toList(),
            it ->
                getUI().ifPresent(ui -> ui.navigate(ReviewsNavigation.campaign(place(), it.id()))))
        .open();
  }

  private void show() {
    list.removeAll();
    more("");
    if (list.getComponentCount() == 0) {
      list.add(
          Html.div(
              "empty",
              new Div(Words.word("reviews.empty")),
              new Div(Words.word("reviews.empty.more"))));
    }
  }

  private void more(String after) {
    var page = reviews.campaigns(after, PAGE);
    if (page.items().isEmpty()) {
      return;
    }
    NativeTable table =
        Html.table(
            Words.word("reviews.title"),
            List.of(
                Words.word("reviews.name"),
                Words.word("reviews.state"),
                Words.word("reviews.lines"),
                Words.word("reviews.due"),
                Words.word("reviews.reviewers")));
    page.items().forEach(it -> row(table.getBody().addRow(), it));
    list.add(table);
    if (!page.next().isEmpty()) {
      var more = Html.named(new Button(Words.word("more")), "more");
      more.addThemeVariants(ButtonVariant.TERTIARY);
      Div foot = Html.div("more acts", more);
      more.addClickListener(
          click -> {
            list.remove(foot);
            more(page.next());
          });
      list.add(foot);
    }
  }

  private void row(NativeTableRow row, CampaignState it) {
    Campaign campaign = it.campaign();
    Html.named(row, "review " + campaign.name());
    Html.cell(
        row,
        "wide",
        Html.div(
            "stack",
            Html.link(
                ReviewsNavigation.campaign(place(), campaign.id()), "rolelink", campaign.name()),
            Html.span(
                "note",
                Words.word("reviews.by", campaign.by(), Times.dayAndClock(campaign.at())))));
    Html.cell(row, "nowrap", Parts.stage(it.stage(clock.instant())));
    Html.cell(row, "nowrap", new Span(Words.word("reviews.count", campaign.lines())));
    Html.cell(row, "nowrap", new Span(Times.dayAndClock(campaign.due())));
    Html.cell(row, "", Html.mono(String.join(", ", campaign.reviewers())));
  }

  @Override
  protected String title() {
    return Words.word("reviews.title");
  }
}
