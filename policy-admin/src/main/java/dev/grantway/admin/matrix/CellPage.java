package dev.grantway.admin.matrix;

import dev.grantway.policy.Permission;
import dev.grantway.policy.RoleName;
import java.util.List;
import java.util.Set;

/**
 * Why a cell is as it is.
 *
 * @param before what determines it without the draft
 * @param now what determines it with the draft
 * @param offers the edits that would change something
 * @param wide a permission of its own allows it that covers more: it may be split
 */
public record CellPage(
    RoleName role,
    RoutePlace place,
    Standing before,
    Standing now,
    Set<Wish> offers,
    boolean wide) {

  /**
   * A permission that determines a cell.
   *
   * @param via from the cell's role to the permission's own by the fewest inherited ones, both
   *     included; of one role where it is the role's own
   */
  public record By(Permission permission, List<RoleName> via) {
    public By {
      via = List.copyOf(via);
    }
  }

  /**
   * A state with the permissions that determine it.
   *
   * @param by none: denied by default
   */
  public record Standing(CellState state, List<By> by) {
    static final Standing NOTHING = new Standing(CellState.NONE, List.of());

    public Standing {
      by = List.copyOf(by);
    }
  }

  public CellPage {
    offers = Set.copyOf(offers);
  }

  public boolean isStaged() {
    return !before.equals(now);
  }
}
