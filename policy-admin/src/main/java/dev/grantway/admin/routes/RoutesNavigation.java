package dev.grantway.admin.routes;

import dev.grantway.admin.common.Place;

/** Where an API's route table is. */
public final class RoutesNavigation {
  public static final String VIEW = "routes";

  private RoutesNavigation() {}

  public static String path(Place place) {
    return place.path(VIEW);
  }
}
