package dev.grantway.admin.whocan;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.admin.common.Place;
import java.net.URLEncoder;

/** Where reverse questions are asked. */
public final class WhoCanNavigation {
  public static final String VIEW = "who-can";

  private WhoCanNavigation() {}

  public static String path(Place place) {
    return place.path(VIEW);
  }

  /**
   * Who may call a route.
   *
   * @param route such as {@code POST /orders/{id}/refunds}
   */
  public static String route(Place place, String route) {
    return path(place) + "?route=" + encoded(route);
  }

  /** What a role may call. */
  public static String role(Place place, String role) {
    return path(place) + "?ask=role&role=" + encoded(role);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
