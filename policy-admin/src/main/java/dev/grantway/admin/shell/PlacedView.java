package dev.grantway.admin.shell;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.shared.Registration;
import dev.grantway.admin.common.DraftChanged;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.routes.ApiService;
import dev.grantway.policy.Api;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A view that is about one API and stage, which its URL names; one that is not there is a missing
 * page.
 */
public abstract class PlacedView extends Div implements BeforeEnterObserver, HasDynamicTitle {
  private record At(Place place, Api api) {}

  private final ApiService apis;
  private @Nullable At at;
  private @Nullable Registration registration;

  protected PlacedView(ApiService apis) {
    this.apis = apis;
  }

  @Override
  public final void beforeEnter(BeforeEnterEvent event) {
    addClassName("page");
    Place place = Place.of(event.getRouteParameters());
    Api api =
        apis.named(place.api())
            .filter(it -> it.stages().contains(place.stage()))
            .orElseThrow(() -> new NotFoundException("no API or stage " + place));
    at = new At(place, api);
    enter(event);
  }

  /** Reads the rest of the URL and shows what it names; called again when that changes. */
  protected abstract void enter(BeforeEnterEvent event);

  /** The draft was edited or published, here or elsewhere on the page. */
  protected abstract void draftChanged();

  /** What the browser's tab says before the place. */
  protected abstract String title();

  protected final Place place() {
    return at().place();
  }

  protected final Api api() {
    return at().api();
  }

  private At at() {
    return Optional.ofNullable(at)
        .orElseThrow(() -> new IllegalStateException("the view was not entered yet"));
  }

  /** One query parameter of the URL, or empty. */
  protected static String parameter(BeforeEnterEvent event, String name) {
    return event.getLocation().getQueryParameters().getSingleParameter(name).orElse("");
  }

  /** Keeps in the URL what is open, so that it can be shared and reloaded. */
  protected final void remember(String path) {
    getUI().ifPresent(ui -> ui.getPage().getHistory().replaceState(null, path));
  }

  /** Keeps in the URL of a view what it is filtered by. */
  protected final void rememberFilter(String path, String text) {
    String query = QueryParameters.simple(Map.of("filter", text)).getQueryString();
    remember(path + (text.isEmpty() ? "" : "?" + query));
  }

  @Override
  public final String getPageTitle() {
    return Words.word("title.place", title(), place().api() + " " + place().stage());
  }

  @Override
  protected void onAttach(AttachEvent event) {
    registration =
        ComponentUtil.addListener(event.getUI(), DraftChanged.class, changed -> draftChanged());
  }

  @Override
  protected void onDetach(DetachEvent event) {
    if (registration != null) {
      registration.remove();
    }
  }
}
