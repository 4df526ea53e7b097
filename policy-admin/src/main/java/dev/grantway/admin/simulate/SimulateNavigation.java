package dev.grantway.admin.simulate;

import dev.grantway.admin.common.Place;

/** Where requests are simulated. */
public final class SimulateNavigation {
  public static final String VIEW = "simulate";

  public static final String TESTS = VIEW + "/tests";

  private SimulateNavigation() {}

  public static String path(Place place) {
    return place.path(VIEW);
  }

  /** Where the policy's tests are. */
  public static String testsPath(Place place) {
    return place.path(TESTS);
  }
}
