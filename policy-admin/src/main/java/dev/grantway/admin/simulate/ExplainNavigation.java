package dev.grantway.admin.simulate;

import dev.grantway.admin.common.Place;

/** Where a decision is explained. */
public final class ExplainNavigation {
  /** Also the path that links from outside have, which name the API by its id. */
  public static final String VIEW = "explain";

  private ExplainNavigation() {}

  public static String path(Place place) {
    return place.path(VIEW);
  }
}
