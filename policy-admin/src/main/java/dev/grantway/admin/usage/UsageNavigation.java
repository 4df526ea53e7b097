package dev.grantway.admin.usage;

import dev.grantway.admin.common.Place;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where the use of grants is shown. */
public final class UsageNavigation {
  public static final String VIEW = "use";

  private UsageNavigation() {}

  public static String path(Place place) {
    return place.path(VIEW);
  }

  /** What callers of a role call. */
  public static String role(Place place, String role) {
    return path(place) + "?role=" + URLEncoder.encode(role, StandardCharsets.UTF_8);
  }
}
