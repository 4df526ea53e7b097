package dev.grantway.admin.simulate;

import dev.grantway.admin.common.Place;

/** Where requests are simulated. */
public final class SimulateNavigation {
  public static final String VIEW = "simulate";

  private SimulateNavigation() {}

  public static String path(Place place) {
    return place.path(VIEW);
  }
}
