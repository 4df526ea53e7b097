package dev.grantway.admin.revocations;

import dev.grantway.admin.common.Place;

/** Where revocations are. */
public final class RevocationsNavigation {
  public static final String VIEW = "revocations";

  private RevocationsNavigation() {}

  public static String path(Place place) {
    return place.path(VIEW);
  }
}
