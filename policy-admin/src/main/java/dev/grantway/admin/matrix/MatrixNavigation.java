package dev.grantway.admin.matrix;

import dev.grantway.admin.common.Place;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where the access matrix is. */
public final class MatrixNavigation {
  public static final String VIEW = "matrix";

  private MatrixNavigation() {}

  public static String path(Place place) {
    return place.path(VIEW);
  }

  /** The rows that a filter leaves. */
  public static String filtered(Place place, String filter) {
    return path(place) + "?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8);
  }
}
