package dev.grantway.admin.shell;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.data.provider.Query;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.router.Location;
import dev.grantway.admin.changes.ChangesNavigation;
import dev.grantway.admin.changes.ChangesService;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.matrix.MatrixNavigation;
import dev.grantway.admin.reviews.ReviewService;
import dev.grantway.admin.reviews.ReviewsNavigation;
import dev.grantway.admin.roles.RoleService;
import dev.grantway.admin.roles.RolesNavigation;
import dev.grantway.admin.routes.ApiService;
import dev.grantway.policy.Api;
import dev.grantway.resource.Route;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Leads anywhere by a few letters: views, other stages, drafts, access reviews, roles and routes.
 */
final class Palette extends Dialog {
  private static final int REVIEWS = 20;

  /** Somewhere to go to. */
  record Destination(String kind, String text, String path) {
    /** Every word of what was typed stands in its kind or its text, in any order and case. */
    boolean answers(String typed) {
      String all = (kind + " " + text).toLowerCase(Locale.ROOT);
      return Arrays.stream(typed.toLowerCase(Locale.ROOT).strip().split("\\s+"))
          .allMatch(all::contains);
    }
  }

  /** A view of the place that the page is about. */
  record View(String name, String path) {}

  private final ApiService apis;
  private final RoleService roles;
  private final ReviewService reviews;
  private final ChangesService changes;
  private final ComboBox<Destination> field = new ComboBox<>();
  private List<Destination> destinations = List.of();

  Palette(ApiService apis, RoleService roles, ReviewService reviews, ChangesService changes) {
    this.reviews = reviews;
    this.apis = apis;
    this.roles = roles;
    this.changes = changes;
    setHeaderTitle(Words.word("palette.title"));
    setWidth("min(560px, 92vw)");
    setTop("12vh");
    field.setAriaLabel(Words.word("palette.field"));
    field.setPlaceholder(Words.word("palette.field"));
    field.setItemLabelGenerator(Destination::text);
    field.setRenderer(new ComponentRenderer<>(Palette::line));
    field.setItems(this::matching);
    field.setWidthFull();
    field.addValueChangeListener(
        change -> {
          if (change.isFromClient() && change.getValue() != null) {
            go(change.getValue());
          }
        });
    add(Html.named(field, "palette"));
    addOpenedChangeListener(
        change -> {
          if (change.isOpened()) {
            field.focus();
            field.setOpened(true);
          }
        });
  }

  private static Div line(Destination it) {
    return Html.div("destination", Html.span("mute kind", it.kind()), Html.mono(it.text()));
  }

  private Stream<Destination> matching(Query<Destination, String> query) {
    String typed = query.getFilter().orElse("");
    return destinations.stream()
        .filter(it -> it.answers(typed))
        .skip(query.getOffset())
        .limit(query.getLimit());
  }

  private void go(Destination to) {
    field.clear();
    close();
    var location = new Location(to.path());
    getUI().ifPresent(ui -> ui.navigate(location.getPath(), location.getQueryParameters()));
  }

  /** Opens it with what there is now. */
  void open(Place place, List<View> views) {
    destinations = List.copyOf(all(place, views));
    field.getDataProvider().refreshAll();
    open();
  }

  private List<Destination> all(Place place, List<View> views) {
    var all = new ArrayList<Destination>();
    views.forEach(it -> all.add(new Destination(Words.word("palette.view"), it.name(), it.path())));
    List<Api> every = apis.apis();
    for (Api api : every) {
      for (String stage : api.stages()) {
        var other = new Place(api.name(), stage);
        all.add(
            new Destination(
                Words.word("palette.stage"),
                api.name() + " " + stage,
                MatrixNavigation.path(other)));
      }
    }
    changes
        .drafts()
        .forEach(
            it ->
                all.add(
                    new Destination(
                        Words.word("palette.draft"),
                        it.name(),
                        ChangesNavigation.path(place, it.id()))));
    reviews
        .campaigns("", REVIEWS)
        .items()
        .forEach(
            it ->
                all.add(
                    new Destination(
                        Words.word("palette.review"),
                        it.campaign().name(),
                        ReviewsNavigation.campaign(place, it.campaign().id()))));
    roles
        .names()
        .forEach(
            it ->
                all.add(
                    new Destination(
                        Words.word("palette.role"),
                        it.value(),
                        RolesNavigation.role(place, it.value()))));
    every.stream()
        .filter(api -> api.name().equals(place.api()))
        .flatMap(api -> api.routes().routes().stream())
        .forEach(route -> all.addAll(routes(place, route)));
    return all;
  }

  private static List<Destination> routes(Place place, Route route) {
    return route.actions().stream()
        .sorted()
        .map(route::text)
        .map(
            text ->
                new Destination(
                    Words.word("palette.route"), text, MatrixNavigation.filtered(place, text)))
        .toList();
  }
}
