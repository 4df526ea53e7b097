package dev.grantway.admin.whocan;

import dev.grantway.resource.Route;
import java.util.List;

/**
 * What somebody may do at one place, and because of which permissions.
 *
 * @param text names it, such as {@code POST /orders/{id}/refunds}
 */
public record PlaceAnswer(String text, Route route, Standing standing, List<Because> because) {
  public PlaceAnswer {
    because = List.copyOf(because);
  }
}
