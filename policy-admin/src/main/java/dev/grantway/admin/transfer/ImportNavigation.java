package dev.grantway.admin.transfer;

import dev.grantway.admin.common.Place;

/** Where imports are. */
public final class ImportNavigation {
  public static final String VIEW = "import";

  private ImportNavigation() {}

  public static String path(Place place) {
    return place.path(VIEW);
  }
}
