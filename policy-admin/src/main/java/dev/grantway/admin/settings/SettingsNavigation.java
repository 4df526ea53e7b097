package dev.grantway.admin.settings;

import dev.grantway.admin.common.Place;

/** Where settings are. */
public final class SettingsNavigation {
  public static final String VIEW = "settings";

  private SettingsNavigation() {}

  public static String path(Place place) {
    return place.path(VIEW);
  }
}
