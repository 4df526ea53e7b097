package dev.grantway.admin.audit;

import dev.grantway.admin.common.Place;

/** Where the views of audit are. */
public final class AuditNavigation {
  public static final String VIEW = "audit";
  public static final String ACTIVITY = VIEW + "/activity";

  private AuditNavigation() {}

  public static String path(Place place) {
    return place.path(VIEW);
  }

  public static String activityPath(Place place) {
    return place.path(ACTIVITY);
  }
}
