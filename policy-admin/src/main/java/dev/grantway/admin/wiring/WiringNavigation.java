package dev.grantway.admin.wiring;

import dev.grantway.admin.common.Place;

/** Where the wiring of a stage is shown. */
public final class WiringNavigation {
  public static final String VIEW = "wiring";

  private WiringNavigation() {}

  public static String path(Place place) {
    return place.path(VIEW);
  }
}
