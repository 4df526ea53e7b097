package dev.grantway.admin.transfer;

import dev.grantway.admin.common.Place;

/** Where exports are. */
public final class TransferNavigation {
  public static final String VIEW = "transfer";

  private TransferNavigation() {}

  public static String path(Place place) {
    return place.path(VIEW);
  }
}
