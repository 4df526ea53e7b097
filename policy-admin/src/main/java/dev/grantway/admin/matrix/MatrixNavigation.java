package dev.grantway.admin.matrix;

import dev.grantway.admin.common.Place;

/** Where the access matrix is. */
public final class MatrixNavigation {
  public static final String VIEW = "matrix";

  private MatrixNavigation() {}

  public static String path(Place place) {
    return place.path(VIEW);
  }
}
