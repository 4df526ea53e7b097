package dev.grantway.admin.overview.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;
import dev.grantway.admin.assignments.AssignmentsNavigation;
import dev.grantway.admin.audit.AuditNavigation;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.overview.Overview;
import dev.grantway.admin.overview.SetupStep;
import dev.grantway.admin.roles.RolesNavigation;
import dev.grantway.admin.routes.RoutesNavigation;
import dev.grantway.admin.settings.SettingsNavigation;
import java.util.List;
import java.util.Optional;

/** What belongs to setting up a stage, ticked from what there is; folded once all of it is done. */
final class SetupList extends Div {

  SetupList(Place place, Overview it) {
    Html.named(this, "overview-setup");
    String title = Words.word("overview.setup", it.done(), it.setup().size());
    var steps = new OrderedList();
    steps.addClassName("steps");
    it.setup().forEach(step -> steps.add(item(place, step)));
    if (it.isSetUp()) {
      addClassNames("panel", "flush");
      add(new NativeDetails(new Span(title), Html.div("steps-frame", steps)));
    } else {
      addClassNames("panel");
      add(new H2(title), steps);
    }
  }

  private static ListItem item(Place place, SetupStep step) {
    var item = new ListItem();
    Span mark = Html.span(step.done() ? "mark done" : "mark", step.done() ? "✓" : "");
    mark.getElement().setAttribute("role", "img");
    Html.labelled(mark, Words.word(step.done() ? "overview.done" : "overview.todo"));
    Div text =
        Html.div(
            "text",
            new Span(Words.word("overview.setup." + step.kind())),
            Html.span("note", Words.all(List.of(step.says()))));
    item.add(mark, text);
    link(place, step).ifPresent(item::add);
    return Html.named(item, "setup " + step.kind() + (step.done() ? " done" : " todo"));
  }

  private static Optional<Component> link(Place place, SetupStep step) {
    if (step.done()) {
      return Optional.empty();
    }
    return switch (step.kind()) {
      case ROUTES -> Optional.of(to(RoutesNavigation.path(place), "nav.routes"));
      case PERMISSIONS -> Optional.of(to(RolesNavigation.path(place), "nav.roles"));
      case PEOPLE -> Optional.of(to(AssignmentsNavigation.path(place), "nav.assignments"));
      case SERVED -> Optional.of(to(AuditNavigation.path(place), "nav.audit"));
      case APPROVALS -> Optional.of(to(SettingsNavigation.path(place), "nav.settings"));
      case REPORTED, COPIES -> Optional.empty();
    };
  }

  private static Component to(String path, String word) {
    return Html.link(path, "chip", Words.word(word));
  }
}
