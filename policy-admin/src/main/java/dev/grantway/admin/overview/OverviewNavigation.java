package dev.grantway.admin.overview;

import dev.grantway.admin.common.Place;

/** Where the overview of a stage is. */
public final class OverviewNavigation {
  public static final String VIEW = "overview";

  private OverviewNavigation() {}

  public static String path(Place place) {
    return place.path(VIEW);
  }
}
