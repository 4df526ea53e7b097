package dev.grantway.admin.common;

import com.vaadin.flow.router.RouteParameters;
import java.util.Locale;

/** The API, by name, and the stage that a view is about: {@code /a/{api}/{stage}/…}. */
public record Place(String api, String stage) {
  /** What every view's route begins with. */
  public static final String PREFIX = "a/:api/:stage/";

  public static Place of(RouteParameters parameters) {
    return new Place(parameters.get("api").orElseThrow(), parameters.get("stage").orElseThrow());
  }

  public String path(String view) {
    return "a/" + api + "/" + stage + "/" + view;
  }

  /** True for a stage that is called production, whatever its exact name. */
  public boolean isProduction() {
    String name = stage.toLowerCase(Locale.ROOT);
    return name.startsWith("prod") || name.equals("live");
  }
}
