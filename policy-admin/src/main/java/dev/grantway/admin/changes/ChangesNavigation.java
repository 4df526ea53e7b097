package dev.grantway.admin.changes;

import dev.grantway.admin.common.Place;

/** Where the views of changes are. */
public final class ChangesNavigation {
  public static final String VIEW = "changes";

  private ChangesNavigation() {}

  public static String path(Place place) {
    return place.path(VIEW);
  }

  /** Where one draft is. */
  public static String path(Place place, String draft) {
    return place.path(VIEW) + "?draft=" + draft;
  }
}
