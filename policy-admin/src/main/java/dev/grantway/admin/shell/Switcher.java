package dev.grantway.admin.shell;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.routes.ApiService;
import dev.grantway.policy.Api;
import dev.grantway.store.StoreException;
import java.util.ArrayList;
import java.util.List;

/** Chooses the API and stage that views are about; production is marked in words and red. */
final class Switcher extends Select<Place> {
  private final ApiService apis;
  private String view = "";

  Switcher(ApiService apis) {
    this.apis = apis;
    addClassName("switcher");
    Html.named(this, "switcher");
    setAriaLabel(Words.word("switcher.label"));
    setRenderer(new ComponentRenderer<>(Switcher::line));
    addValueChangeListener(
        change -> {
          if (change.isFromClient() && change.getValue() != null) {
            getUI().ifPresent(ui -> ui.navigate(change.getValue().path(view)));
          }
        });
  }

  /**
   * Shows where the operator is.
   *
   * @param openView what they look at, such as {@code roles/support}: kept when they switch
   */
  void show(Place place, String openView) {
    view = openView;
    setVisible(true);
    List<Place> places = places();
    if (!places.contains(place)) {
      places.add(place);
    }
    setItems(places);
    setValue(place);
  }

  /** The same without asking which other places there are. */
  void showAlone(Place place, String openView) {
    view = openView;
    setVisible(true);
    setItems(place);
    setValue(place);
  }

  private List<Place> places() {
    var places = new ArrayList<Place>();
    try {
      for (Api api : apis.apis()) {
        api.stages().forEach(stage -> places.add(new Place(api.name(), stage)));
      }
    } catch (StoreException down) {
      // The place at hand is still shown; the view says what is wrong.
    }
    return places;
  }

  private static Div line(Place place) {
    Span stage =
        place.isProduction()
            ? Html.span("prod", Words.word("switcher.stage.production", place.stage()))
            : Html.span("mute", place.stage());
    return Html.div("place", Html.mono(place.api()), stage);
  }
}
