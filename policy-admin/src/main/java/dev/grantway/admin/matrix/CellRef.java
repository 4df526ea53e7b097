package dev.grantway.admin.matrix;

import dev.grantway.policy.RoleName;
import java.util.Optional;

/**
 * A cell by name.
 *
 * @param route the id of its row, such as {@code POST /orders/{id}/refunds}
 */
public record CellRef(RoleName role, String route) {

  /** Reads {@code support POST /orders/{id}/refunds}; none where it names no role. */
  public static Optional<CellRef> parse(String text) {
    int space = text.indexOf(' ');
    if (space < 1) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new CellRef(new RoleName(text.substring(0, space)), text.substring(space + 1)));
    } catch (IllegalArgumentException noName) {
      return Optional.empty();
    }
  }

  /** What {@link #parse} reads: names of roles have no spaces. */
  public String text() {
    return role + " " + route;
  }
}
