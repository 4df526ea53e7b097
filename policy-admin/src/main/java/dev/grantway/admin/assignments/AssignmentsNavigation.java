package dev.grantway.admin.assignments;

import dev.grantway.admin.common.Place;

/** Where assignments are. */
public final class AssignmentsNavigation {
  public static final String VIEW = "assignments";

  private AssignmentsNavigation() {}

  public static String path(Place place) {
    return place.path(VIEW);
  }
}
