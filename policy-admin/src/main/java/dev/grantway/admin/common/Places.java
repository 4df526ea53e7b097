package dev.grantway.admin.common;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.NotFoundException;
import dev.grantway.admin.routes.ApiService;
import dev.grantway.policy.Api;

/** Reads where a view is from its URL; an API or stage that is not there is a missing page. */
public final class Places {
  private Places() {}

  public static Api api(BeforeEnterEvent event, ApiService apis) {
    Place place = Place.of(event.getRouteParameters());
    return apis.named(place.api())
        .filter(api -> api.stages().contains(place.stage()))
        .orElseThrow(() -> new NotFoundException("no API or stage " + place));
  }
}
