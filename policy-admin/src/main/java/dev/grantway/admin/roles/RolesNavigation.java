package dev.grantway.admin.roles;

import dev.grantway.admin.common.Place;

/** Where the views of roles are. */
public final class RolesNavigation {
  public static final String VIEW = "roles";

  private RolesNavigation() {}

  public static String path(Place place) {
    return place.path(VIEW);
  }

  /** One role; its name may hold slashes. */
  public static String role(Place place, String name) {
    return place.path(VIEW) + "/" + name;
  }
}
