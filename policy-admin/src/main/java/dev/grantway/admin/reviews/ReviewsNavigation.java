package dev.grantway.admin.reviews;

import dev.grantway.admin.common.Place;

/** Where the views of access reviews are. */
public final class ReviewsNavigation {
  public static final String VIEW = "reviews";

  private ReviewsNavigation() {}

  public static String path(Place place) {
    return place.path(VIEW);
  }

  /** One campaign. */
  public static String campaign(Place place, String id) {
    return place.path(VIEW) + "/" + id;
  }
}
